using System.Collections.Frozen;
using ChatDesk.Dialogs.Answers;

namespace ChatDesk.Dialogs.Format;

/// <summary>All dialogs of one agency in one version. Never changes, so it is shared by all conversations at once.</summary>
/// <param name="Version">Ten hex digits over the content of all files.</param>
/// <param name="Dialogs">By name.</param>
/// <param name="Repair">What works in every dialog.</param>
/// <param name="Vocabulary">What answers are made of.</param>
internal sealed record DialogBook(string Version, FrozenDictionary<string, Dialog> Dialogs, Repair Repair, Vocabulary Vocabulary)
{
    /// <summary>A longer message tells a story and begins no dialog by a phrase in it.</summary>
    private const int LongestOpening = 160;

    private const int ShortestInside = 10;

    private readonly FrozenDictionary<string, string> _triggers = Dialogs.Values
        .SelectMany(d => d.Triggers, (d, word) => (word, d.Name))
        .ToFrozenDictionary(t => t.word, t => t.Name, StringComparer.Ordinal);

    public Dialog? Find(string name) => Dialogs.GetValueOrDefault(name);

    /// <summary>The dialog that a whole message begins ("ร้องเรียนครับ"), or null.</summary>
    public string? Triggered(string text) => TriggeredBy(Vocabulary.Hear(text));

    /// <summary>
    /// The dialog whose trigger stands inside a longer message ("what permits do i need to open a bar"), or null. The longest
    /// trigger decides; short ones are too common to say anything.
    /// </summary>
    public string? TriggeredInside(string text)
    {
        var heard = Vocabulary.Hear(text);
        if (heard.Folded.Length > LongestOpening)
            return null;
        var longest = _triggers.Keys.Where(t => t.Length >= ShortestInside && Stands(heard.Folded, t)).MaxBy(t => t.Length);
        return longest is null ? null : _triggers[longest];
    }

    private static bool Stands(string text, string trigger)
    {
        var at = text.IndexOf(trigger, StringComparison.Ordinal);
        var end = at + trigger.Length;
        return at >= 0
            && (at == 0 || !(char.IsAsciiLetter(trigger[0]) && char.IsAsciiLetter(text[at - 1])))
            && (end == text.Length || !(char.IsAsciiLetter(trigger[^1]) && char.IsAsciiLetter(text[end])));
    }

    public string? TriggeredBy(Heard heard) => _triggers.GetValueOrDefault(heard.Bare) ?? _triggers.GetValueOrDefault(heard.Folded);
}
