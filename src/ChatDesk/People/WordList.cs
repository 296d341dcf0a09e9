using Microsoft.EntityFrameworkCore.ChangeTracking;
using Microsoft.EntityFrameworkCore.Storage.ValueConversion;

namespace ChatDesk.People;

/// <summary>A short list of plain words in one text column, with commas between: the same in both databases, and readable in either.</summary>
internal static class WordList
{
    public static ValueConverter<List<string>, string> Converter { get; } = new(words => Write(words), text => Read(text));

    public static ValueComparer<List<string>> Comparer { get; } = new(
        (a, b) => (a ?? new()).SequenceEqual(b ?? new()), words => Write(words).GetHashCode(StringComparison.Ordinal), words => words.ToList());

    public static string Write(IEnumerable<string> words) => string.Join(',', words);

    /// <summary>Reads what <see cref="Write"/> wrote, and what a person typed with commas and blanks.</summary>
    public static List<string> Read(string? text) => [.. (text ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)];
}
