namespace ChatDesk.Dialogs.Format;

/// <summary>Reads a text in both languages.</summary>
internal static class LocalizedReader
{
    public static Localized? Read(YamlNode node, string key, Findings findings)
    {
        if (node is not YamlMap map)
        {
            findings.Add(node.Line, $"'{key}' stands in one language only.", $"Write it as '{key}: {{ th: …, en: … }}'.");
            return null;
        }
        var fields = new Fields(map, findings);
        var th = Part(fields, "th", key);
        var en = Part(fields, "en", key);
        fields.Close();
        if (th is null || en is null)
            return null;
        foreach (var hole in th.Holes.Except(en.Holes).Concat(en.Holes.Except(th.Holes)))
            findings.Add(map.Line, $"'{{{hole}}}' stands in one language of '{key}' only.", "Put the same slots into both languages.");
        return new Localized(th, en);
    }

    private static Template? Part(Fields fields, string language, string key)
    {
        if (!fields.Has(language))
        {
            fields.Findings.Add(fields.Line, $"'{key}' has no {(language == "th" ? "Thai" : "English")} text.", $"Add '{language}: …' to it.");
            return null;
        }
        if (fields.Text(language) is not { } text)
            return null;
        try
        {
            return Template.Parse(text);
        }
        catch (FormatException broken)
        {
            fields.Findings.Add(fields.LineOf(language), broken.Message, "Write a slot's name between { and }, for example {area}.");
            return null;
        }
    }
}
