using ChatDesk.Activities;
using ChatDesk.Conversations;
using ChatDesk.Dialogs.Engine;

namespace ChatDesk.Tests.Conversations;

/// <summary>In which language somebody is answered.</summary>
public sealed class SpokenLanguageTests
{
    [Theory]
    [InlineData("complaint", null, "en")]
    [InlineData("complaint", "th", "en")]
    [InlineData("ร้องเรียน noise", "en", "th")]
    [InlineData("K7QF-29XM", null, "th")]
    [InlineData("BP-2569-000123", "th", "th")]
    [InlineData("BP-2569-000123", "en", "en")]
    [InlineData("a@b.co", "th", "th")]
    [InlineData("👍", "en", "en")]
    [InlineData(null, "en", "en")]
    public void Outside_a_dialog_one_word_tells(string? text, string? last, string expected) =>
        Assert.Equal(expected, SpokenLanguage.Of(Says(text), SessionState.New with { LastLanguage = last }));

    [Theory]
    [InlineData("ok", "th", "th")]
    [InlineData("Happy Noodle", "th", "th")]
    [InlineData("C-2569-00012", "th", "th")]
    [InlineData("I do not understand", "th", "en")]
    [InlineData("ไม่มี", "en", "th")]
    [InlineData("150", "en", "en")]
    public void Inside_a_dialog_a_short_answer_changes_nothing(string text, string last, string expected) =>
        Assert.Equal(expected, SpokenLanguage.Of(Says(text), SessionState.New with { LastLanguage = last, Dialog = Somewhere() }));

    [Fact]
    public void What_was_chosen_stays() =>
        Assert.Equal("en", SpokenLanguage.Of(Says("ไม่มี"), SessionState.New with { ChosenLanguage = "en", LastLanguage = "th" }));

    private static DialogState Somewhere() =>
        DialogEngine.Begin(Dialogs.Demo.Book, "file_complaint", Dialogs.Demo.Context(), null).State!;

    private static InboundActivity Says(string? text) => Dialogs.Demo.Says(text ?? "") with { Text = text };
}
