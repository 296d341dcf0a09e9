namespace ChatDesk.LinePlatform.Bench;

/// <summary>Bounds how many events wait for their answer, so that the benchmark measures turns and not a growing heap of acknowledged ones.</summary>
internal sealed class AnswerWindow(int size) : IDisposable
{
    private readonly SemaphoreSlim free = new(size);

    public Task EnterAsync(CancellationToken cancel) => free.WaitAsync(cancel);

    /// <summary>An answer was seen, or one will never come.</summary>
    public void Leave() => free.Release();

    /// <summary>Waits until every answer was seen.</summary>
    /// <exception cref="Desk.PlatformException">Some never came.</exception>
    public async Task DrainAsync(TimeSpan patience, CancellationToken cancel)
    {
        for (var taken = 0; taken < size; taken++)
        {
            if (!await free.WaitAsync(patience, cancel)) throw new Desk.PlatformException($"{size - taken} answers did not come within {patience.TotalSeconds:0} s.");
        }

        free.Release(size);
    }

    public void Dispose() => free.Dispose();
}
