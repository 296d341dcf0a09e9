using System.Collections.Frozen;

namespace ChatDesk.Knowledge.Text;

/// <summary>The editors' word lists that the search reads by.</summary>
internal sealed class SearchWords
{
    /// <summary>No list at all, for texts that are not the agency's.</summary>
    public static readonly SearchWords None = new();

    /// <summary>Misspellings and synonyms.</summary>
    public Replacements Replacements { get; init; } = new([]);

    /// <summary>Words that say how somebody speaks, not what about (ครับ, นะ, please); folded.</summary>
    public FrozenSet<string> Particles { get; init; } = FrozenSet<string>.Empty;

    /// <summary>Openings and closings around a question ("ขอสอบถามหน่อย"); folded, longest first.</summary>
    public IReadOnlyList<string> Padding { get; init; } = [];
}
