using ChatDesk.Handover;

namespace ChatDesk.Desk.Live;

/// <summary>Who types in, or looks at, the open conversation just now. A sign counts for ten seconds.</summary>
internal sealed class Signs(TimeProvider time)
{
    public static readonly TimeSpan Life = TimeSpan.FromSeconds(10);

    private readonly Dictionary<string, DeskSign> _last = new(StringComparer.Ordinal);

    /// <returns>True when something to be seen changed.</returns>
    public bool Take(DeskSign sign)
    {
        var who = sign.OfficerId ?? "";
        var before = _last.GetValueOrDefault(who);
        if (sign.Kind == "left") return _last.Remove(who);
        // Whoever types also looks: the weaker sign does not wipe out the stronger one while that is fresh.
        if (sign.Kind == "viewing" && before is { Kind: not "viewing" } && time.GetUtcNow() - before.At < Life) return false;
        _last[who] = sign with { At = time.GetUtcNow() };
        return before?.Kind != sign.Kind;
    }

    public bool Forget()
    {
        var oldest = time.GetUtcNow() - Life;
        var over = _last.Where(s => s.Value.At <= oldest).Select(s => s.Key).ToList();
        foreach (var who in over) _last.Remove(who);
        return over.Count > 0;
    }

    public void Clear() => _last.Clear();

    public bool ContactTypes => _last.TryGetValue("", out var sign) && sign.Kind == "typing";

    public IEnumerable<DeskSign> Colleagues => _last.Values.Where(s => s.OfficerId is not null).OrderBy(s => s.OfficerName, StringComparer.Ordinal);
}
