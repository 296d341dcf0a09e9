using ChatDesk.Cases;
using ChatDesk.Cases.Model;
using ChatDesk.Cases.Rules;
using ChatDesk.Hours.Calendars;
using ChatDesk.Hours.Clocks;
using Microsoft.Extensions.Time.Testing;

namespace ChatDesk.Tests.Cases;

/// <summary>
/// Random histories of cases, lived event by event: the clocks kept with the row must be the ones worked out from the log
/// alone, by this project's projection and by a reckoning that knows nothing of it.
/// </summary>
public sealed class CaseHistoryTests
{
    private const int Histories = 10_000;
    private const int MostEvents = 16;

    private static readonly CaseParty[] Parties = [CaseParty.Officer, CaseParty.Contact, CaseParty.Desk];

    [Fact]
    public async Task Live_clocks_equal_those_recomputed_from_the_log_for_ten_thousand_random_histories()
    {
        await using var room = new CaseRoom(TimeProvider.System);
        var random = new Random(20261128);
        for (var n = 0; n < Histories; n++)
        {
            var kind = (CaseKind)random.Next(6);
            var (live, events) = Live(room.Basis, kind, random);
            var again = CaseProjection.Rebuild(live.Id, live.Key, [.. events.Select(Reread)], room.Basis);
            Assert.Equal(
                (live.Clocks, live.LookDue, live.AnswerDue, live.ProgressDue, live.State, live.Reopened, live.Events),
                (again.Clocks, again.LookDue, again.AnswerDue, again.ProgressDue, again.State, again.Reopened, again.Events));
            Check(room.Basis, kind, live, events, n);
        }
    }

    [Fact]
    public async Task The_row_in_the_database_is_the_one_its_log_rebuilds_after_random_histories()
    {
        var time = new FakeTimeProvider(new DateTimeOffset(2026, 4, 9, 1, 0, 0, TimeSpan.Zero));
        await using var room = new CaseRoom(time);
        var random = new Random(7);
        for (var n = 0; n < 40; n++)
        {
            var row = await room.FileAsync($"U{n}", type: n % 3 == 0 ? "delay" : "complaint");
            for (var step = 0; step < 8; step++)
            {
                time.Advance(TimeSpan.FromMinutes(random.Next(1, 4_000)));
                var (deed, by) = Next(row.State, random);
                row = await room.Book.DoAsync("demo", row.Id, Order(deed, by), CaseRoom.Stop);
            }
            var rebuilt = CaseProjection.Rebuild(row.Id, row.Key, await room.EventsAsync(row.Id), room.Basis);
            var stored = (await room.FindAsync(row.Number))!;
            Assert.Equal((stored.Clocks, stored.LookDue, stored.AnswerDue, stored.ProgressDue, stored.State), (rebuilt.Clocks, rebuilt.LookDue, rebuilt.AnswerDue, rebuilt.ProgressDue, rebuilt.State));
        }
    }

    /// <summary>A case as it lives: opened, then moved by whatever the table of states allows, at odd moments over holidays and nights.</summary>
    private static (Case Row, List<CaseEvent> Events) Live(CaseBasis basis, CaseKind kind, Random random)
    {
        var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMilliseconds(random.NextInt64(900L * 86_400_000));
        var row = new Case { Agency = "demo", Key = "k" };
        var opening = new CaseOpening { Number = "N", Code = "C", Kind = kind, Summary = "s" };
        var events = new List<CaseEvent> { Event(1, CaseDeed.Open, CaseParty.Contact, at, new CaseDetail { Opening = opening }) };
        CaseProjection.Apply(row, events[0], basis);
        for (var n = random.Next(MostEvents); n > 0; n--)
        {
            at = at.AddMilliseconds(random.Next(4) == 0 ? random.Next(1_000) : random.NextInt64(12L * 86_400_000));
            var (deed, by) = Next(row.State, random);
            events.Add(Event(events.Count + 1, deed, by, at, new CaseDetail { Text = "x", Unit = "u" }));
            CaseProjection.Apply(row, events[^1], basis);
        }
        return (row, events);
    }

