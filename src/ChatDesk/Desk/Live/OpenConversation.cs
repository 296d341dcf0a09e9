using ChatDesk.Activities;
using ChatDesk.Handover;

namespace ChatDesk.Desk.Live;

/// <summary>The conversation on an officer's screen.</summary>
internal sealed class OpenConversation(ConversationKey key, HandoverRow? row, TimeProvider time)
{
    private readonly List<BoardChange> _meanwhile = [];
    private long _pageSeq;

    public ConversationKey Key => key;

    /// <summary>Its handover; null for a conversation that the bot still has.</summary>
    public HandoverRow? Row { get; set; } = row;

    /// <summary>Null while the first page is being read.</summary>
    public ThreadLines? Thread { get; private set; }

    public ContactCard? Contact { get; set; }

    /// <summary>Cases that came out of it, latest first.</summary>
    public IReadOnlyList<ContactCase> Cases { get; set; } = [];

    public Signs Signs { get; } = new(time);

    /// <summary>The number up to which the screen shows this conversation.</summary>
    public long Seen { get; private set; }

    /// <summary>The line being answered.</summary>
    public TranscriptLine? Quote { get; set; }

    /// <summary>Where to begin reading, after a search.</summary>
    public string? At { get; init; }

    /// <summary>The first page, or the newest after a gap; what changed while it was read is applied to it.</summary>
    public void Read(TranscriptPage page)
    {
        Thread = new ThreadLines();
        Thread.Take(page, older: false);
        Seen = _pageSeq = page.Seq;
        foreach (var change in _meanwhile) Apply(change);
        _meanwhile.Clear();
    }

    /// <returns>True when the change concerns this conversation.</returns>
    public bool Apply(BoardChange change)
    {
        var concerned = false;
        foreach (var news in change.Events)
        {
            if (news.Row is { } row && row.Conversation == key && (Row is null || row.Id >= Row.Id)) (Row, concerned) = (row, true);
            if (news.Line is not { } line || line.Conversation != key) continue;
            concerned = true;
            if (Thread is not null && news.Seq > _pageSeq) Thread.Put(line);
        }
        if (Thread is null) _meanwhile.Add(change);
        else Seen = Math.Max(Seen, change.Snapshot.Seq);
        return concerned;
    }
}
