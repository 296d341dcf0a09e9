using ChatDesk.Activities;

namespace ChatDesk.Delivery;

/// <summary>
/// Brings what turns said to the contact, through the sender of the conversation's channel, and writes down how it ended.
/// Sends of one conversation follow each other; a row that must wait keeps the ones behind it waiting.
/// </summary>
internal sealed class OutboxWorker(
    ILedger ledger, IEnumerable<IChannelSender> senders, ChannelStandings standings, ChannelQuotas quotas, TimeProvider time, ILogger<OutboxWorker> log)
{
    private static readonly TimeSpan SuspendedPause = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan FaultPause = TimeSpan.FromSeconds(30);

    private readonly Dictionary<string, IChannelSender> _senders = senders.ToDictionary(s => s.Channel, StringComparer.Ordinal);

    /// <summary>Sends rows in order and waits until how they ended is written down.</summary>
    /// <returns>True when all are settled and the conversation's next turn may run; false when one must be tried later.</returns>
    public async ValueTask<bool> DeliverAsync(IReadOnlyList<OutboxItem> items, bool reachable, CancellationToken stopping)
    {
        foreach (var item in items)
        {
            var result = await TryAsync(item, reachable, stopping);
            await ledger.SettleAsync(item, result);
            if (result.Status == SendStatus.Deferred) return false;
        }
        return true;
    }

    /// <summary>Sends the last row of a claim; the conversation is given back once how it ended is written down.</summary>
    public async ValueTask DeliverLastAsync(OutboxItem item, bool reachable, long conversationId, CancellationToken stopping)
    {
        var result = await TryAsync(item, reachable, stopping);
        ledger.SettleAndRelease(item, result, conversationId, fault => log.LogError("Outbox {OutboxId} was not settled and will be tried again: {Fault}", item.Id, fault.Message));
    }

    public ValueTask<string?> NameOfAsync(ConversationKey conversation, CancellationToken stopping) =>
        _senders.TryGetValue(conversation.Channel, out var sender) ? sender.NameOfAsync(conversation, stopping) : default;

    public ValueTask MarkReadAsync(ConversationKey conversation, ReadOnlyMemory<byte> raw, CancellationToken stopping) =>
        _senders.TryGetValue(conversation.Channel, out var sender) ? sender.MarkReadAsync(conversation, raw, stopping) : default;

    /// <summary>Whether an unasked message in this conversation costs the agency something.</summary>
    public bool PushesCost(ConversationKey conversation) => _senders.TryGetValue(conversation.Channel, out var sender) && sender.PushesCost;

    /// <summary>Shows the contact that a slow answer is being worked on.</summary>
    public ValueTask ShowWorkingAsync(ConversationKey conversation, CancellationToken stopping) =>
        _senders.TryGetValue(conversation.Channel, out var sender) ? sender.ShowWorkingAsync(conversation, stopping) : ValueTask.CompletedTask;

    private async ValueTask<SendResult> TryAsync(OutboxItem item, bool reachable, CancellationToken stopping)
    {
        using var span = DeskTraces.Deliver(item);
        var result = await SendAsync(item, reachable, stopping);
        span?.SetTag("chatdesk.result", result.Status.ToString()).SetTag("chatdesk.reason", result.Reason);
        DeskMeters.Tried(item, result, time.GetUtcNow());
        quotas.Count(item.Conversation.Agency, item.Conversation.Channel, result.Counted);
        if (result.Status is SendStatus.Blocked or SendStatus.Unknown)
            log.LogWarning("Outbox {OutboxId} to {Conversation} ended {Status}: {Reason}", item.Id, item.Conversation, result.Status, result.Reason);
        return result;
    }

    private async ValueTask<SendResult> SendAsync(OutboxItem item, bool reachable, CancellationToken stopping)
    {
        if (!_senders.TryGetValue(item.Conversation.Channel, out var sender)) return Blocked(item, "no-sender");
        if (!reachable && item.ReplyHandle is null) return Blocked(item, "departed");
        if (standings.IsSuspended(item.Conversation.Agency, item.Conversation.Channel)) return Deferred(item, "suspended", SuspendedPause);
        try
        {
            return await sender.SendAsync(item, stopping);
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            throw;
        }
        catch (Exception fault)
        {
            log.LogError(fault, "Sender of {Channel} failed on outbox {OutboxId}", item.Conversation.Channel, item.Id);
            return Deferred(item, "sender-fault", FaultPause) with { Reply = item.ReplyHandle is null ? item.Reply : ReplyTrace.MaybeUsed };
        }
    }

    private static SendResult Blocked(OutboxItem item, string reason) =>
        new(SendStatus.Blocked) { Reason = reason, PartsDone = item.PartsDone, Reply = item.Reply };

    private SendResult Deferred(OutboxItem item, string reason, TimeSpan pause) =>
        new(SendStatus.Deferred) { Reason = reason, RetryAt = time.GetUtcNow() + pause, PartsDone = item.PartsDone, Reply = item.Reply };
}
