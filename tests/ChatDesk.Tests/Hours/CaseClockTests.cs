using System.Text.Json;
using ChatDesk.Hours.Calendars;
using ChatDesk.Hours.Clocks;

namespace ChatDesk.Tests.Hours;

/// <summary>The clocks of cases: pausing, falling due, and the same however they are worked out.</summary>
public sealed class CaseClockTests
{
    private static readonly BusinessCalendar Calendar = Golden.Demo.Calendar;

    private static DateTimeOffset At(int day, int hour, int minute = 0) => new(2026, 12, day, hour, minute, 0, TimeSpan.FromHours(7));

    private static CaseClock Clock(double hours, params ClockEvent[] events) => CaseClock.Of(TimeSpan.FromHours(hours), events, Calendar);

    [Fact]
    public void A_running_clock_falls_due_in_business_time()
    {
        var clock = Clock(4, new ClockEvent(ClockEventKind.Started, At(4, 15)));

        Assert.Equal(At(8, 11), clock.DueAt(Calendar));
        Assert.Equal(TimeSpan.FromHours(2.5), clock.RemainingAt(At(6, 12), Calendar));
        Assert.False(clock.IsLateAt(At(8, 11), Calendar));
        Assert.True(clock.IsLateAt(At(8, 11, 1), Calendar));
        Assert.Equal(TimeSpan.FromHours(-1), clock.RemainingAt(At(8, 12), Calendar));
    }

    [Fact]
    public void It_stands_while_the_contact_is_asked_and_goes_on_where_it_stood()
    {
        var paused = Clock(4, new(ClockEventKind.Started, At(1, 9)), new(ClockEventKind.Paused, At(1, 10)));
        Assert.Null(paused.DueAt(Calendar));
        Assert.Equal(TimeSpan.FromHours(3), paused.RemainingAt(At(3, 12), Calendar));

        var resumed = paused.After(new ClockEvent(ClockEventKind.Resumed, At(3, 15)), Calendar);
        Assert.Equal(At(4, 10), resumed.DueAt(Calendar));
    }

    [Fact]
    public void What_ran_out_before_a_pause_stays_run_out_at_that_moment()
    {
        var clock = Clock(1, new(ClockEventKind.Started, At(1, 9)), new(ClockEventKind.Paused, At(1, 12)), new(ClockEventKind.Resumed, At(2, 9)), new(ClockEventKind.Met, At(2, 10)));

        Assert.Equal(At(1, 10), clock.DueAt(Calendar));
        Assert.True(clock.IsLateAt(At(9, 9), Calendar));
        Assert.Equal(TimeSpan.FromHours(-3), clock.RemainingAt(At(9, 9), Calendar));
    }

    [Fact]
    public void Met_in_the_very_minute_it_is_due_is_in_time_and_stays_so()
    {
        var clock = Clock(1, new(ClockEventKind.Started, At(1, 9)), new(ClockEventKind.Met, At(1, 10)));

        Assert.Equal(ClockStanding.Met, clock.Standing);
        Assert.False(clock.IsLateAt(At(31, 9), Calendar));
        Assert.Equal(TimeSpan.Zero, clock.RemainingAt(At(31, 9), Calendar));
    }

    [Fact]
    public void A_case_opened_again_begins_with_its_whole_target()
    {
        var clock = Clock(2, new(ClockEventKind.Started, At(1, 9)), new(ClockEventKind.Met, At(1, 15)), new(ClockEventKind.Started, At(2, 9)));

        Assert.Equal(At(2, 11), clock.DueAt(Calendar));
    }

    [Fact]
    public void A_machine_clock_that_jumps_back_takes_no_time_away()
    {
        var clock = Clock(4, new(ClockEventKind.Started, At(1, 11)), new(ClockEventKind.Paused, At(1, 10)), new(ClockEventKind.Resumed, At(1, 12)));

        Assert.Equal(TimeSpan.Zero, clock.Used);
        Assert.Equal(At(1, 16), clock.DueAt(Calendar));
    }

    [Fact]
    public void Ten_thousand_random_histories_give_the_same_clock_kept_from_event_to_event_and_worked_out_from_the_log()
    {
        var random = new Random(7);
        for (var n = 0; n < 10_000; n++)
        {
            var target = TimeSpan.FromMinutes(random.Next(1, 5000));
            var events = History(random);
            var kept = CaseClock.For(target);
            foreach (var next in events) kept = JsonSerializer.Deserialize<CaseClock>(JsonSerializer.Serialize(kept))!.After(next, Calendar);

            Assert.Equal(CaseClock.Of(target, events, Calendar), kept);
            var now = events[^1].At.AddMinutes(random.Next(10_000));
            Assert.Equal(SlowlyUsed(events, now), kept.UsedAt(now, Calendar));
        }
    }

    private static List<ClockEvent> History(Random random)
    {
        var at = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero).AddMinutes(random.Next(400_000));
        var kinds = Enum.GetValues<ClockEventKind>();
        var events = new List<ClockEvent>();
        for (var left = random.Next(1, 12); left > 0; left--)
        {
            // Now and then a machine whose clock is behind.
            at = at.AddSeconds(random.Next(20) == 0 ? -random.Next(3600) : random.Next(200_000));
            events.Add(new ClockEvent(events.Count == 0 ? ClockEventKind.Started : kinds[random.Next(kinds.Length)], at));
        }
        return events;
    }

    /// <summary>The log read as stretches in which the clock ran: since the last start, between a start or resume and the next pause or end.</summary>
    private static TimeSpan SlowlyUsed(List<ClockEvent> events, DateTimeOffset now)
    {
        var (used, running, ended, since, latest) = (TimeSpan.Zero, false, true, DateTimeOffset.MinValue, DateTimeOffset.MinValue);
        foreach (var next in events)
        {
            var at = next.At > latest ? next.At : latest;
            latest = at;
            if (running && next.Kind is ClockEventKind.Paused or ClockEventKind.Met && running) used += Calendar.Between(since, at);
            if (next.Kind == ClockEventKind.Started && ended) (used, running, ended, since) = (TimeSpan.Zero, true, false, at);
            else if (next.Kind == ClockEventKind.Resumed && !running && !ended) (running, since) = (true, at);
            else if (next.Kind == ClockEventKind.Paused) running = false;
            else if (next.Kind == ClockEventKind.Met) (running, ended) = (false, true);
        }
        return running && now > since ? used + Calendar.Between(since, now) : used;
    }
}
