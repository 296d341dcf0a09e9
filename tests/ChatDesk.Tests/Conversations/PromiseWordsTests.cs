using ChatDesk.Conversations;
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
        ReceivedAt = now,
    };

    private static DateTimeOffset At(int month, int day, int hour, int minute = 0) => new(2026, month, day, hour, minute, 0, TimeSpan.FromHours(7));

    [Fact]
    public void On_a_holiday_the_next_opening_and_the_promise_are_exact()
    {
        var said = Promised(Turn("ขอคุยกับเจ้าหน้าที่", At(12, 7, 20), "th"));

        Assert.Contains("เปิดอีกครั้งวันอังคารที่ 8 ธันวาคม 2569 เวลา 08:30 น.", said, StringComparison.Ordinal);
        Assert.Contains("ภายในวันอังคารที่ 8 ธันวาคม 2569 เวลา 09:30 น.", said, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(16, 29, "Tuesday 24 November 2026 at 09:29")]
    [InlineData(16, 30, "Tuesday 24 November 2026 at 09:30")]
    public void At_closing_time_the_promise_changes_to_the_minute(int hour, int minute, string promise) =>
        Assert.Contains(promise, Promised(Turn("officer", At(11, 23, hour, minute), "en")), StringComparison.Ordinal);

    [Fact]
    public void A_dialog_hears_how_the_office_stands()
    {
        var call = new OfficerCall(null, null, "closed", 0, "Tuesday 8 December 2026 at 08:30", MayWait: false);

        var closed = DialogEffects.Result(Turn("", At(12, 7, 20), "en"), call).Fields;
        Assert.Equal(("closed", "Tuesday 8 December 2026 at 08:30", "Tuesday 8 December 2026 at 09:30"), (closed["status"], closed["opens"], closed["promise"]));

        var nobody = DialogEffects.Result(Turn("", At(11, 23, 10), "th"), call).Fields;
        Assert.Equal(("waiting", "วันจันทร์ที่ 23 พฤศจิกายน 2569 เวลา 11:00 น."), (nobody["status"], nobody["promise"]));
    }

    private static string Promised(TurnContext turn)
    {
        var hours = turn.Content.Hours;
        return OfficerCalls.Fill(turn, "handover_promise", null, hours.PromiseFrom(turn.Now), hours.Calendar.NextOpening(turn.Now));
    }

    [Fact]
    public async Task A_case_states_its_last_minute()
    {
        var opened = await new DialogEffects(null!, null!).CarryOutAsync(
            Turn("", At(11, 23, 10), "th"), new OpenCase("k", "complaint", null, "s", new Dictionary<string, string>()), TestContext.Current.CancellationToken);

        Assert.Equal("วันพุธที่ 16 ธันวาคม 2569 เวลา 16:30 น.", opened.Fields["answer_by"]);
    }
}
