using System.Collections.Frozen;

namespace ChatDesk.Dialogs.Format;

/// <summary>Reads <c>_repair.yaml</c>.</summary>
internal static class RepairReader
{
    private static readonly string[] Holes = ["label", "value", "title", "today"];

    public static Repair? Read(YamlMap map, Findings findings)
    {
        var fields = new Fields(map, findings);
        var silence = fields.Map("silence");
        var repair = new Repair
        {
            PersonDialog = fields.Text("person"),
            AskAfter = silence?.Duration("ask_after") ?? TimeSpan.FromMinutes(30),
            DropAfter = silence?.Duration("drop_after") ?? TimeSpan.FromHours(24),
            Commands = Commands(fields),
            PersonPhrases = fields.WordsPerLanguage("person_phrases"),
            Change = fields.WordsPerLanguage("change"),
            To = fields.WordsPerLanguage("to"),
            Not = fields.WordsPerLanguage("not"),
            Wrong = fields.WordsPerLanguage("wrong"),
            Replies = Texts(fields, "replies", Repair.ReplyNames),
            Why = Texts(fields, "why", Repair.Reasons),
            Again = Again(fields),
        };
        silence?.Close();
        fields.Close();
        return findings.Problems.Count > 0 ? null : repair;
    }

    private static FrozenDictionary<string, string> Commands(Fields fields)
    {
        var words = new Dictionary<string, string>(StringComparer.Ordinal);
        var commands = fields.Map("commands");
        foreach (var name in Repair.CommandNames)
        {
            var list = commands?.WordsPerLanguage(name) ?? [];
            if (list.Count == 0)
                fields.Findings.Add(fields.LineOf("commands"), $"Command '{name}' has no words.", $"Add '{name}: {{ th: […], en: […] }}' under commands.");
            foreach (var word in list)
            {
                if (!words.TryAdd(word, name))
                    fields.Findings.Add(commands!.LineOf(name), $"'{word}' stands for '{words[word]}' and for '{name}'.", "Keep it under one of the two.");
            }
        }
        commands?.Close();
        return words.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static FrozenDictionary<string, Localized> Texts(Fields fields, string key, string[] names)
    {
        var texts = new Dictionary<string, Localized>(StringComparer.Ordinal);
        var inner = fields.Map(key);
        foreach (var name in names)
        {
            if (inner is null || !inner.Has(name))
                fields.Findings.Add(fields.LineOf(key), $"'{name}' is missing under '{key}'.", $"Add '{name}: {{ th: …, en: … }}'.");
            if (inner?.Localized(name) is not { } text)
                continue;
            foreach (var hole in text.Holes.Except(Holes).Distinct())
                fields.Findings.Add(inner.LineOf(name), $"'{{{hole}}}' means nothing here.", $"Use {string.Join(", ", Holes)}.");
            if (Repair.ButtonNames.Contains(name) && key == "replies")
                DialogLint.Label(text, inner.LineOf(name), fields.Findings);
            texts[name] = text;
        }
        inner?.Close();
        return texts.ToFrozenDictionary(StringComparer.Ordinal);
    }

    private static FrozenDictionary<AnswerKind, IReadOnlyList<Localized>> Again(Fields fields)
    {
        var all = new Dictionary<AnswerKind, IReadOnlyList<Localized>>();
        var inner = fields.Map("again");
        foreach (var kind in Enum.GetValues<AnswerKind>().Where(k => k != AnswerKind.List))
        {
            var name = SlotReader.Snake(kind);
            var texts = inner?.List(name).Select(n => LocalizedReader.Read(n, name, fields.Findings)).OfType<Localized>().ToList() ?? [];
            if (texts.Count < 2)
                fields.Findings.Add(fields.LineOf("again"), $"Kind '{name}' needs two explanations of a wrong answer.", $"Add two texts under 'again: {name}:', each with an example.");
            all[kind] = texts;
        }
        inner?.Close();
        return all.ToFrozenDictionary();
    }
}
