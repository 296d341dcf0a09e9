namespace ChatDesk.Dialogs.Format;

/// <summary>A piece of a dialog file together with the line it stands on (from 1), so that every finding can point at it.</summary>
internal abstract record YamlNode(int Line);

/// <param name="Value">The text as the author meant it, quotes and folding removed.</param>
/// <param name="Line">Where it begins.</param>
internal sealed record YamlText(string Value, int Line) : YamlNode(Line);

internal sealed record YamlList(IReadOnlyList<YamlNode> Items, int Line) : YamlNode(Line);

internal sealed record YamlMap(IReadOnlyList<YamlEntry> Entries, int Line) : YamlNode(Line);

internal sealed record YamlEntry(string Key, int Line, YamlNode Value);
