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
    private readonly FrozenDictionary<string, string> _triggers = Dialogs.Values
        .SelectMany(d => d.Triggers, (d, word) => (word, d.Name))
        .ToFrozenDictionary(t => t.word, t => t.Name, StringComparer.Ordinal);

    public Dialog? Find(string name) => Dialogs.GetValueOrDefault(name);

    /// <summary>The dialog that a whole message begins ("ร้องเรียนครับ"), or null.</summary>
    public string? Triggered(string text) => TriggeredBy(Vocabulary.Hear(text));

    public string? TriggeredBy(Heard heard) => _triggers.GetValueOrDefault(heard.Bare) ?? _triggers.GetValueOrDefault(heard.Folded);
}
