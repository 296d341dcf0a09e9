namespace ChatDesk.Knowledge.Text;

/// <summary>A text in the three forms the index knows: words, runs of three characters, and runs of three of its skeleton, each as numbers, in order, with repeats.</summary>
/// <param name="Core">Folded, with lists applied and particles out.</param>
/// <param name="Tokens">The words themselves, beside <paramref name="Words"/>.</param>
/// <param name="Words">One number a word.</param>
/// <param name="Grams">One number a run of <paramref name="Core"/>.</param>
/// <param name="Skeleton">One number a run of the skeleton.</param>
internal sealed record AnalysedText(string Core, IReadOnlyList<string> Tokens, ulong[] Words, ulong[] Grams, ulong[] Skeleton)
{
    public static readonly AnalysedText Nothing = new("", [], [], [], []);
}
