using ChatDesk.Activities;
using ChatDesk.Knowledge.Articles;
using ChatDesk.Knowledge.Lists;

namespace ChatDesk.Knowledge.Answers;

/// <summary>
/// Turns a <see cref="KnowledgeAnswer"/> into what the contact reads. Every word comes from articles and
/// <c>phrases.yaml</c>; nothing is made up, and the question "did this help" goes into the same reply.
/// </summary>
internal sealed class AnswerComposer(KnowledgeSnapshot knowledge)
{
    /// <summary>What a tap on "talk to an officer" sends.</summary>
    public const string AskForPerson = "dialog:start:request_human";

    /// <summary>What a tap on the protected channel's button sends.</summary>
    public const string ReportBribery = "bribery:start";

    private string? BriberyArticle => knowledge.Lists.BriberyArticle is { } slug && knowledge.BySlug.ContainsKey(slug) ? slug : null;

    private Phrases Phrases => knowledge.Lists.Phrases;

    /// <param name="answer">From the same snapshot.</param>
    /// <param name="now">The agency's own day, which tells an article past its review.</param>
    public IReadOnlyList<OutboundActivity> Compose(KnowledgeAnswer answer, DateOnly now)
    {
        var said = answer.Outcome switch
        {
            KnowledgeOutcome.Answer => Article(answer, now),
            KnowledgeOutcome.StartDialog => [Offer(answer)],
            KnowledgeOutcome.DidYouMean => [Suggest(answer)],
            KnowledgeOutcome.SmallTalk => [OutboundActivity.Say(Say($"smalltalk.{answer.Kind}", answer))],
            KnowledgeOutcome.Refuse => [OutboundActivity.Say(Say($"refuse.{answer.Kind}", answer), WaysOn(answer))],
            KnowledgeOutcome.Handover => [OutboundActivity.Say(Say("person", answer), [Person(answer)])],
            KnowledgeOutcome.Emergency => [EmergencyCard(answer)],
            KnowledgeOutcome.Bribery => [Bribery(answer)],
            _ => (IReadOnlyList<OutboundActivity>)[OutboundActivity.Say(Say("unknown", answer), WaysOn(answer))],
        };
        return answer.Masked ? [Masked(answer.Language), .. said] : said;
    }

    /// <summary>The answer in the middle of a dialog: without "did this help", whose yes would be meant for the dialog.</summary>
    public IReadOnlyList<OutboundActivity> Aside(KnowledgeAnswer answer, DateOnly now) =>
        [.. Compose(answer, now).Where(said => said.Choices.All(c => AnswerData.Read(c.Data ?? "") is not { Verb: "helped" }))];

    /// <summary>A refusal or a pleasantry in the middle of a dialog: the words alone, without ways to something else.</summary>
    public IReadOnlyList<OutboundActivity> Remark(KnowledgeAnswer answer) => [OutboundActivity.Say(Compose(answer, default)[^1].Text!)];

    /// <summary>That something personal was hidden in what the contact wrote.</summary>
    public OutboundActivity Masked(string language) => OutboundActivity.Say(Phrases.Say("privacy.masked", language));

    /// <summary>The answer to a sticker.</summary>
    public OutboundActivity Sticker(string language) => OutboundActivity.Say(Phrases.Say("smalltalk.sticker", language));

    /// <summary>What is said after a tap on one of the two buttons.</summary>
    public OutboundActivity Helped(bool yes, string language) =>
        yes ? OutboundActivity.Say(Phrases.Say("helped.yes", language))
            : OutboundActivity.Say(Phrases.Say("helped.no", language), new Choice(Phrases.Say("unknown.person", language), Data: AskForPerson));

    private OutboundActivity[] Article(KnowledgeAnswer answer, DateOnly now)
    {
        var article = knowledge.BySlug[answer.Slug!].In(answer.Language);
        var card = new Card(article.Title, [.. Lines(article, answer), .. Footer(article, answer, now)], Buttons(article, answer));
        return
        [
            new OutboundActivity { Card = card },
            OutboundActivity.Say(
                Say("answer.helped", answer),
                new Choice(Say("answer.helped.yes", answer), Data: AnswerData.Helped(article.Slug, true)),
                new Choice(Say("answer.helped.no", answer), Data: AnswerData.Helped(article.Slug, false))),
        ];
    }

    private IEnumerable<CardLine> Lines(Article article, KnowledgeAnswer answer)
    {
        if (answer.Section == AnswerData.WholeArticle)
            return article.Sections.Select(s => new CardLine(SectionName(s, answer), s.Text));
        var section = article.Section(answer.Section) ?? article.Section("what") ?? article.Sections[0];
        return [Asked(section, answer), .. article.Section(answer.AlsoSection) is { } also ? [Asked(also, answer)] : Array.Empty<CardLine>()];
    }

    private CardLine Asked(ArticleSection section, KnowledgeAnswer answer) => new(section.Name == "what" ? null : SectionName(section, answer), section.Text, true);

