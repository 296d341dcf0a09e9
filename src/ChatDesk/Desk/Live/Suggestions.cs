using ChatDesk.Conversations;
using ChatDesk.Knowledge;
using ChatDesk.Knowledge.Answers;

namespace ChatDesk.Desk.Live;

/// <summary>An article that may answer what the contact just wrote.</summary>
/// <param name="Title">Of the article.</param>
/// <param name="Text">What would be put into the composer.</param>
/// <param name="Source">Where its facts are from.</param>
internal sealed record Suggestion(string Title, string Text, string Source)
{
    private const int Shown = 160;

    public string Beginning => Text.Length <= Shown ? Text : string.Concat(Text.AsSpan(0, Shown).TrimEnd(), "…");
}

/// <summary>Looks into the knowledge for an officer, as the bot would for a contact. Says nothing to anybody.</summary>
internal sealed class Suggestions(ContentLibrary library, TimeProvider time)
{
    private const int Most = 3;
    private const double Floor = .15;

    /// <summary>For the latest of the contact's words that the knowledge makes anything of.</summary>
    public IReadOnlyList<Suggestion> For(string agency, IEnumerable<string> words, string language) =>
        words.Select(question => For(agency, question, language)).FirstOrDefault(found => found.Count > 0) ?? [];

    private List<Suggestion> For(string agency, string question, string language)
    {
        var content = library.For(agency);
        var answer = content.Knowledge.Ask(question, language);
        return [.. answer.Candidates.Where(c => c.Kind == TopicKind.Article && c.Score >= Floor).Take(Most)
            .Select(c => Read(content, c.Id, c.Id == answer.Slug ? answer.Section : null, language)).OfType<Suggestion>()];
    }

    public string TitleOf(string agency, string slug, string language) =>
        library.For(agency).Knowledge.BySlug.TryGetValue(slug, out var topic) ? topic.In(language).Title : slug;

    private Suggestion? Read(AgencyContent content, string slug, string? section, string language)
    {
        if (!content.Knowledge.BySlug.TryGetValue(slug, out var topic)) return null;
        var article = topic.In(language);
        var today = DateOnly.FromDateTime(content.Hours.Calendar.Local(time.GetUtcNow()).DateTime);
        var said = content.Knowledge.Open(slug, section, language) is { } answer ? new AnswerComposer(content.Knowledge).Compose(answer, today) : [];
        // The card is the answer; what follows it asks whether that helped.
        var text = said.FirstOrDefault(s => s.Card is not null)?.PlainText;
        return string.IsNullOrWhiteSpace(text) ? null : new Suggestion(article.Title, text, article.Source ?? "");
    }
}
