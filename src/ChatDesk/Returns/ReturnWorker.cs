using System.Text.Json;
using ChatDesk.Activities;
using ChatDesk.Data;
using ChatDesk.Delivery;
using Microsoft.EntityFrameworkCore;

namespace ChatDesk.Returns;

/// <summary>
/// Carries what turns said to the other places of their conversation. It reads the effects of the ledger in their order; what it
/// brings is an activity named after the effect, so that the ledger takes it once however often it is brought, and from there it
/// takes its turn and leaves by the outbox like everything else. The place reached is moved after that.
/// </summary>
internal sealed class ReturnWorker(
    ILedger ledger, DeskDatabase database, ReturnBook book, ReturnLinks links, IEnumerable<IChannelSender> senders, ReturnOptions options, TimeProvider time, ILogger<ReturnWorker> log) : BackgroundService
{
    private const string Reader = "effects";
    private const int Batch = 200;
    private const int PageLines = 200;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    private readonly Dictionary<string, IChannelSender> _senders = senders.ToDictionary(s => s.Channel, StringComparer.Ordinal);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                while (await StepAsync(stoppingToken)) { }
            }
            catch (Exception fault) when (fault is LedgerException or System.Data.Common.DbException or DbUpdateException)
            {
                log.LogError("Answers are not carried on, next try in {Interval}: {Fault}", Interval, fault.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }

    /// <returns>True when there may be more to do at once.</returns>
    private async Task<bool> StepAsync(CancellationToken stopping)
    {
        await using var context = database.OpenForAll();
        var after = await context.Set<ReturnPosition>().Where(p => p.Name == Reader).Select(p => (long?)p.Position).FirstOrDefaultAsync(stopping) ?? 0;
        var effects = await ledger.ReadEffectsAsync(after, Batch);
        var reached = after;
        foreach (var effect in effects)
        {
            if (!await TakeAsync(effect, stopping)) break;
            reached = effect.Id;
        }
        if (reached == after) return false;
        await context.Database.ExecuteSqlAsync(
            $"INSERT INTO return_positions (name, position) VALUES ({Reader}, {reached}) ON CONFLICT (name) DO UPDATE SET position = excluded.position WHERE return_positions.position < excluded.position", stopping);
        return effects.Count == Batch && reached == effects[^1].Id;
    }

    /// <returns>False while it is too early.</returns>
    private async Task<bool> TakeAsync(LedgerEffect effect, CancellationToken stopping)
    {
        try
        {
            if (effect.Kind == ReturnEffect.Bound) await TellAsync(effect, ReturnEffect.Read(effect.Data));
            if (effect.Kind != ReturnEffect.Carry) return true;
            // Whoever sits at the page reads it there; a minute tells whether somebody does.
            if (time.GetUtcNow() - effect.At < options.Patience) return false;
            await CarryAsync(effect, ReturnEffect.Read(effect.Data), stopping);
        }
        catch (JsonException fault)
        {
            log.LogError("Effect {Effect} of kind {Kind} cannot be read: {Fault}", effect.Id, effect.Kind, fault.Message);
        }
        return true;
    }

    private Task TellAsync(LedgerEffect effect, ReturnEffect bound)
    {
        var news = new ReturnNews(ReturnNewsKind.Bound) { Where = bound.Where, Language = bound.Language };
        return AcceptAsync(news, $"return-bound:{effect.Id}", new(effect.Conversation.Agency, bound.Channel!, bound.Address!));
    }

    private async Task CarryAsync(LedgerEffect effect, ReturnEffect carry, CancellationToken stopping)
    {
        if (_senders.TryGetValue(effect.Conversation.Channel, out var sender) && sender.IsWatched(effect.Conversation)) return;
        var places = await book.OfAsync(effect.Conversation, stopping);
        if (places.Count == 0 || await SaidAsync(effect.Conversation, carry.Activity!) is not { Count: > 0 } said) return;
        foreach (var place in places)
        {
            var to = new ConversationKey(place.Agency, place.ToChannel, place.ToAddress);
            var news = new ReturnNews(ReturnNewsKind.Carried) { Said = said, Language = carry.Language, PageUrl = links.Page(to.Agency), StopUrl = links.Stop(to) };
            await AcceptAsync(news, $"return:{effect.Id}:{place.Id}", to);
        }
    }

    private Task AcceptAsync(ReturnNews news, string id, ConversationKey to)
    {
        var now = time.GetUtcNow();
        return ledger.AcceptAsync([new InboxEntry(news.Activity(id, to, now), now, default)]);
    }

    /// <summary>Read again from the transcript: what was erased meanwhile is not carried.</summary>
    private async Task<IReadOnlyList<OutboundActivity>?> SaidAsync(ConversationKey conversation, string activity)
    {
        var place = 0L;
        while (await ledger.ReadTranscriptAsync(conversation, place, PageLines) is { Count: > 0 } lines)
        {
            // An outgoing line's id is the outbox's: {activity}:{n}.
            if (lines.FirstOrDefault(l => l.Outgoing is not null && l.ActivityId.StartsWith($"{activity}:", StringComparison.Ordinal)) is { } line) return line.Outgoing;
            place = lines[^1].Place;
        }
        return null;
    }
}