    private IEnumerable<CardLine> Footer(Article article, KnowledgeAnswer answer, DateOnly now)
    {
        if (article.Language != answer.Language)
            yield return new CardLine(null, Say("answer.other_language", answer));
        if (article.Confidence == Confidence.Low)
            yield return new CardLine(null, Say("answer.unsure", answer));
        if (article.Jurisdiction == "local-ordinance")
            yield return new CardLine(null, Say("answer.local", answer));
        if (article.Source is { } source)
            yield return new CardLine(null, Phrases.Say("answer.source", answer.Language, ("source", source)));
        yield return new CardLine(null, Freshness(article, answer, now));
    }

    private string Freshness(Article article, KnowledgeAnswer answer, DateOnly now)
    {
        if (article.ReviewBy is not { } review || article.EffectiveFrom is not { } from)
            return Say("answer.undated", answer);
        var by = LocalDate.Format(review, answer.Language);
        if (article.IsPastReview(now))
            return Phrases.Say("answer.overdue", answer.Language, ("date", by));
        var (key, date) = article.Checked is { } seen ? ("answer.checked", seen) : ("answer.since", from);
        return Phrases.Say(key, answer.Language, ("date", LocalDate.Format(date, answer.Language)), ("review", by));
    }

    private List<Choice> Buttons(Article article, KnowledgeAnswer answer)
    {
        var buttons = new List<Choice>();
        if (article.Dialog is { } dialog)
            buttons.Add(new Choice(DialogName(dialog, answer), Data: AnswerData.StartDialog(dialog)));
        if (answer.Section != AnswerData.WholeArticle && article.Sections.Count > 1)
            buttons.Add(new Choice(Say("answer.more", answer), Data: AnswerData.Open(article.Slug, AnswerData.WholeArticle)));
        if (article.SourceUrl is { } url)
            buttons.Add(new Choice(Say("answer.link", answer), Url: url));
        return buttons;
    }

    private OutboundActivity Offer(KnowledgeAnswer answer) =>
        OutboundActivity.Say(Say("offer.dialog", answer), new Choice(DialogName(answer.Dialog!, answer), Data: AnswerData.StartDialog(answer.Dialog!)), Person(answer));

    private OutboundActivity Suggest(KnowledgeAnswer answer)
    {
        var choices = knowledge.Suggestions(answer).Select(c => c.Kind == TopicKind.Dialog
            ? new Choice(DialogName(c.Id, answer), Data: AnswerData.StartDialog(c.Id))
            : new Choice(knowledge.BySlug[c.Id].In(answer.Language).Title, Data: AnswerData.Open(c.Id)));
        return OutboundActivity.Say(Say("suggest", answer), [.. choices, new Choice(Say("suggest.none", answer), Data: AskForPerson)]);
    }

    private OutboundActivity EmergencyCard(KnowledgeAnswer answer)
    {
        var numbers = knowledge.Lists.EmergencyNumbers
            .Where(n => n.IsSure || n.Kinds.Contains(answer.Kind!))
            .OrderByDescending(n => n.Kinds.Contains(answer.Kind!))
            .ToArray();
        var lines = numbers.Select(n => new CardLine(n.NameIn(answer.Language), n.IsSure ? n.Number : Phrases.Say("emergency.unverified", answer.Language, ("number", n.Number)), true));
        var kind = $"emergency.{answer.Kind}";
        return new OutboundActivity
        {
            Text = Phrases.Has(kind) ? Say(kind, answer) : null,
            Card = new Card(
                Say("emergency.title", answer),
                [.. lines, new CardLine(null, Say("emergency.note", answer))],
                [.. numbers.Take(3).Select(n => new Choice($"{n.NameIn(answer.Language)} {n.Number}", Url: $"tel:{n.Number}"))]),
        };
    }

    private OutboundActivity Bribery(KnowledgeAnswer answer)
    {
        var choices = new List<Choice> { new(Say("bribery.start", answer), Data: ReportBribery) };
        if (BriberyArticle is { } slug)
            choices.Add(new Choice(Say("bribery.read", answer), Data: AnswerData.Open(slug)));
        return OutboundActivity.Say(Say("bribery", answer), choices);
    }

    private Choice[] WaysOn(KnowledgeAnswer answer) =>
        [new Choice(Say("unknown.permits", answer), Data: AnswerData.StartDialog("permit_finder")), Person(answer)];

    private Choice Person(KnowledgeAnswer answer) => new(Say("unknown.person", answer), Data: AskForPerson);

    private string DialogName(string dialog, KnowledgeAnswer answer) =>
        Phrases.Has($"dialog.{dialog}") ? Say($"dialog.{dialog}", answer) : Say("answer.dialog", answer);

    private string SectionName(ArticleSection section, KnowledgeAnswer answer) => Say($"section.{section.Name}", answer);

    private string Say(string key, KnowledgeAnswer answer) => Phrases.Say(key, answer.Language);
}
