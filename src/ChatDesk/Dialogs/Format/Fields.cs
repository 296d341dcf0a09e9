using System.Globalization;
using ChatDesk.Dialogs.Answers;

namespace ChatDesk.Dialogs.Format;

/// <summary>Takes a map apart key by key, notes every key that was asked for, and reports the ones nobody knows.</summary>
internal sealed class Fields(YamlMap map, Findings findings)
{
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);

    public int Line => map.Line;

    public Findings Findings => findings;

    public bool Has(string key) => map.Entries.Any(e => e.Key == key);

    public YamlNode? Take(string key)
    {
        _known.Add(key);
        return map.Entries.FirstOrDefault(e => e.Key == key)?.Value;
    }

    public int LineOf(string key) => map.Entries.FirstOrDefault(e => e.Key == key)?.Line ?? map.Line;

    /// <summary>A plain text, or null.</summary>
    public string? Text(string key)
    {
        switch (Take(key))
        {
            case null:
                return null;
            case YamlText { Value.Length: > 0 } text:
                return text.Value;
            case { } other:
                findings.Add(other.Line, $"'{key}' is not a text.", $"Write one word or sentence after '{key}:'.");
                return null;
        }
    }

    public string? NeededText(string key, string example)
    {
        if (!Has(key))
            findings.Add(Line, $"'{key}' is missing.", $"Add a line such as '{key}: {example}'.");
        return Text(key);
    }

    public bool Flag(string key)
    {
        var text = Text(key);
        if (text is not (null or "true" or "false" or "yes" or "no"))
            findings.Add(LineOf(key), $"'{key}' is neither true nor false.", "Write true or false.");
        return text is "true" or "yes";
    }

    public decimal? Number(string key)
    {
        if (Text(key) is not { } text)
            return null;
        if (decimal.TryParse(text, NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var number))
            return number;
        findings.Add(LineOf(key), $"'{text}' is not a number.", "Write digits only, for example 200.");
        return null;
    }

    /// <summary>A duration such as 5s, 30m, 24h.</summary>
    public TimeSpan? Duration(string key)
    {
        if (Text(key) is not { } text)
            return null;
        if (int.TryParse(text.AsSpan(0, text.Length - 1), NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number is > 0 and <= 10_000)
        {
            switch (text[^1])
            {
                case 's': return TimeSpan.FromSeconds(number);
                case 'm': return TimeSpan.FromMinutes(number);
                case 'h': return TimeSpan.FromHours(number);
                case 'd': return TimeSpan.FromDays(number);
                default: break;
            }
        }
        findings.Add(LineOf(key), $"'{text}' is not a duration.", "Write for example 5s, 30m or 24h.");
        return null;
    }

    public Fields? Map(string key)
    {
        switch (Take(key))
        {
            case null:
                return null;
            case YamlMap inner:
                return new Fields(inner, findings);
            case { } other:
                findings.Add(other.Line, $"'{key}' needs keys under it.", "Indent its keys below it by two spaces.");
                return null;
        }
    }

    public IReadOnlyList<YamlEntry> Entries(string key)
    {
        switch (Take(key))
        {
            case null:
                return [];
            case YamlMap inner:
                return inner.Entries;
            case { } other:
                findings.Add(other.Line, $"'{key}' needs keys under it.", "Indent its keys below it by two spaces.");
                return [];
        }
    }

    public IReadOnlyList<YamlNode> List(string key)
    {
        switch (Take(key))
        {
            case null:
                return [];
            case YamlList list:
                return list.Items;
            case { } other:
                findings.Add(other.Line, $"'{key}' is not a list.", "Write its items as lines that begin with '- ', or between square brackets.");
                return [];
        }
    }

    public IReadOnlyList<Fields> Maps(string key)
    {
        var maps = new List<Fields>();
        foreach (var item in List(key))
        {
            if (item is YamlMap inner)
                maps.Add(new Fields(inner, findings));
            else
                findings.Add(item.Line, $"An item of '{key}' has no keys.", "Write 'key: value' after the dash.");
        }
        return maps;
    }

    /// <summary>A list of texts as written.</summary>
    public IReadOnlyList<string> Texts(string key) => Plain(List(key), key);

    /// <summary>A list of words, folded, longest first.</summary>
    public IReadOnlyList<string> Words(string key) => Folded(Texts(key));

    /// <summary>Words as one list, or one list per language; folded, longest first.</summary>
    public IReadOnlyList<string> WordsPerLanguage(string key)
    {
        if (Take(key) is not YamlMap)
            return Words(key);
        var inner = Map(key)!;
        var words = inner.Texts("th").Concat(inner.Texts("en")).ToList();
        inner.Close();
        return Folded(words);
    }

    private static List<string> Folded(IEnumerable<string> words) =>
        [.. words.Select(Folding.Fold).Where(w => w.Length > 0).Distinct().OrderByDescending(w => w.Length)];

    private List<string> Plain(IEnumerable<YamlNode> items, string key)
    {
        var texts = new List<string>();
        foreach (var item in items)
        {
            if (item is YamlText text)
                texts.Add(text.Value);
            else
                findings.Add(item.Line, $"An item of '{key}' is not a text.", "Write one word or sentence after the dash.");
        }
        return texts;
    }

    public Localized? Localized(string key) => Has(key) ? LocalizedReader.Read(Take(key)!, key, findings) : Unasked(key);

    public Localized? NeededLocalized(string key)
    {
        if (!Has(key))
            findings.Add(Line, $"'{key}' is missing.", $"Add '{key}: {{ th: …, en: … }}'.");
        return Localized(key);
    }

    private Localized? Unasked(string key)
    {
        _known.Add(key);
        return null;
    }

    /// <summary>Reports the keys that nobody asked for.</summary>
    public void Close()
    {
        foreach (var entry in map.Entries.Where(e => !_known.Contains(e.Key)))
        {
            if (entry.Value is YamlText { Value.Length: 0 })
            {
                findings.Add(entry.Line, $"Unknown key '{entry.Key}'.", "If this is the rest of a text with a comma in it, put the whole text into quotes.");
                continue;
            }
            var near = _known.FirstOrDefault(k => Slips.Between(entry.Key, k, 2) <= 2);
            findings.Add(entry.Line, $"Unknown key '{entry.Key}'.", near is not null ? $"Did you mean '{near}'?" : $"Remove it; known here are {string.Join(", ", _known.Order(StringComparer.Ordinal))}.");
        }
    }
}
