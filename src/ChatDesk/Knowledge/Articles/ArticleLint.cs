using System.Globalization;
using ChatDesk.Knowledge.Text;

namespace ChatDesk.Knowledge.Articles;

/// <summary>What makes an article weak though it can be read.</summary>
internal static class ArticleLint
{
    public const int FewestVariants = 5;

    /// <summary>UTF-16 units of one section: what a LINE card shows without scrolling for ever.</summary>
    public const int LongestSection = 1200;

    /// <summary>Checks against the agency's own day, and the dialogs that exist (null when not known: then links to them are not checked).</summary>
    public static void Check(IReadOnlyList<Article> articles, DateOnly today, IReadOnlySet<string>? dialogs, List<KnowledgeProblem> problems)
    {
        var slugs = articles.Select(a => a.Slug).ToHashSet();
        var languages = articles.ToLookup(a => a.Slug, a => a.Language);
        foreach (var article in articles)
        {
            Facts(article, today, problems);
            Links(article, slugs, dialogs, problems);
            foreach (var missing in new[] { "th", "en" }.Except(languages[article.Slug]))
                Warn(problems, article, "lang", $"The article does not exist in '{missing}'.", $"Add {article.Slug}.{missing}.md; until then that language gets this one.");
            if (article.Variants.Count < FewestVariants)
                Warn(problems, article, "variants", $"{article.Variants.Count} ways of asking are listed.", $"List at least {FewestVariants}: each one more finds the article more often.");
            foreach (var section in article.Sections.Where(s => s.Text.Length > LongestSection))
                problems.Add(new(ProblemLevel.Warning, article.File, section.Line, $"The section '{section.Name}' has {section.Text.Length} characters, too long to read in a chat.", $"Cut it to {LongestSection}, or move a part to another section."));
        }

        Duplicates(articles, problems);
    }

    private static void Facts(Article article, DateOnly today, List<KnowledgeProblem> problems)
    {
        if (article.Source is null)
            Warn(problems, article, "source", "No source is named.", "Name the law, order or page the facts are from.");
        if (article.EffectiveFrom is null)
            Warn(problems, article, "effective_from", "No date says from when it holds.", "Add 'effective_from: 2026-01-31'.");
        if (article.ReviewBy is null)
            Warn(problems, article, "review_by", "No date says when to look at it again; it is answered with a warning.", "Add 'review_by: 2027-01-31'.");
        else if (article.IsPastReview(today))
            Warn(problems, article, "review_by", $"It was to be looked at again by {article.ReviewBy.Value.ToString("o", CultureInfo.InvariantCulture)}; it is answered with a warning.", "Check the facts, then set a new date.");
        // An article of low confidence says itself that its facts were not compared with a source.
        if (article.Checked is null && article.Confidence != Confidence.Low)
            Warn(problems, article, "checked", "No date says when its facts were last compared with the source.", "Compare them, then add 'checked: 2026-01-31'; if nobody has, write 'confidence: low'.");
        else if (article.Checked > today)
            Warn(problems, article, "checked", "The day of checking lies in the future.", "Write the day on which the facts were compared with the source.");
        if (article.Section("what") is null)
            Warn(problems, article, "slug", "It has no section 'what'.", "Add '## what': one short paragraph that answers alone.");
    }

    private static void Links(Article article, HashSet<string> slugs, IReadOnlySet<string>? dialogs, List<KnowledgeProblem> problems)
    {
        foreach (var dead in article.Related.Where(r => !slugs.Contains(r)))
            Warn(problems, article, "related", $"The related article '{dead}' does not exist.", "Correct the slug or take it out.");
        if (article.Dialog is { } dialog && dialogs?.Contains(dialog) == false)
            Warn(problems, article, "dialog", $"The dialog '{dialog}' does not exist; no button is shown.", "Correct the name or take it out.");
    }

    private static void Duplicates(IReadOnlyList<Article> articles, List<KnowledgeProblem> problems)
    {
        var owners = new Dictionary<string, Article>();
        foreach (var article in articles)
        {
            foreach (var variant in article.Variants)
            {
                if (owners.TryAdd(ThaiText.Fold(variant), article))
                    continue;
                var owner = owners[ThaiText.Fold(variant)];
                var where = owner.File == article.File ? "twice" : $"also in {owner.File}";
                Warn(problems, article, "variants", $"The question '{variant}' is listed {where}.", "Keep it where it belongs.");
            }
        }
    }

    private static void Warn(List<KnowledgeProblem> problems, Article article, string field, string problem, string remedy) =>
        problems.Add(new(ProblemLevel.Warning, article.File, article.LineOf(field), problem, remedy));
}
