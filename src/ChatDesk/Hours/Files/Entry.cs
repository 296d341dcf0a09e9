using System.Globalization;
using YamlDotNet.RepresentationModel;

namespace ChatDesk.Hours.Files;

/// <summary>Takes a map of a sheet apart key by key, and reports what is missing, misread or unknown.</summary>
internal sealed class Entry(YamlMappingNode map, Sheet sheet)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public Sheet Sheet => sheet;

    public long Line => map.Start.Line;

    public IEnumerable<(string Key, long Line)> Keys => map.Children.Keys.OfType<YamlScalarNode>().Select(k => (k.Value ?? "", k.Start.Line));

    public long LineOf(string key) => map.Children.TryGetValue(key, out var node) ? node.Start.Line : Line;

    public bool Has(string key) => map.Children.ContainsKey(key);

    public void Report(string key, string problem, string remedy) => sheet.Report(LineOf(key), problem, remedy);

    private YamlNode? Take(string key)
    {
        _known.Add(key);
        return map.Children.TryGetValue(key, out var node) ? node : null;
    }

    /// <summary>A text, or null when it is not there.</summary>
    public string? Text(string key)
    {
        switch (Take(key))
        {
            case null:
                return null;
            case YamlScalarNode { Value: { } text } when !string.IsNullOrWhiteSpace(text):
                return text.Trim();
            case var other:
                sheet.Report(other.Start.Line, $"'{key}' has no text", "write one after the colon, or remove the line");
                return null;
        }
    }

    /// <summary>A text that must be there; empty with a report when it is not.</summary>
    public string Needed(string key, string remedy)
    {
        if (!Has(key)) sheet.Report(Line, $"'{key}' is missing", remedy);
        return Text(key) ?? "";
    }

    public DateOnly? Date(string key) => Text(key) is { } text ? AsDate(key, text) : null;

    public DateOnly? NeededDate(string key) => Needed(key, $"write '{key}: 2026-12-05' (year-month-day)") is { Length: > 0 } text ? AsDate(key, text) : null;

    private DateOnly? AsDate(string key, string text)
    {
        if (!DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var date))
        {
            Report(key, $"'{text}' is not a date", "write year-month-day with a year of the Christian era, such as 2026-12-05");
            return null;
        }
        if (date.Year is >= 1950 and <= 2200) return date;
        Report(key, $"the year {date.Year} cannot be meant", date.Year > 2400 ? $"write the year of the Christian era: {date.Year - 543}" : "correct the year");
        return null;
    }

    public bool? YesNo(string key)
    {
        var text = Text(key);
        switch (text?.ToLowerInvariant())
        {
            case null:
                return null;
            case "yes" or "true":
                return true;
            case "no" or "false":
                return false;
            default:
                Report(key, $"'{text}' is neither yes nor no", $"write '{key}: yes' or '{key}: no'");
                return null;
        }
    }

    /// <summary>A whole number, or null.</summary>
    public int? Number(string key, int min, int max)
    {
        if (Text(key) is not { } text) return null;
        if (int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number >= min && number <= max) return number;
        Report(key, $"'{text}' is not a number from {min} to {max}", "write digits only");
        return null;
    }

    /// <summary>One of a few words; the first when the key is not there.</summary>
    public T Choice<T>(string key, params (string Word, T Value)[] choices)
    {
        if (Text(key) is not { } text) return choices[0].Value;
        foreach (var (word, value) in choices)
        {
            if (word == text) return value;
        }
        Report(key, $"'{text}' is not known as '{key}'", $"write one of {string.Join(", ", choices.Select(c => c.Word))}");
        return choices[0].Value;
    }

    /// <summary>The same words in Thai and English, each needed.</summary>
    public (string Thai, string English) Both(string key)
    {
        if (Inner(key) is not { } inner)
        {
            if (!Has(key)) sheet.Report(Line, $"'{key}' is missing", $"write '{key}:' and under it 'th: ...' and 'en: ...'");
            return ("", "");
        }
        var both = (inner.Needed("th", "write 'th: ...'"), inner.Needed("en", "write 'en: ...'"));
        inner.Close();
        return both;
    }

    public Entry? Inner(string key)
    {
        switch (Take(key))
        {
            case null:
                return null;
            case YamlMappingNode inner:
                return new Entry(inner, sheet);
            case var other:
                sheet.Report(other.Start.Line, $"'{key}' needs keys under it", "indent them below it by two spaces");
                return null;
        }
    }

    public IReadOnlyList<Entry> List(string key)
    {
        switch (Take(key))
        {
            case null:
                return [];
            case YamlSequenceNode list:
                foreach (var wrong in list.Where(item => item is not YamlMappingNode)) sheet.Report(wrong.Start.Line, $"an item of '{key}' has no keys", "write 'key: value' after the dash");
                return [.. list.OfType<YamlMappingNode>().Select(item => new Entry(item, sheet))];
            case var other:
                sheet.Report(other.Start.Line, $"'{key}' is not a list", "write its items as lines that begin with '- '");
                return [];
        }
    }

    /// <summary>Reports the keys that nobody asked for.</summary>
    public void Close(params string[] alsoKnown)
    {
        foreach (var (key, line) in Keys.Where(k => !_known.Contains(k.Key) && !alsoKnown.Contains(k.Key)))
            sheet.Report(line, $"'{key}' is not known here", $"remove it, or write one of {string.Join(", ", _known.Concat(alsoKnown).Distinct().Order(StringComparer.Ordinal))}");
    }
}
