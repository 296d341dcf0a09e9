using System.Collections.Immutable;
using ChatDesk.Activities;
using ChatDesk.Desk.Dashboard;
using ChatDesk.Handover;
using ChatDesk.Hours.Calendars;

namespace ChatDesk.Tests.Desk;

/// <summary>The overview's numbers, from rows whose sums are known.</summary>
public sealed class DashboardFiguresTests
{
    private static readonly TimeSpan Bangkok = TimeSpan.FromHours(7);

    private static readonly BusinessCalendar Calendar = new(new CalendarPlan
    {
        Version = "test",
        Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Bangkok"),
        Weeks = [new WeekPlan(new DateOnly(2020, 1, 1), [.. Enumerable.Repeat(ImmutableArray.Create(new OpenSpan(8 * 60, 16 * 60)), 7)])],
    });

    [Fact]
    public void Hours_outcomes_and_officers_are_counted_by_the_agencys_own_days()
    {
        // 23:30 and 00:30 in Bangkok are one date of UTC and two of the agency.
        List<HandoverRow> rows =
        [
            Row(1, At(26, 23, 30), At(27, 9, 0), "answered", "สมชาย"), Row(2, At(27, 0, 30), At(27, 9, 5), "answered", "สุดา"),
            Row(3, At(27, 9, 10), At(27, 9, 40), "referred", "สุดา"), Row(4, At(27, 9, 50), null, null, "สุดา"), Row(5, At(27, 15, 59), At(28, 8, 0), "answered", "สุดา"),
        ];

        var figures = DashboardFigures.Of(rows, DashboardRange.Read("today", new DateOnly(2026, 11, 27)), Calendar);

        Assert.Equal(4, figures.Asked);
        Assert.Equal(24, figures.Hours.Count);
        Assert.Equal([("00", 0, 1), ("09", 2, 0), ("15", 1, 0)], [figures.Hours[0], figures.Hours[9], figures.Hours[15]]);
        Assert.Equal([("answered", 2, 0), ("referred", 1, 0)], figures.Outcomes);
        Assert.Equal([("สุดา", 2, 0), ("สมชาย", 1, 0)], figures.Officers);
    }

    [Theory]
    [InlineData("today", "2026-11-27")]
    [InlineData("week", "2026-11-21")]
    [InlineData("month", "2026-11-01")]
    [InlineData("year", "2026-10-01")]
    [InlineData("<script>", "2026-11-27")]
    public void A_range_is_named_in_the_address(string name, string from) =>
        Assert.Equal(from, DashboardRange.Read(name, new DateOnly(2026, 11, 27)).From.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));

    [Fact]
    public void The_budget_year_begins_in_October() =>
        Assert.Equal(new DateOnly(2025, 10, 1), DashboardRange.Read("year", new DateOnly(2026, 9, 30)).From);

    private static DateTimeOffset At(int day, int hour, int minute) => new(2026, 11, day, hour, minute, 0, Bangkok);

    private static HandoverRow Row(long id, DateTimeOffset asked, DateTimeOffset? closed, string? outcome, string officer) => new()
    {
        Id = id,
        Version = 1,
        Conversation = new ConversationKey("demo", "line", $"U{id}"),
        ConversationId = id,
        State = closed is null ? HandoverState.Accepted : HandoverState.Released,
        Reason = HandoverReason.Asked,
        AskedAt = asked,
        Language = "th",
        OfficerName = officer,
        ClosedAt = closed,
        Outcome = outcome,
    };
}
