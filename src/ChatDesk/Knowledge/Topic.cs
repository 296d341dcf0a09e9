using ChatDesk.Knowledge.Articles;
using ChatDesk.Knowledge.Lists;
using ChatDesk.Knowledge.Search;

namespace ChatDesk.Knowledge;

/// <summary>Something a message can be about: an article in all its languages, a dialog, or a kind of question that is not ours.</summary>
internal sealed record Topic(TopicKind Kind, string Id, IReadOnlyList<Article> Articles, IReadOnlyList<string> Variants)
{
    /// <summary>The article in the language asked for, else in the one there is.</summary>
    public Article In(string language) => Articles.FirstOrDefault(a => a.Language == language) ?? Articles[0];

    /// <summary>All topics of a knowledge folder, articles first. <paramref name="learnt"/> are questions that contacts confirmed, by slug.</summary>
    public static IReadOnlyList<Topic> From(IReadOnlyList<Article> articles, KnowledgeLists lists, ILookup<string, string>? learnt) =>
    [
        .. articles.GroupBy(a => a.Slug).Select(g => new Topic(
            TopicKind.Article, g.Key, [.. g], [.. g.SelectMany(a => a.Variants).Concat(learnt?[g.Key] ?? []).Distinct()])),
        .. lists.Dialogs.Select(d => new Topic(TopicKind.Dialog, d.Name, [], d.Texts)),
        .. lists.OutOfScope.Select(o => new Topic(TopicKind.OutOfScope, o.Name, [], o.Texts)),
    ];

    public IndexedText ToIndex() => new(
        $"{Kind}:{Id}",
        Variants,
        string.Join(" \n ", Articles.Select(a => a.Title)),
        string.Join(" \n ", Articles.SelectMany(a => a.Sections).Select(s => s.Text)));
}
