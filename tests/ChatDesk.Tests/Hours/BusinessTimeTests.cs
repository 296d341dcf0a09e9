using System.Collections.Frozen;
using System.Collections.Immutable;
using ChatDesk.Hours.Calendars;

namespace ChatDesk.Tests.Hours;

/// <summary>Business-time arithmetic against a reference that looks at every minute, and at its edges.</summary>
public sealed class BusinessTimeTests
{
    private static readonly TimeZoneInfo Bangkok = TimeZoneInfo.FindSystemTimeZoneById("Asia/Bangkok");
    private static readonly DateOnly First = new(2026, 11, 1);

    [Fact]
    public void A_hundred_thousand_random_questions_are_answered_as_a_look_at_every_minute_answers_them()
    {
        const int calendars = 50, questions = 2000, days = 90;
        var random = new Random(20261123);
        for (var n = 0; n < calendars; n++)
        {
            var plan = RandomPlan(random);
            var calendar = new BusinessCalendar(plan);
            var reference = new MinuteReference(plan, First, days);
            for (var q = 0; q < questions; q++)
            {
                // Far enough from the end that every answer lies before it.
                var (a, b) = (random.NextInt64(20 * 86400), random.NextInt64(20 * 86400));
                var length = random.NextInt64(4) == 0 ? random.NextInt64(600) * 60 : random.NextInt64(40 * 3600);
                Compare(calendar, reference, a, b, length, $"calendar {n}, question {q}");
            }
        }
    }

    private static void Compare(BusinessCalendar calendar, MinuteReference reference, long a, long b, long length, string where)
    {
        var at = reference.At(a);
        Check(reference.IsOpen(a) == calendar.IsOpen(at), where, "open", at);
        Check(Same(reference, reference.NextOpening(a), calendar.NextOpening(at)), where, "next", at);
        Check(reference.Between(a, b) == (long)calendar.Between(at, reference.At(b)).TotalSeconds, where, "between", at);
        Check(Same(reference, reference.Add(a, length), calendar.TryAdd(at, TimeSpan.FromSeconds(length))), where, $"add {length} s", at);
        if (reference.IsOpen(a)) Check(Same(reference, reference.ClosesAt(a), calendar.ClosesAt(at)), where, "closes", at);
        else Check(calendar.ClosesAt(at) is null, where, "closes when closed", at);
    }

    /// <summary>The reference sees 90 days; what lies beyond them it cannot tell.</summary>
    private static bool Same(MinuteReference reference, long? expected, DateTimeOffset? answer) =>
        expected is { } second ? answer == reference.At(second) : answer is null || answer >= reference.At(90L * 86400);

    private static void Check(bool right, string where, string question, DateTimeOffset at) => Assert.True(right, $"{where}: {question} at {at:O}");

    private static CalendarPlan RandomPlan(Random random)
    {
        var weeks = new List<WeekPlan> { new(DateOnly.MinValue, RandomWeek(random)) };
        if (random.Next(3) == 0) weeks.Add(new WeekPlan(First.AddDays(random.Next(30)), RandomWeek(random)));
        var days = new Dictionary<DateOnly, DayPlan>();
        for (var n = random.Next(12); n > 0; n--)
            days[First.AddDays(random.Next(-1, 40))] = new DayPlan(new DayNote(DayKind.Special, "ก", "a"), RandomDay(random), null);
        return new CalendarPlan { Version = "random", Zone = Bangkok, Weeks = [.. weeks], Days = days.ToFrozenDictionary() };
    }

    private static ImmutableArray<ImmutableArray<OpenSpan>> RandomWeek(Random random) =>
        random.Next(12) == 0 ? [.. Enumerable.Repeat(ImmutableArray.Create(OpenSpan.WholeDay), 7)] : [.. Enumerable.Range(0, 7).Select(_ => RandomDay(random))];

