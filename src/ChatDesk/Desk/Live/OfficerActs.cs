using ChatDesk.Activities;
using ChatDesk.Handover;
using ChatDesk.People;
using ChatDesk.People.Audit;
using Actor = ChatDesk.Handover.Officer;

namespace ChatDesk.Desk.Live;

/// <summary>What officers do to conversations: each act is carried out by the queue and then written into the audit log. Refused acts leave no line; neither does reading the lists.</summary>
internal sealed class OfficerActs(IOfficerQueue queue, AuditLog audit)
{
    public static Actor ActorOf(OfficerIdentity by) => new(by.Agency, by.Id, by.Name);

    public Task<PresenceRow> ArriveAsync(OfficerIdentity by) => queue.ArriveAsync(new OfficerCard
    {
        Officer = ActorOf(by),
        Unit = by.Units.Count > 0 ? by.Units[0] : null,
        Languages = by.Languages,
        Capacity = by.Capacity,
    });

    public Task<QueueResult> SetPresenceAsync(OfficerIdentity by, PresenceState state, string? reason) =>
        KeepAsync(by, "presence.set", queue.SetPresenceAsync(ActorOf(by), state, reason), new { state = state.ToString(), reason });

    public Task<QueueResult> ClaimAsync(OfficerIdentity by, long id) => KeepAsync(by, "handover.claim", queue.ClaimAsync(ActorOf(by), id));

    public Task<QueueResult> ClaimNextAsync(OfficerIdentity by) => KeepAsync(by, "handover.claim", queue.ClaimNextAsync(ActorOf(by)), new { next = true });

    public Task<QueueResult> StepInAsync(OfficerIdentity by, ConversationKey conversation, string reason) =>
        KeepAsync(by, "handover.step-in", queue.StepInAsync(ActorOf(by), conversation, reason), new { reason });

    public Task<QueueResult> TakeOverAsync(OfficerIdentity by, long id, string reason) =>
        KeepAsync(by, "handover.take-over", queue.TakeOverAsync(ActorOf(by), id, reason), new { reason });

    public Task<QueueResult> ReturnAsync(OfficerIdentity by, long id, string reason) =>
        KeepAsync(by, "handover.return", queue.ReturnAsync(ActorOf(by), id, reason), new { reason });

    public Task<QueueResult> TransferAsync(OfficerIdentity by, long id, TransferTarget to, string reason) =>
        KeepAsync(by, "handover.transfer", queue.TransferAsync(ActorOf(by), id, to, reason), new { to, reason });

    public Task<QueueResult> AcceptAsync(OfficerIdentity by, long id) => KeepAsync(by, "handover.accept", queue.AcceptAsync(ActorOf(by), id));

    public Task<QueueResult> RefuseAsync(OfficerIdentity by, long id, string reason) =>
        KeepAsync(by, "handover.refuse", queue.RefuseAsync(ActorOf(by), id, reason), new { reason });

    public Task<QueueResult> TakeBackOfferAsync(OfficerIdentity by, long id) => KeepAsync(by, "handover.take-back", queue.TakeBackOfferAsync(ActorOf(by), id));

    public Task<QueueResult> HoldAsync(OfficerIdentity by, long id) => KeepAsync(by, "handover.hold", queue.HoldAsync(ActorOf(by), id));

    public Task<QueueResult> ResumeAsync(OfficerIdentity by, long id) => KeepAsync(by, "handover.resume", queue.ResumeAsync(ActorOf(by), id));

    public Task<QueueResult> CloseAsync(OfficerIdentity by, long id, string topic, string outcome, bool survey) =>
        KeepAsync(by, "handover.close", queue.CloseAsync(ActorOf(by), id, topic, outcome, survey), new { topic, outcome, survey });

    public Task<QueueResult> UndoCloseAsync(OfficerIdentity by, long id) => KeepAsync(by, "handover.undo-close", queue.UndoCloseAsync(ActorOf(by), id));

    public Task<QueueResult> RetryAsync(OfficerIdentity by, long id, string line) => KeepAsync(by, "handover.retry", queue.RetryAsync(ActorOf(by), id, line), new { line });

    public Task<QueueResult> MarkReadAsync(OfficerIdentity by, long id) => KeepAsync(by, "handover.read", queue.MarkReadAsync(ActorOf(by), id));

    public Task<QueueResult> TagAsync(OfficerIdentity by, ConversationKey conversation, IReadOnlyList<string> tags) =>
        KeepAsync(by, "contact.tag", queue.TagAsync(ActorOf(by), conversation, tags), new { tags }, conversation);

    /// <exception cref="UnauthorizedAccessException">Only supervisors may.</exception>
    public async Task SwitchBotAsync(OfficerIdentity by, bool off, string reason)
    {
        if (by.Role is not (OfficerRole.Supervisor or OfficerRole.Administrator)) throw new UnauthorizedAccessException("only supervisors switch the bot");
        var (before, after) = await queue.SwitchBotAsync(ActorOf(by), off, reason);
        await audit.WriteAsync(by, off ? "bot.off" : "bot.on", $"agency/{by.Agency}", new { reason, was = before.Off, now = after.Off });
    }

    public async Task<SayResult> SayAsync(OfficerIdentity by, SayOrder order)
    {
        var result = await queue.SayAsync(ActorOf(by), order);
        if (result.Status == QueueStatus.Done)
            await audit.WriteAsync(by, "handover.say", $"handover/{order.Handover}", new { line = result.LineKey, files = order.Files.Count });
        return result;
    }

    public async Task<SayResult> NoteAsync(OfficerIdentity by, ConversationKey conversation, string clientId, string text)
    {
        var result = await queue.NoteAsync(ActorOf(by), conversation, clientId, text);
        if (result.Status == QueueStatus.Done) await audit.WriteAsync(by, "conversation.note", $"conversation/{conversation}", new { line = result.LineKey });
        return result;
    }

    /// <summary>Reading what a contact wrote is written down too.</summary>
    public Task ReadAsync(OfficerIdentity by, ConversationKey conversation) => audit.WriteAsync(by, "conversation.read", $"conversation/{conversation}");

    /// <summary>Searching reads other people's words: who searched is written down, what for is not.</summary>
    public async Task<IReadOnlyList<SearchHit>> SearchAsync(OfficerIdentity by, string text)
    {
        var hits = await queue.SearchAsync(by.Agency, text);
        await audit.WriteAsync(by, "desk.search", $"agency/{by.Agency}", new { hits = hits.Count });
        return hits;
    }

    private async Task<QueueResult> KeepAsync(OfficerIdentity by, string action, Task<QueueResult> act, object? data = null, ConversationKey? conversation = null)
    {
        var result = await act;
        if (result.Status != QueueStatus.Done) return result;
        var subject = conversation is { } key ? $"conversation/{key}" : result.Row is { } row ? $"handover/{row.Id}" : $"officer/{by.Id}";
        await audit.WriteAsync(by, action, subject, data);
        return result;
    }
}
