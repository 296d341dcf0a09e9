using System.Collections.Concurrent;
using ChatDesk.Activities;

namespace ChatDesk.Handover;

/// <summary>
/// Tells the pages of this process that there is something new; says what only where it is not kept. Handlers run on the
/// thread that publishes: they must be quick and must not throw. Nothing depends on a signal being heard: pages ask again
/// by number when they connect.
/// </summary>
internal sealed class DeskFeed
{
    private readonly ConcurrentDictionary<string, long> _last = new(StringComparer.Ordinal);

    /// <summary>There are events up to this number in this agency.</summary>
    public event Action<string, long>? Changed;

    /// <summary>Something fleeting: somebody types, looks at, or stopped.</summary>
    public event Action<DeskSign>? Signed;

    /// <summary>The newest number published in this process; 0 before the first.</summary>
    public long Last(string agency) => _last.GetValueOrDefault(agency);

    public void Publish(string agency, long seq)
    {
        _last[agency] = seq;
        Changed?.Invoke(agency, seq);
    }

    public void Sign(DeskSign sign) => Signed?.Invoke(sign);
}

/// <summary>A fleeting sign in a conversation; never stored.</summary>
/// <param name="Conversation">Where.</param>
/// <param name="Kind"><c>typing</c>, <c>typing-note</c>, <c>viewing</c> or <c>left</c>.</param>
/// <param name="OfficerId">Null when it is the contact (web only: LINE has no such sign).</param>
/// <param name="OfficerName">As shown.</param>
/// <param name="At">When; forget it after ten seconds.</param>
internal sealed record DeskSign(ConversationKey Conversation, string Kind, string? OfficerId, string? OfficerName, DateTimeOffset At)
{
    /// <summary>True when another replica told of it.</summary>
    public bool FromElsewhere { get; init; }
}
