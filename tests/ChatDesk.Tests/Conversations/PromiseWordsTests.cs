using ChatDesk.Conversations;
using ChatDesk.Conversations.Stages;
using ChatDesk.Conversations.Words;
using ChatDesk.Dialogs.Engine;
using ChatDesk.Dialogs.Live;
using ChatDesk.Tests.Dialogs;

namespace ChatDesk.Tests.Conversations;

/// <summary>What a contact hears who asks for a person: an exact moment, in and out of hours, in both languages.</summary>
public sealed class PromiseWordsTests
{
    private static readonly AgencyContent Content = new(
        DeskWordsFile.Load(Path.Combine(Demo.Folder, "_desk.yaml"), out _)!, new DialogShelf(Demo.Book), null!, Demo.Hours, null!);

    private static TurnContext Turn(string text, DateTimeOffset now, string language) => new()
    {
        Activity = Demo.Says(text) with { At = now },
        State = SessionState.New,
        Content = Content,
        Language = language,
        Now = now,
    };

    private static DateTimeOffset At(int month, int day, int hour, int minute = 0) => new(2026, month, day, hour, minute, 0, TimeSpan.FromHours(7));

    [Fact]
    public async Task On_a_holiday_the_next_opening_and_the_promise_are_exact()
    {
        var answer = await new CommandStage().AnswerAsync(Turn("ขอคุยกับเจ้าหน้าที่", At(12, 7, 20), "th"), TestContext.Current.CancellationToken);

        var said = Assert.Single(answer!.Replies).Text!;
        Assert.Contains("เปิดทำการครั้งถัดไปวันอังคารที่ 8 ธันวาคม 2569 เวลา 08:30 น.", said, StringComparison.Ordinal);
        Assert.Contains("ภายในวันอังคารที่ 8 ธันวาคม 2569 เวลา 09:30 น.", said, StringComparison.Ordinal);
        Assert.Contains("2026-12-08T09:30:00+07:00", Assert.Single(answer.Effects).Data, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(16, 29, "Tuesday 24 November 2026 at 09:29", false)]
    [InlineData(16, 30, "Tuesday 24 November 2026 at 09:30", true)]
    public async Task At_closing_time_the_words_change_to_the_minute(int hour, int minute, string promise, bool closed)
    {
        var answer = await new CommandStage().AnswerAsync(Turn("officer", At(11, 23, hour, minute), "en"), TestContext.Current.CancellationToken);

        var said = Assert.Single(answer!.Replies).Text!;
        Assert.Contains(promise, said, StringComparison.Ordinal);
        Assert.Equal(closed, said.Contains("closed now", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_dialog_hears_how_the_office_stands()
    {
        var effects = new DialogEffects(null!);
        var asked = new HandOver("k", "topic", "asked", new Dictionary<string, string>());

        var closed = await effects.CarryOutAsync(Turn("", At(12, 7, 20), "en"), asked, TestContext.Current.CancellationToken);
        Assert.Equal("closed", closed.Fields["status"]);
        Assert.Equal("Tuesday 8 December 2026 at 08:30", closed.Fields["opens"]);
        Assert.Equal("Tuesday 8 December 2026 at 09:30", closed.Fields["promise"]);

        var open = await effects.CarryOutAsync(Turn("", At(11, 23, 10), "th"), asked, TestContext.Current.CancellationToken);
        Assert.Equal("waiting", open.Fields["status"]);
        Assert.Equal("วันจันทร์ที่ 23 พฤศจิกายน 2569 เวลา 11:00 น.", open.Fields["promise"]);
    }

    [Fact]
    public async Task A_case_states_its_last_minute()
    {
        var opened = await new DialogEffects(null!).CarryOutAsync(
            Turn("", At(11, 23, 10), "th"), new OpenCase("k", "complaint", null, "s", new Dictionary<string, string>()), TestContext.Current.CancellationToken);

        Assert.Equal("วันพุธที่ 16 ธันวาคม 2569 เวลา 16:30 น.", opened.Fields["answer_by"]);
    }
}
