using System.Globalization;
using ChatDesk.Dialogs.Format;

namespace ChatDesk.Conversations.Samples;

/// <summary>Reads <c>_samples.yaml</c>; an agency without that file plays nothing.</summary>
internal static class SampleAnswersFile
{
    public const string Name = "_samples.yaml";

    /// <param name="folder">One agency's dialogs.</param>
    /// <param name="problems">What must be mended; the samples returned are whole only when there is none.</param>
    public static SampleAnswers Load(string folder, out IReadOnlyList<DialogProblem> problems)
    {
        var path = Path.Combine(folder, Name);
        var findings = new Findings(Name);
        problems = findings.Problems;
        if (!File.Exists(path) || YamlTree.Read(File.ReadAllText(path), findings) is not { } root) return SampleAnswers.None;
        var connectors = new Dictionary<string, SampleConnector>(StringComparer.Ordinal);
        foreach (var entry in root.Entries)
        {
            if (entry.Value is YamlMap map) connectors[entry.Key] = Connector(new Fields(map, findings));
            else findings.Add(entry.Line, $"Connector '{entry.Key}' has no keys under it.", "Write 'records:' and 'otherwise:' below it, indented.");
        }
        return new SampleAnswers(connectors);
    }

    private static SampleConnector Connector(Fields fields)
    {
        var records = fields.Maps("records").Select(Record).ToList();
        if (!fields.Has("otherwise")) fields.Findings.Add(fields.Line, "'otherwise' is missing.", "Add what is answered to all other numbers, for example 'otherwise: { state: NOT_FOUND }'.");
        var otherwise = Answer(fields, "otherwise");
        fields.Close();
        return new SampleConnector(records, new SampleRecord(new Dictionary<string, string>(), otherwise, TimeSpan.Zero, null));
    }

    private static SampleRecord Record(Fields fields)
    {
        var when = fields.Entries("when").Where(e => e.Value is YamlText)
            .ToDictionary(e => e.Key, e => SampleRecord.Comparable(((YamlText)e.Value).Value));
        if (when.Count == 0) fields.Findings.Add(fields.Line, "'when' is missing.", "Add the numbers this record answers to, for example 'when: { number: BP-2569-000101 }'.");
        var record = new SampleRecord(when, Answer(fields, "answer"), fields.Duration("after") ?? TimeSpan.Zero, fields.Text("fails"));
        if (record.Answer.Count == 0 && record.Fails is null) fields.Findings.Add(fields.Line, "The record neither answers nor fails.", "Add 'answer: { … }' or 'fails: status 500'.");
        fields.Close();
        return record;
    }

    private static Dictionary<string, SampleValue> Answer(Fields fields, string key)
    {
        var values = new Dictionary<string, SampleValue>(StringComparer.Ordinal);
        foreach (var entry in fields.Entries(key))
        {
            switch (entry.Value)
            {
                case YamlText text:
                    values[entry.Key] = new SampleValue(text.Value, text.Value, Days(text.Value));
                    break;
                case YamlMap both when LocalizedReader.Read(both, entry.Key, fields.Findings) is { } texts:
                    values[entry.Key] = new SampleValue(texts.Th.Source, texts.En.Source, null);
                    break;
                default:
                    fields.Findings.Add(entry.Line, $"'{entry.Key}' is not a value.", "Write a text, { th: …, en: … }, or days from today such as +13d.");
                    break;
            }
        }
        return values;
    }

    /// <summary><c>+13d</c> and <c>-20d</c>; anything else is a text.</summary>
    private static int? Days(string text) =>
        text is ['+' or '-', .., 'd'] && int.TryParse(text[..^1], NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var days) ? days : null;
}