    /// <summary>Closed, whole, or up to three stretches of which the last may reach into the next day.</summary>
    private static ImmutableArray<OpenSpan> RandomDay(Random random)
    {
        if (random.Next(4) == 0) return [];
        if (random.Next(10) == 0) return [OpenSpan.WholeDay];
        var edges = Enumerable.Range(0, 2 * random.Next(1, 4)).Select(_ => random.Next(1440)).Distinct().Order().ToList();
        var spans = new List<OpenSpan>();
        for (var i = 0; i + 1 < edges.Count; i += 2) spans.Add(new OpenSpan(edges[i], edges[i + 1]));
        if (spans.Count > 0 && random.Next(4) == 0) spans[^1] = new OpenSpan(spans[^1].From, 1440 + random.Next(1, spans[^1].From + 1));
        return [.. spans];
    }

    [Fact]
    public void A_calendar_that_never_opens_says_so_at_once()
    {
        var never = new BusinessCalendar(new CalendarPlan { Version = "never", Zone = Bangkok, Weeks = [new WeekPlan(DateOnly.MinValue, [.. Enumerable.Repeat(ImmutableArray<OpenSpan>.Empty, 7)])] });
        var at = new DateTimeOffset(2026, 11, 23, 10, 0, 0, TimeSpan.FromHours(7));

        Assert.False(never.IsOpen(at));
        Assert.Null(never.NextOpening(at));
        Assert.Null(never.ClosesAt(at));
        Assert.Null(never.TryAdd(at, TimeSpan.FromMinutes(1)));
        Assert.Null(never.LastClosingOn(new DateOnly(2026, 11, 23)));
        Assert.Equal(TimeSpan.Zero, never.Between(at, at.AddYears(1)));
        Assert.Throws<InvalidOperationException>(() => never.Add(at, TimeSpan.FromMinutes(1)));
    }

    [Fact]
    public void The_last_opening_of_a_calendar_that_ends_is_found_and_nothing_after_it()
    {
        var closed = Enumerable.Repeat(ImmutableArray<OpenSpan>.Empty, 7).ToImmutableArray();
        var last = new DateOnly(2030, 1, 1);
        var ends = new BusinessCalendar(new CalendarPlan
        {
            Version = "ends",
            Zone = Bangkok,
            Weeks = [new WeekPlan(DateOnly.MinValue, closed)],
            Days = new Dictionary<DateOnly, DayPlan> { [last] = new(new DayNote(DayKind.ExtraDay, "ก", "a"), [new OpenSpan(540, 600)], null) }.ToFrozenDictionary(),
        });

        Assert.Equal(new DateTimeOffset(2030, 1, 1, 9, 0, 0, TimeSpan.FromHours(7)), ends.NextOpening(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)));
        Assert.Null(ends.NextOpening(new DateTimeOffset(2030, 1, 1, 10, 0, 0, TimeSpan.FromHours(7))));
    }

    [Fact]
    public void The_offset_a_moment_is_written_with_changes_nothing_but_how_it_is_written()
    {
        var calendar = Golden.Demo.Calendar;
        var utc = new DateTimeOffset(2026, 12, 4, 9, 45, 0, TimeSpan.Zero);

        Assert.Equal(calendar.NextOpening(utc), calendar.NextOpening(utc.ToOffset(TimeSpan.FromHours(-8))));
        Assert.Equal(TimeSpan.FromHours(7), calendar.NextOpening(utc.ToOffset(TimeSpan.FromHours(-8)))!.Value.Offset);
    }

    [Fact]
    public void Two_thousand_instants_around_every_boundary_of_three_years_are_open_or_closed_rightly()
    {
        var calendar = Golden.Demo.Calendar;
        var asked = 0;
        for (var day = new DateOnly(2025, 1, 1); day.Year < 2028; day = day.AddDays(1))
        {
            var isOff = calendar.NoteOf(day) is not null || day.DayOfWeek is DayOfWeek.Saturday or DayOfWeek.Sunday;
            foreach (var (hour, minute, wouldBeOpen) in ((int, int, bool)[])[(8, 30, true), (16, 30, false)])
            {
                var boundary = new DateTimeOffset(day.ToDateTime(new TimeOnly(hour, minute)), TimeSpan.FromHours(7));
                Assert.Equal(!isOff && wouldBeOpen, calendar.IsOpen(boundary));
                Assert.Equal(!isOff && !wouldBeOpen, calendar.IsOpen(boundary.AddTicks(-1)));
                asked += 2;
            }
        }
        Assert.True(asked >= 2000);
    }
}
