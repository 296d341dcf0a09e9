namespace ChatDesk.Knowledge.Lists;

/// <summary>The words around answers, by key and language.</summary>
internal sealed class Phrases
{
    private readonly IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> _texts;

    private Phrases(IReadOnlyDictionary<string, IReadOnlyDictionary<string, string>> texts) => _texts = texts;

    public static Phrases Read(ListFile files, string file)
    {
        var texts = new Dictionary<string, IReadOnlyDictionary<string, string>>();
        foreach (var (key, node) in files.Map(file))
        {
            if (node.Fields is { } languages && languages.ContainsKey("th") && languages.ContainsKey("en"))
                texts[key] = languages.ToDictionary(l => l.Key, l => l.Value.Text ?? "");
            else
                files.Add(file, node.Line, $"The phrase '{key}' is not there in both languages.", "Write {th: …, en: …}.");
        }

        return new Phrases(texts);
    }

    /// <returns>The phrase with its {places} filled; the key itself if an editor has taken the phrase away, so that it shows.</returns>
    public string Say(string key, string language, params ReadOnlySpan<(string Place, string Value)> values)
    {
        var text = _texts.GetValueOrDefault(key) is { } languages ? languages.GetValueOrDefault(language) ?? languages["th"] : key;
        foreach (var (place, value) in values)
            text = text.Replace($"{{{place}}}", value, StringComparison.Ordinal);
        return text;
    }

    public bool Has(string key) => _texts.ContainsKey(key);
}
