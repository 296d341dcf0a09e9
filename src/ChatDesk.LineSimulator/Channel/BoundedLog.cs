namespace ChatDesk.LineSimulator.Channel;

/// <summary>The last entries of something, oldest dropped first. Safe to read while written.</summary>
internal sealed class BoundedLog<T>(int capacity = 200_000)
{
    private readonly Lock gate = new();
    private readonly Queue<T> entries = new();

    public void Add(T entry)
    {
        lock (gate)
        {
            if (entries.Count >= capacity) entries.Dequeue();
            entries.Enqueue(entry);
        }
    }

    public IReadOnlyList<T> All()
    {
        lock (gate) return [.. entries];
    }
}
