using ChatDesk.Hours;
using ChatDesk.Hours.Calendars;

namespace ChatDesk.Tests.Hours;

/// <summary>What is promised, to the minute, and how it is said.</summary>
public sealed class PromiseTests
{
    private static readonly AgencyHours Demo = Golden.Demo;

    private static DateTimeOffset At(int month, int day, int hour, int minute = 0) => new(2026, month, day, hour, minute, 0, TimeSpan.FromHours(7));

    [Fact]
    public void A_question_on_the_evening_of_a_holiday_is_promised_for_an_hour_after_the_next_opening()
    {
        var due = Demo.PromiseFrom(At(12, 7, 20));

        Assert.Equal(At(12, 8, 9, 30), due);
        Assert.Equal("วันอังคารที่ 8 ธันวาคม 2569 เวลา 09:30 น.", Demo.Words.Moment(due, "th"));
        Assert.Equal("Tuesday 8 December 2026 at 09:30", Demo.Words.Moment(due, "en"));
    }

    [Theory]
    [InlineData("2026-01-01", "วันพฤหัสบดีที่ 1 มกราคม 2569", "Thursday 1 January 2026")]
    [InlineData("2026-02-28", "วันเสาร์ที่ 28 กุมภาพันธ์ 2569", "Saturday 28 February 2026")]
    [InlineData("2028-02-29", "วันอังคารที่ 29 กุมภาพันธ์ 2571", "Tuesday 29 February 2028")]
    [InlineData("2026-05-31", "วันอาทิตย์ที่ 31 พฤษภาคม 2569", "Sunday 31 May 2026")]
    [InlineData("2027-07-19", "วันจันทร์ที่ 19 กรกฎาคม 2570", "Monday 19 July 2027")]
    public void Days_are_said_in_both_languages_and_eras(string day, string thai, string english)
    {
        var date = DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture);

        Assert.Equal(thai, Demo.Words.Day(date, "th"));
        Assert.Equal(english, Demo.Words.Day(date, "en"));
    }

    [Theory]
    [InlineData(11, 23, 10, 0, 11, 23, 11, 0)]
    [InlineData(11, 23, 15, 30, 11, 23, 16, 30)]
    [InlineData(11, 23, 15, 31, 11, 24, 8, 31)]
    [InlineData(11, 23, 16, 29, 11, 24, 9, 29)]
    [InlineData(11, 23, 16, 30, 11, 24, 9, 30)]
    [InlineData(12, 4, 16, 45, 12, 8, 9, 30)]
    public void A_person_is_promised_within_an_hour_of_opening_time(int month, int day, int hour, int minute, int dueMonth, int dueDay, int dueHour, int dueMinute) =>
        Assert.Equal(At(dueMonth, dueDay, dueHour, dueMinute), Demo.PromiseFrom(At(month, day, hour, minute)));

    [Fact]
    public void A_case_is_promised_for_closing_time_of_its_last_working_day()
    {
        // 15 working days from Monday 23 November, over 7 and 10 December.
        Assert.Equal(At(12, 16, 16, 30), Demo.AnswerBy(At(11, 23, 10), "complaint"));
        // What comes in on Saturday counts as received on Monday.
        Assert.Equal(At(12, 16, 16, 30), Demo.AnswerBy(At(11, 21, 10), "complaint"));
        Assert.Equal(At(12, 8, 9, 30), Demo.AnswerBy(At(12, 7, 20), "question"));
    }

    [Fact]
    public void A_changed_calendar_keeps_the_old_one_and_shows_which_promises_would_move()
    {
        var before = Golden.Hours("ics").Calendar;
        var after = Demo.Calendar;
        var hour = new AnswerLimit(TimeSpan.FromHours(1));
        OpenPromise[] promises =
        [
            new("stays", At(11, 23, 10), hour, hour.DueFrom(At(11, 23, 10), before)!.Value),
            // 5 December is no holiday in the bank's list, 12 August is one only in the new calendar.
            new("moves", At(8, 11, 17), hour, hour.DueFrom(At(8, 11, 17), before)!.Value),
        ];

        var moved = Assert.Single(PromiseMoves.Under(after, promises));
        Assert.Equal(("moves", At(8, 12, 9, 30), At(8, 13, 9, 30), true), (moved.Id, moved.Was, moved.WouldBe, moved.DueWhenClosed));

        var history = CalendarHistory.Of(before).With(after, At(6, 1, 0)).With(after, At(7, 1, 0));
        Assert.Equal(2, history.Versions.Count);
        Assert.Same(before, history.At(At(5, 31, 23)));
        Assert.Same(after, history.At(At(6, 1, 0)));
        Assert.Same(before, history.Find(before.Version));
        Assert.Null(history.Find("gone"));
    }

    [Theory]
    [InlineData("1h", 60, 0)]
    [InlineData("45m", 45, 0)]
    [InlineData("1h30m", 90, 0)]
    [InlineData("15 working days", 0, 15)]
    [InlineData("1 working day", 0, 1)]
    public void Limits_are_read(string text, int minutes, int days) => Assert.Equal(new AnswerLimit(TimeSpan.FromMinutes(minutes), days), AnswerLimit.Read(text));

    [Theory]
    [InlineData("")]
    [InlineData("0h")]
    [InlineData("h")]
    [InlineData("30m1h")]
    [InlineData("-1h")]
    [InlineData("1d")]
    [InlineData("0 working days")]
    [InlineData("15 days")]
    [InlineData("๑h")]
    public void What_is_no_limit_is_refused(string text) => Assert.Null(AnswerLimit.Read(text));
}
