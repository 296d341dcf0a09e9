using System.Globalization;
using ChatDesk.Activities;
using ChatDesk.Delivery;
using ChatDesk.Handover;

namespace ChatDesk.Conversations;

/// <summary>What comes of asking for a person: what the queue keeps, and what the contact hears.</summary>
/// <param name="Part">For the turn to keep; null when nothing new is asked.</param>
/// <param name="Words">What happens next; null when an officer has the floor.</param>
/// <param name="Status"><c>officer</c>, <c>queued</c>, <c>closed</c> (a promise), as dialogs know them.</param>
/// <param name="Place">In the queue, from 1.</param>
/// <param name="Opens">The next opening in words; for <c>closed</c>.</param>
/// <param name="MayWait">True when an officer is free for this one and a reply handle is worth keeping for their words.</param>
internal sealed record OfficerCall(HandoverAsked? Part, string? Words, string Status, int Place, string? Opens, bool MayWait);

/// <summary>Asks for an officer on behalf of a turn: in hours a place in the queue and who is really there, outside them the exact promise.</summary>
internal sealed class OfficerCalls(IOfficerQueue queue, OutboxWorker outbox)
{
    public const string NoticeTimer = "handover:notice";

    public async ValueTask<OfficerCall> AskAsync(TurnContext turn, HandoverAsked wish)
    {
        var desk = await queue.SnapshotAsync(turn.Activity.Conversation.Agency);
        if (await queue.OpenInAsync(turn.Activity.Conversation) is { } row) return Again(turn, desk, row, wish);
        var hours = turn.Content.Hours;
        var open = hours.Calendar.IsOpen(turn.Now);
        if (!open || !desk.Officers.Values.Any(o => o.IsHere))
        {
            var promise = hours.PromiseFrom(turn.Now);
            var opens = hours.Calendar.NextOpening(turn.Now);
            return new(
                wish with { PromisedBy = promise, OpensAt = opens }, Fill(turn, open ? "handover_promise_nobody" : "handover_promise", null, promise, opens),
                "closed", 0, opens is { } moment ? hours.Words.Moment(moment, turn.Language) : "", MayWait: false);
        }
        var (place, free, slots) = Standing(desk, turn.Activity.Conversation.Channel, wish);
        var soon = slots >= place;
        return new(
            wish, Fill(turn, soon ? "handover_waiting_free" : "handover_waiting", (place, free, Here(desk)), null, null), soon ? "officer" : "queued", place, null,
            MayWait: soon && turn.Activity.ReplyHandle is not null && WordsCost(turn));
    }

    /// <summary>What to say of an open handover as it stands now.</summary>
    public async ValueTask<string?> StandingAsync(TurnContext turn, string phrase)
    {
        if (await queue.OpenInAsync(turn.Activity.Conversation) is not { } row) return null;
        var desk = await queue.SnapshotAsync(turn.Activity.Conversation.Agency);
        var free = QueueOrder.FreeFor(desk, row);
        var place = QueueOrder.Place(desk, row);
        return Fill(turn, phrase, (place, free, Here(desk)), row.PromisedBy, row.OpensAt);
    }

    /// <summary>The turn's answer to a wish: the notice now, or held back for an officer who could use the reply handle.</summary>
    public StageAnswer Answer(TurnContext turn, OfficerCall call, StageAnswer answer)
    {
        var state = answer.State ?? turn.State;
        IReadOnlyList<TurnPart> parts = call.Part is { } part ? [.. answer.Parts, part] : answer.Parts;
        if (call.Part?.PromisedBy is { } by) answer = answer with { Effects = [.. answer.Effects, DialogEffects.Promised(turn, by, call.Part.Topic)] };
        var mark = state.Handover ?? new HandoverMark { AskedAt = turn.Now };
        if (call.MayWait)
        {
            return answer with
            {
                Parts = parts,
                Replies = [],
                State = state with { Handover = mark with { NoticeDue = true }, Handle = turn.OwnHandle },
                Timers = [.. answer.Timers, new TimerChange(NoticeTimer, turn.Now + HandoverRules.NoticeDelay)],
                ShowWorking = true,
            };
        }
        return answer with { Parts = parts, State = state with { Handover = mark } };
    }

    /// <summary>Whether a word that answers nothing costs the agency's quota on this channel.</summary>
    public bool WordsCost(TurnContext turn) => outbox.PushesCost(turn.Activity.Conversation);

    public static OutboundActivity Say(TurnContext turn, string words) => OutboundActivity.Say(words, turn.Content.Words.Offer(turn.Language, "cancel_wait", "menu"));

    public static string Fill(TurnContext turn, string phrase, (int Place, int Free, int Here)? standing, DateTimeOffset? promise, DateTimeOffset? opens)
    {
        var hours = turn.Content.Hours;
        return turn.Content.Words.Say(
            phrase, turn.Language,
            ("place", Number(standing?.Place)), ("free", Number(standing?.Free)), ("officers", Number(standing?.Here)),
            ("promise", promise is { } by ? hours.Words.Moment(hours.Calendar.Local(by), turn.Language) : ""),
            ("opens", opens is { } at ? hours.Words.Moment(hours.Calendar.Local(at), turn.Language) : ""));
    }

    private static OfficerCall Again(TurnContext turn, DeskSnapshot desk, HandoverRow row, HandoverAsked wish)
    {
        if (row.IsHeld) return new(wish, null, "officer", 0, null, MayWait: false);
        var standing = (QueueOrder.Place(desk, row), QueueOrder.FreeFor(desk, row), Here(desk));
        var words = Fill(turn, row.State == HandoverState.Promised ? "handover_still_promised" : "handover_still_waiting", standing, row.PromisedBy, row.OpensAt);
        return new(wish, words, "queued", standing.Item1, null, MayWait: false);
    }

    private static (int Place, int Free, int Slots) Standing(DeskSnapshot desk, string channel, HandoverAsked wish)
    {
        var ahead = QueueOrder.Waiting(desk).Count(r => r.Priority >= wish.Priority && r.Unit == wish.Unit);
        var open = desk.Officers.Values
            .Where(o => o.State == PresenceState.Free && QueueOrder.Suits(o.Card, wish.Unit, wish.Topic, wish.Language, channel))
            .Select(o => o.Card.Capacity - QueueOrder.Load(desk, o.Card.Officer.Id)).Where(places => places > 0).ToList();
        return (ahead + 1, open.Count, open.Sum());
    }

    private static int Here(DeskSnapshot desk) => desk.Officers.Values.Count(o => o.IsHere);

    private static string Number(int? value) => (value ?? 0).ToString(CultureInfo.InvariantCulture);
}
