using ChatDesk.Conversations;
using ChatDesk.Conversations.Words;
using ChatDesk.Dialogs.Live;
using ChatDesk.Tests.Dialogs;
using ChatDesk.Tests.Fixtures;
using Asked = ChatDesk.Tests.Knowledge.Demo;

namespace ChatDesk.Tests.Conversations;

/// <summary>Whoever asks whether the office is open hears what its own calendar says of that day, and no more than it knows.</summary>
public sealed class CalendarWordsTests
{
    private static readonly AgencyContent Content = new(
        DeskWordsFile.Load(Path.Combine(Demo.Folder, "_desk.yaml"), out _)!, new DialogShelf(Demo.Book), Asked.Knowledge, Demo.Hours, null!);

    private static readonly DateTimeOffset Monday = new(2026, 11, 30, 21, 0, 0, TimeSpan.FromHours(7));

    [Theory]
    [InlineData("พรุ่งนี้เปิดกี่โมง", "th", "วันอังคารที่ 1 ธันวาคม 2569 เปิด 08:30-16:30 น.")]
    [InlineData("วันที่ 5 ธันวาเปิดไหม", "th", "วันเสาร์ที่ 5 ธันวาคม 2569 ปิดทำการ (วันชาติและวันพ่อแห่งชาติ) เปิดอีกครั้งวันอังคารที่ 8 ธันวาคม 2569 เวลา 08:30 น.")]
    [InlineData("วันอาทิตย์เปิดไหม", "th", "วันอาทิตย์ที่ 6 ธันวาคม 2569 ปิดทำการ เปิดอีกครั้งวันอังคารที่ 8 ธันวาคม 2569 เวลา 08:30 น.")]
    [InlineData("วันนี้เปิดไหม", "th", "ตอนนี้ปิดอยู่")] // it was open, and is no more
    [InlineData("เปิดกี่โมง", "th", "ตอนนี้ปิดอยู่ เปิดอีกครั้งวันอังคารที่ 1 ธันวาคม 2569 เวลา 08:30 น.")]
    [InlineData("are you open on saturday", "en", "closed on Saturday 5 December 2026 (National Day and Father's Day) and opens Tuesday 8 December 2026 at 08:30")]
    public void The_day_asked_about_is_looked_up(string question, string language, string expected) =>
        Assert.Contains(expected, Said(question, language, Monday), StringComparison.Ordinal);

    [Fact]
    public void While_it_is_open_it_says_until_when() =>
        Assert.Contains("ตอนนี้เปิดอยู่ ถึงวันจันทร์ที่ 30 พฤศจิกายน 2569 เวลา 16:30 น.", Said("ตอนนี้เปิดอยู่ไหม", "th", Monday.AddHours(-9)), StringComparison.Ordinal);

    [Fact]
    public void A_holiday_that_nobody_has_compared_with_its_announcement_is_said_to_be_so()
    {
        Assert.Contains("ยังไม่ได้เทียบกับประกาศทางการ", Said("21 ก.พ. 2570 หยุดไหม", "th", Monday), StringComparison.Ordinal);
        Assert.DoesNotContain("ยังไม่ได้เทียบ", Said("5 ธันวา หยุดไหม", "th", Monday), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("วันที่ 4 มกราคม 2573 ราชการหยุดไหม")] // nobody has written down that year's holidays
    [InlineData("เมื่อวานราชการหยุดไหม")]
    [InlineData("ภาษีป้ายจ่ายวันไหน")]
    public void Of_a_day_it_does_not_know_and_at_other_articles_it_says_nothing(string question) =>
        Assert.Null(CalendarWords.Of(Turn(question, "th", Monday), Asked.Knowledge.Open(question.Contains("ป้าย", StringComparison.Ordinal) ? "signboard-tax" : "public-holidays", null, "th")!, question));

    [Fact]
    public async Task It_stands_above_the_article_and_the_question_whether_it_helped_stands_last()
    {
        await using var desk = await TestDesk.StartAsync();
        var who = desk.Person();
        await desk.PostAsync(desk.Events.Message.Text(who, "พรุ่งนี้เปิดกี่โมง"));
        await desk.SettledAsync();
        var said = desk.Channel.Calls.VisibleTo(who.ChatId).ToList();
        Assert.Equal(3, said.Count);
        Assert.StartsWith("ตามปฏิทินของหน่วยงานนี้", said[0].Text, StringComparison.Ordinal);
        Assert.StartsWith("ช่วยได้ไหม", said[2].Text, StringComparison.Ordinal);
    }

    private static string Said(string question, string language, DateTimeOffset now) =>
        CalendarWords.Of(Turn(question, language, now), Asked.Ask(question, language), question)?.Text ?? "";

    private static TurnContext Turn(string text, string language, DateTimeOffset now) => new()
    {
        Activity = Demo.Says(text) with { At = now },
        State = SessionState.New,
        Content = Content,
        Language = language,
        Now = now,
        ReceivedAt = now,
    };
}
