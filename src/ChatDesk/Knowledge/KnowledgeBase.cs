using ChatDesk.Knowledge.Articles;
using ChatDesk.Knowledge.Lists;
using ChatDesk.Knowledge.Teaching;

namespace ChatDesk.Knowledge;

/// <summary>
/// The agency's knowledge, answering from <see cref="Current"/> while a reload builds the next one on another thread.
/// </summary>
internal sealed class KnowledgeBase
{
    private volatile KnowledgeSnapshot _current;

    public KnowledgeBase(KnowledgeSnapshot first) => _current = first;

    /// <summary>Take it once for a turn and use that one to its end.</summary>
    public KnowledgeSnapshot Current => _current;

    /// <summary>Puts a finished snapshot in place. Turns that began with the old one end with it.</summary>
    public void Swap(KnowledgeSnapshot next) => _current = next;

    /// <summary>
    /// Reads a folder of articles and its <c>_lists</c>, and builds everything; slow (seconds for thousands of
    /// articles), so call it off the turn. Broken files are left out and told in <see cref="KnowledgeSnapshot.Problems"/>.
    /// </summary>
    /// <exception cref="DirectoryNotFoundException">There is no such folder.</exception>
    public static KnowledgeSnapshot Load(string folder, DateOnly today, KnowledgeSources? sources = null)
    {
        if (!Directory.Exists(folder))
            throw new DirectoryNotFoundException($"There is no knowledge folder {folder}.");
        var problems = new List<KnowledgeProblem>();
        var (options, key) = (sources?.Options ?? new KnowledgeOptions(), new ContentKey());
        var articles = ArticleFolder.Read(folder, problems, key);
        var lists = KnowledgeLists.Read(folder, problems, key);
        ArticleLint.Check(articles, today, sources?.Dialogs, problems);
        var topics = Topic.From(articles, lists, sources?.Learnt);
        var hands = sources?.Hands ?? Hands.One;
        if (sources?.TaughtFile is not { } path)
            return new KnowledgeSnapshot(topics, lists, problems, options, hands: hands);
        key.Add(options.Tuning.ToString());
        foreach (var variant in topics.SelectMany(t => t.Variants))
            key.Add(variant); // Some were learnt from contacts and stand in no file.
        return new KnowledgeSnapshot(topics, lists, problems, options, TaughtFile.Open(path, key.Value), hands);
    }
}

/// <summary>What a knowledge is made of beside its folder.</summary>
internal sealed record KnowledgeSources
{
    public KnowledgeOptions? Options { get; init; }

    /// <summary>The dialogs that exist, to check links; null leaves them unchecked.</summary>
    public IReadOnlySet<string>? Dialogs { get; init; }

    /// <summary>Questions contacts confirmed as answered by an article (chosen from suggestions, "it helped"), by slug.</summary>
    public ILookup<string, string>? Learnt { get; init; }

    /// <summary>Where to keep what teaching gave, for the next start; null keeps nothing.</summary>
    public string? TaughtFile { get; init; }

    /// <summary>Who teaches; one, if nothing is said, as beside a live desk.</summary>
    public Hands Hands { get; init; } = Hands.One;
}
