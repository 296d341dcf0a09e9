using ChatDesk.Knowledge.Text;

namespace ChatDesk.Knowledge.Search;

/// <summary>What the index reads of one article, all its languages together: an English question may come in a Thai conversation.</summary>
internal sealed record IndexedText(string Id, IReadOnlyList<string> Variants, string Title, string Body);

/// <summary>The same, analysed once, so that indexes without some of the variants can be built cheaply.</summary>
internal sealed record AnalysedArticle(string Id, IReadOnlyList<AnalysedText> Variants, AnalysedText Title, AnalysedText Body)
{
    /// <summary>Only what is needed after the index is built: the skeletons of the variants. A tenth of the memory.</summary>
    public AnalysedArticle Trimmed() => this with
    {
        Variants = [.. Variants.Select(v => AnalysedText.Nothing with { Skeleton = v.Skeleton })],
        Title = AnalysedText.Nothing,
        Body = AnalysedText.Nothing,
    };

    public static AnalysedArticle From(IndexedText text, TextAnalyzer analyzer) => new(
        text.Id, [.. text.Variants.Select(analyzer.Analyse)], analyzer.Analyse(text.Title), analyzer.Analyse(text.Body));
}
