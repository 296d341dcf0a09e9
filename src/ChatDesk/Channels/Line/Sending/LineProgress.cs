using ChatDesk.Delivery;

namespace ChatDesk.Channels.Line.Sending;

/// <summary>How far one try at sending an item has come; every end of it becomes a <see cref="SendResult"/> with all that is known.</summary>
internal sealed class LineProgress(OutboxItem item, List<LineMessage> messages)
{
    private readonly int _parts = LineMessageMapper.Parts(messages);
    private string? _requestId;
    private int _counted;

    public OutboxItem Item { get; } = item;

    public List<LineMessage> Messages { get; } = messages;

    /// <summary>How many parts are with LINE; also the index of the next.</summary>
    public int PartsDone { get; private set; } = item.PartsDone;

    public ReplyTrace Reply { get; set; } = item.Reply;

    public bool Complete => PartsDone >= _parts;

    public string Agency => Item.Conversation.Agency;

    public int FirstMessage => PartsDone * LineLimits.MessagesPerCall;

    /// <summary>Past this no retry key protects any more: a person must look.</summary>
    public DateTimeOffset LastTry => Item.CreatedAt + LineLimits.RetryKeyLife;

    /// <summary>The next part is with LINE.</summary>
    public void Arrived(string? requestId, bool counted)
    {
        PartsDone++;
        _requestId = requestId ?? _requestId;
        if (counted) _counted++;
    }

    public SendResult Sent() => End(SendStatus.Sent);

    public SendResult Deferred(string reason, DateTimeOffset retryAt) => End(SendStatus.Deferred, reason) with { RetryAt = retryAt };

    /// <summary>Put off because the whole account is slowed down: no try of its own failed.</summary>
    public SendResult HeldBack(string reason, DateTimeOffset retryAt) => Deferred(reason, retryAt) with { HeldBack = true };

    public SendResult Blocked(string reason) => End(SendStatus.Blocked, reason);

    public SendResult Unknown(string reason) => End(SendStatus.Unknown, reason);

    private SendResult End(SendStatus status, string? reason = null) => new(status)
    {
        Reason = reason,
        PartsDone = PartsDone,
        Reply = Reply,
        ProviderId = _requestId,
        Counted = _counted,
    };
}
