using System.Text;
using ChatDesk.Cases.Model;

namespace ChatDesk.Cases;

/// <summary>
/// Search inside Thai, which is written without spaces: text and query are folded the same way and their spaces dropped, and
/// a word is found wherever it stands. Several words must all be there.
/// </summary>
internal static class CaseSearch
{
    /// <summary>Longer case texts are searched in their first part only.</summary>
    private const int IndexLimit = 20_000;

    /// <summary>Takes what an event says into what can be searched. Contact and notes stay out: a search must not tell what a page hides.</summary>
    public static void Index(Case row, CaseDetail detail)
    {
        var words = detail.Opening is { } opening
            ? string.Join('\n', opening.Number, opening.Summary, opening.What, opening.Place, opening.Wish, string.Join('\n', opening.Fields.Values))
            : null;
        if (words is null || row.Search.Length >= IndexLimit) return;
        var folded = Fold(words);
        row.Search = folded.Length > IndexLimit ? folded[..IndexLimit] : folded;
    }

    /// <summary>The words of a query, each folded.</summary>
    public static IReadOnlyList<string> Words(string? query) =>
        [.. (query ?? "").Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries).Take(8).Select(Fold).Where(word => word.Length > 0)];

    /// <summary>Lower case, digits as 0-9, เเ as แ, nothing that does not show.</summary>
    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var letter in text)
        {
            if (letter is >= '๐' and <= '๙') folded.Append((char)('0' + (letter - '๐')));
            else if (letter == 'เ' && folded.Length > 0 && folded[^1] == 'เ') folded[^1] = 'แ';
            else if (!Unseen(letter)) folded.Append(char.ToLowerInvariant(letter));
        }
        return folded.ToString();
    }

    private static bool Unseen(char letter) =>
        char.IsWhiteSpace(letter) || char.IsControl(letter) || letter is '-' or '\u200B' or '\u200C' or '\u200D' or '\uFEFF';
}
