using System.Text;

namespace ChatDesk.Dialogs.Format;

/// <summary>A text with holes, such as "Your case is {number}". Cut into parts once, when the file is read.</summary>
internal sealed class Template
{
    private readonly (string Text, bool IsHole)[] _parts;

    private Template(string source, (string Text, bool IsHole)[] parts)
    {
        Source = source;
        _parts = parts;
    }

    /// <summary>The text as the file has it.</summary>
    public string Source { get; }

    public IEnumerable<string> Holes => _parts.Where(p => p.IsHole).Select(p => p.Text);

    /// <exception cref="FormatException">A curly brace is left open or empty.</exception>
    public static Template Parse(string text)
    {
        var parts = new List<(string, bool)>();
        var at = 0;
        while (at < text.Length)
        {
            var open = text.IndexOf('{', at);
            if (open < 0)
                break;
            var close = text.IndexOf('}', open);
            if (close < 0)
                throw new FormatException("A '{' is never closed.");
            var name = text[(open + 1)..close];
            if (name.Length == 0 || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '.'))
                throw new FormatException($"'{{{name}}}' does not name a slot.");
            if (open > at)
                parts.Add((text[at..open], false));
            parts.Add((name, true));
            at = close + 1;
        }
        if (at < text.Length)
            parts.Add((text[at..], false));
        return new Template(text, [.. parts]);
    }

    /// <param name="value">What to put into a hole.</param>
    public string Fill(Func<string, string> value)
    {
        if (_parts.Length == 1 && !_parts[0].IsHole)
            return _parts[0].Text;
        var filled = new StringBuilder();
        foreach (var (text, isHole) in _parts)
            filled.Append(isHole ? value(text) : text);
        return filled.ToString();
    }
}

/// <summary>One text in both languages of the desk.</summary>
internal sealed record Localized(Template Th, Template En)
{
    /// <summary>The text for a language; every language but English gets Thai, the agency's own.</summary>
    public Template For(string language) => language == "en" ? En : Th;

    public IEnumerable<string> Holes => Th.Holes.Concat(En.Holes);
}