    private static (CaseDeed Deed, CaseParty By) Next(CaseState state, Random random)
    {
        var moves = Parties.SelectMany(by => CaseMoves.Open(state, by).Select(deed => (deed, by))).Where(m => m.deed is not (CaseDeed.Merge or CaseDeed.Link)).ToList();
        return moves[random.Next(moves.Count)];
    }

    /// <summary>The same by another way: the three clocks as sums of stretches between events, minute arithmetic left to the calendar.</summary>
    private static void Check(CaseBasis basis, CaseKind kind, Case live, List<CaseEvent> events, int n)
    {
        var (calendar, targets, clocks) = (basis.Hours.Calendar, basis.Rules.TargetsOf(kind), CaseClocks.Read(live.Clocks!));
        var states = States(events);
        // From the last time the case began to be owed (its opening or reopening) to the end of the log.
        var begin = Enumerable.Range(0, events.Count).Last(i => i == 0 || (states[i - 1].IsOver() && !states[i].IsOver()));
        var over = states[^1].IsOver() ? Enumerable.Range(begin, events.Count - begin).First(i => states[i].IsOver()) : (int?)null;
        var look = Enumerable.Range(begin + 1, events.Count - begin - 1).Where(i => events[i].By == CaseParty.Officer).Cast<int?>().FirstOrDefault();
        var answerUsed = Used(calendar, events, states, begin, over ?? events.Count - 1);
        // A running clock is not touched by what does not concern it: it is asked as of the last event.
        var kept = clocks.Answer.UsedAt(events[^1].At, calendar);
        Assert.True(answerUsed == kept, $"history {n}: answer {answerUsed} against {kept} after {string.Join(' ', events.Zip(states, (e, s) => $"{e.Deed}({e.At:O})={s}"))}");
        Assert.Equal(over is null ? states[^1] == CaseState.WaitingForCitizen ? ClockStanding.Paused : ClockStanding.Running : ClockStanding.Met, clocks.Answer.Standing);
        Assert.Equal(targets.Answer, clocks.Answer.Target);
        if (look is { } looked && (over is null || looked < over)) Assert.Equal((ClockStanding.Met, Used(calendar, events, states, begin, looked)), (clocks.Look.Standing, clocks.Look.Used));
    }

    /// <summary>Business time between two events, without the stretches in which the contact was asked.</summary>
    private static TimeSpan Used(BusinessCalendar calendar, List<CaseEvent> events, List<CaseState> states, int from, int to)
    {
        var used = TimeSpan.Zero;
        for (var i = from; i < to; i++)
        {
            if (states[i] != CaseState.WaitingForCitizen) used += calendar.Between(events[i].At, events[i + 1].At);
        }
        return used;
    }

    /// <summary>Where the case stood after each event, by the table alone.</summary>
    private static List<CaseState> States(List<CaseEvent> events)
    {
        var states = new List<CaseState>();
        var before = (CaseState?)null;
        foreach (var one in events)
        {
            var now = states.Count == 0 ? CaseState.Received : states[^1];
            var next = states.Count == 0 ? now : CaseMoves.Find(now, one.Deed, one.By)!.Lead(now, before);
            if (one.Deed == CaseDeed.Ask) before = now;
            else if (next != CaseState.WaitingForCitizen) before = null;
            states.Add(next);
        }
        return states;
    }

    private static CaseEvent Event(int number, CaseDeed deed, CaseParty by, DateTimeOffset at, CaseDetail detail) =>
        new() { Agency = "demo", CaseId = 1, Number = number, Deed = deed, By = by, At = at, Detail = detail.Write() };

    /// <summary>An event as the database gives it back: its moment in whole milliseconds, its detail as text.</summary>
    private static CaseEvent Reread(CaseEvent one) =>
        Event(one.Number, one.Deed, one.By, DateTimeOffset.FromUnixTimeMilliseconds(one.At.ToUnixTimeMilliseconds()), CaseDetail.Read(one.Detail));

    private static CaseOrder Order(CaseDeed deed, CaseParty by) => new(deed, by) { Detail = new CaseDetail { Text = "x", Unit = "u" } };
}
