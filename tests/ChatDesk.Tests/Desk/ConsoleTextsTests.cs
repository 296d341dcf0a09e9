using System.Text.RegularExpressions;
using ChatDesk.Desk.Words;
using ChatDesk.Handover;

namespace ChatDesk.Tests.Desk;

/// <summary>Officers' words: both languages, nothing missing, nothing left in the other.</summary>
public sealed partial class ConsoleTextsTests
{
    [Fact]
    public void Every_text_is_there_in_both_languages_with_the_same_places()
    {
        foreach (var name in ConsoleTexts.Names())
        {
            var (thai, english) = (ConsoleTexts.Thai[name], ConsoleTexts.English[name]);
            Assert.True(thai.Length > 0 && english.Length > 0, name);
            Assert.False(Thai().IsMatch(english), $"{name} is Thai in English: {english}");
            Assert.Equal(Places(thai), Places(english));
        }
    }

    [Fact]
    public void Every_state_reason_kind_and_delivery_has_its_word()
    {
        var names = ConsoleTexts.Names().ToHashSet(StringComparer.Ordinal);
        string[] needed =
        [
            .. Enum.GetNames<HandoverReason>().Select(n => $"Reason_{n}"), .. Enum.GetNames<LineDelivery>().Select(n => $"Delivery_{n}"),
            .. Enum.GetNames<PresenceState>().Select(n => $"Presence_{n}"), .. Enum.GetNames<HandoverPriority>().Select(n => $"Priority_{n}"),
            .. Enum.GetNames<LineKind>().Where(n => n is not ("Text" or "Choice" or "Note")).Select(n => $"Kind_{n}"),
            .. Enum.GetNames<QueueStatus>().Where(n => n is not ("Done" or "Repeated")).Select(n => $"Why_{n}"),
            .. HandoverTable.All.Select(m => m.Move.Records).OfType<string>().Distinct().Select(n => $"Happened_{n}"),
            .. Enum.GetNames<ChatDesk.Delivery.FileState>().Select(n => $"File_{n}"), .. Enum.GetNames<ChatDesk.Cases.Model.CaseState>().Select(n => $"CaseState_{n}"),
            .. ChatDesk.Desk.Live.ClosingChoices.Outcomes.Select(n => $"Outcome_{n}"), .. ChatDesk.Desk.Live.ClosingChoices.Topics(null).Select(n => $"Topic_{n}"),
        ];

        Assert.Equal([], needed.Except(names));
    }

    private static IEnumerable<string> Places(string text) => Place().Matches(text).Select(m => m.Value).Distinct().Order(StringComparer.Ordinal);

    [GeneratedRegex(@"\{[0-9]\}", RegexOptions.CultureInvariant)]
    private static partial Regex Place();

    [GeneratedRegex("[\u0E01-\u0E5B]", RegexOptions.CultureInvariant)]
    private static partial Regex Thai();
}
