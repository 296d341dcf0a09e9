using ChatDesk.Cases.Model;

namespace ChatDesk.Cases.Officers;

/// <summary>How alike two cases are, by the three-letter pieces they share: Thai needs no words for that.</summary>
internal static class CaseLikeness
{
    /// <summary>From here on a pair is worth an officer's look.</summary>
    public const double WorthShowing = 0.35;

    public static double Of(Case one, Case other)
    {
        var (a, b) = (Pieces(one), Pieces(other));
        if (a.Count == 0 || b.Count == 0) return 0;
        var shared = a.Count(b.Contains);
        return (double)shared / (a.Count + b.Count - shared);
    }

    private static HashSet<string> Pieces(Case row)
    {
        var text = CaseSearch.Fold($"{row.What ?? row.Summary}{row.Place}");
        var pieces = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i + 3 <= Math.Min(text.Length, 2_000); i++) pieces.Add(text.Substring(i, 3));
        return pieces;
    }
}
