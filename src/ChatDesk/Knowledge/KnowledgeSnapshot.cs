using ChatDesk.Knowledge.Alarms;
using ChatDesk.Knowledge.Answers;
using ChatDesk.Knowledge.Knowing;
using ChatDesk.Knowledge.Lists;
using ChatDesk.Knowledge.Reflexes;
using ChatDesk.Knowledge.Search;
using ChatDesk.Knowledge.Teaching;
using ChatDesk.Knowledge.Text;

namespace ChatDesk.Knowledge;

/// <summary>
/// All the knowledge at one moment: immutable, safe for any number of threads, no file is read after it was made. A
/// reload makes another and swaps the reference, so a turn never waits and never sees half of a change.
/// </summary>
internal sealed class KnowledgeSnapshot
{
    /// <summary>UTF-16 units of a message that are searched; a question longer than this says what it wants early.</summary>
    private const int LongestQuestion = 600;

    private const float BroadShare = .8f;
    private const float BroadFloor = .4f;

    private readonly ReflexRules _reflexes;
    private readonly AskedBefore<KnowledgeAnswer> _asked = new();
    private readonly AskedBefore<(KnowledgeAnswer? Answer, bool Masked)> _urgent = new();
    private readonly TextAnalyzer _analyzer;
    private readonly IReadOnlyList<AnalysedArticle> _analysed;
    private readonly ArticleSearch _search;
    private readonly LogisticModel _model;
    private readonly KnowledgeOptions _options;

    /// <param name="topics">What it can answer with, and what it knows to be not ours.</param>
    /// <param name="lists">The editors' lists.</param>
    /// <param name="problems">What was wrong in the files.</param>
    /// <param name="options">When to answer.</param>
    /// <param name="taught">What the same topics and lists taught before, if that is known.</param>
    /// <param name="hands">Who teaches what is not known; one, if nothing is said.</param>
    public KnowledgeSnapshot(
        IReadOnlyList<Topic> topics, KnowledgeLists lists, IReadOnlyList<KnowledgeProblem> problems, KnowledgeOptions options, TaughtFile? taught = null, Hands? hands = null)
    {
        taught ??= TaughtFile.None;
        hands ??= Hands.One;
        (Topics, Lists, _options) = (topics, lists, options);
        BySlug = topics.Where(t => t.Kind == TopicKind.Article).ToDictionary(t => t.Id);
        _analyzer = new TextAnalyzer(lists.SearchWords);
        var (watch, model, search, analysed, stolen) = ((AlarmWatch?)null, (LogisticModel?)null, (ArticleSearch?)null, (IReadOnlyList<AnalysedArticle>?)null, Array.Empty<(int, int, int)>());
        // None of the three needs another. The shortest comes first, so that a desk that is killed soon has something to go on from.
        var texts = IsLarge(topics, options.Tuning) ? null : topics.Select(Analysed).ToArray();
        hands.Do(
            () => watch = AlarmWatch.Teach(lists, topics, taught),
            () =>
            {
                (search, analysed) = texts is null ? BuildLarge(topics, options.Tuning) : (ArticleSearch.Build(texts, options.Tuning, taught), [.. texts.Select(t => t.Trimmed())]);
                stolen = texts is null ? [] : taught.Get("stolen", () => StolenVariants.Find(topics, texts, search));
            },
            () => model = LogisticModel.From(taught.Get("knowing", () => LogisticModel.Train(Lessons.From(topics, t => texts?[t] ?? Analysed(topics[t]), options.Tuning, hands, taught)).Numbers)));
        Lessons.Forget(taught);
        (_model, _search, _analysed, _reflexes) = (model!, search!, analysed!, new ReflexRules(lists, watch!, options));
        Problems = [.. problems, .. StolenVariants.Check(topics, stolen)];
    }

    public IReadOnlyList<Topic> Topics { get; }

    public IReadOnlyDictionary<string, Topic> BySlug { get; }

    public KnowledgeLists Lists { get; }

    /// <summary>What editors should put right; a broken file is left out and the rest answers.</summary>
    public IReadOnlyList<KnowledgeProblem> Problems { get; }

    /// <summary>What to make of a message. Never throws, whatever it holds.</summary>
    /// <param name="text">As the contact wrote it.</param>
    /// <param name="language">The contact's language, <c>th</c> or <c>en</c>.</param>
    public KnowledgeAnswer Ask(string text, string language) => _asked.Get(text, language, Consider, static answer => !answer.Masked);

    /// <summary>The emergency among the reflexes alone: cheap enough to ask inside every dialog.</summary>
    public KnowledgeAnswer? Emergency(string text, string language) => _urgent.Get(text, language, Urgency, static found => !found.Masked).Answer;

    /// <summary>The report of bribery among the reflexes alone, likewise.</summary>
    public KnowledgeAnswer? Report(string text, string language)
    {
        var (query, masked) = PiiMask.Mask(text);
        var message = new MessageForms(query);
        return _reflexes.Find(message, message) is { Outcome: KnowledgeOutcome.Bribery } reflex ? Decided(reflex, query, language) with { Masked = masked } : null;
    }

    private KnowledgeAnswer Consider(string text, string language)
    {
        // A turn has mostly asked this before, for the dialog it may be in.
        if (_urgent.Get(text, language, Urgency, static found => !found.Masked) is { Answer: { } urgent })
            return urgent;
        var (query, masked) = PiiMask.Mask(text);
        var written = new MessageForms(query);
        var message = Repaired(query) is var repaired && ReferenceEquals(repaired, query) ? written : new MessageForms(repaired);
        var answer = _reflexes.Find(written, message) is { } reflex ? Decided(reflex, query, language) : Searched(message, query, language);
        return answer with { Masked = masked };
    }

    private (KnowledgeAnswer? Answer, bool Masked) Urgency(string text, string language)
    {
        var (query, masked) = PiiMask.Mask(text);
        return (_reflexes.Emergency(new MessageForms(query)) is { } reflex ? Decided(reflex, query, language) with { Masked = masked } : null, masked);
    }

    /// <summary>The answer of one article, as when the contact chose it from suggestions.</summary>
    /// <returns>Null if there is no such article any more.</returns>
    public KnowledgeAnswer? Open(string slug, string? section, string language) =>
        !BySlug.TryGetValue(slug, out var topic) ? null : new KnowledgeAnswer
        {
            Outcome = KnowledgeOutcome.Answer,
            Slug = slug,
            Section = section == AnswerData.WholeArticle ? section : topic.In(language).Section(section)?.Name,
            Query = "",
            Language = language,
            Score = 1,
        };

    /// <summary>
    /// The part of the article just read that a bare question asks for ("แล้วเท่าไหร่คะ", "how long does it take").
    /// </summary>
    /// <param name="text">As the contact wrote it.</param>
    /// <param name="slug">The article that was answered last.</param>
    /// <param name="language">The contact's language.</param>
    /// <returns>Null when the message names something of its own, or the article has no such part: then it is asked like any other.</returns>
    public KnowledgeAnswer? FollowUp(string text, string slug, string language)
    {
        if (text.Length > LongestQuestion || !BySlug.TryGetValue(slug, out var topic)) return null;
        var message = new MessageForms(text);
        var section = FollowedUp(message, topic, language) ?? (_reflexes.Respelt(message) is { } respelt ? FollowedUp(respelt, topic, language) : null);
        return section is null ? null : Open(slug, section, language)! with { Query = text };
    }

    private string? FollowedUp(MessageForms message, Topic topic, string language)
    {
        var asked = Lists.Sections.Where(s => s.Matches(message)).ToList();
        if (asked.FirstOrDefault(s => topic.In(language).Section(s.Kind) is not null) is not { } section) return null;
        var rest = new List<string>();
        WordBreaker.Break(asked.Aggregate(message, (m, s) => s.Cut(m)).Folded, rest);
        return rest.TrueForAll(word => Lists.FollowUpFillers.Contains(word) || Lists.SearchWords.Particles.Contains(word)) ? section.Kind : null;
    }

    /// <summary>True when the texts of all the articles together would not fit into memory comfortably while an index is built.</summary>
    private static bool IsLarge(IReadOnlyList<Topic> topics, SearchTuning tuning) => topics.Count > tuning.ClassifyUpTo;

    private AnalysedArticle Analysed(Topic topic) => AnalysedArticle.From(topic.ToIndex(), _analyzer);

    private (ArticleSearch Search, IReadOnlyList<AnalysedArticle> Trimmed) BuildLarge(IReadOnlyList<Topic> topics, SearchTuning tuning)
    {
        var trimmed = new List<AnalysedArticle>(topics.Count);
        IEnumerable<AnalysedArticle> OneByOne()
        {
            foreach (var topic in topics)
            {
                var article = Analysed(topic);
                trimmed.Add(article.Trimmed());
                yield return article;
            }
        }

        return (ArticleSearch.BuildLarge(OneByOne(), tuning), trimmed);
    }

    private static KnowledgeAnswer Decided(Reflex reflex, string query, string language) =>
        new() { Outcome = reflex.Outcome, Kind = reflex.Kind, Query = query, Language = language, Score = reflex.Alarm?.Probability ?? 1, Signs = reflex.Alarm?.Signs ?? [], IsGuess = !reflex.IsListed };

    private string Repaired(string query)
    {
        var cut = query.Length <= LongestQuestion ? query : query[..LongestQuestion];
        var repaired = LayoutRepair.Repair(cut, t => _search.Index.Familiarity(_analyzer.Analyse(t)));
        return ReferenceEquals(repaired, cut) ? query : repaired;
    }

    private KnowledgeAnswer Searched(MessageForms message, string query, string language)
    {
        var text = message.Folded.Length <= LongestQuestion ? message.Folded : message.Folded[..LongestQuestion];
        var question = _analyzer.Analyse(text);
        var result = _search.Find(question);
        var evidence = Evidence.Of(question, result, _search, _analysed);
        var probability = result.Candidates.Count == 0 ? 0 : _model.Probability(evidence);
        var answer = new KnowledgeAnswer
        {
            Outcome = KnowledgeOutcome.DoNotKnow,
            Query = query,
            Language = language,
            Score = probability,
            Candidates = [.. result.Candidates.Take(5).Select(c => new KnowledgeCandidate(Topics[c.Article].Kind, Topics[c.Article].Id, c.Score))],
        };
        return Decide(answer, message, IsBroad(question, result), Evidence.IsStrange(evidence) ? _options.StrangeAnswerAt : _options.AnswerAt);
    }

    private KnowledgeAnswer Decide(KnowledgeAnswer answer, MessageForms message, bool isBroad, double answerAt)
    {
        var top = answer.Candidates.Count > 0 ? answer.Candidates[0] : null;
        if (top is { Kind: TopicKind.Article } && top.Id == Lists.BriberyArticle && answer.Score >= _options.SuggestAt)
        {
            if (_reflexes.MayReport(message))
                return answer with { Outcome = KnowledgeOutcome.Bribery, Kind = "bribery", Slug = top.Id };
            isBroad = true;
        }

        var isOurs = top is { Kind: not TopicKind.OutOfScope };
        if (isOurs && !isBroad && answer.Score >= answerAt)
            return Act(answer, top!, message);
        if (_reflexes.IsAbuse(message))
            return answer with { Outcome = KnowledgeOutcome.Refuse, Kind = ReflexRules.Abuse };
        if (!isOurs)
            return answer with { Outcome = KnowledgeOutcome.Refuse, Kind = ReflexRules.OutOfScope };
        var offers = answer.Candidates.Count(c => c.Kind != TopicKind.OutOfScope);
        return (isBroad || answer.Score >= _options.SuggestAt) && offers >= 2 ? answer with { Outcome = KnowledgeOutcome.DidYouMean } : answer;
    }

    /// <summary>True for a word or two that several articles fit alike ("ใบอนุญาต"): asking back beats a lucky guess.</summary>
    private static bool IsBroad(AnalysedText question, SearchResult result) =>
        question.Words.Distinct().Count() <= 2
        && result.Index.Hits.Count > 2
        && result.Index.Hits[0].Score >= BroadFloor
        && result.Index.Hits[2].Score >= BroadShare * result.Index.Hits[0].Score;

    private KnowledgeAnswer Act(KnowledgeAnswer answer, KnowledgeCandidate top, MessageForms message)
    {
        if (top.Kind == TopicKind.Dialog)
            return answer with { Outcome = KnowledgeOutcome.StartDialog, Dialog = top.Id };
        var article = BySlug[top.Id].In(answer.Language);
        var sections = _reflexes.Sections(message, name => article.Section(name) is not null);
        return answer with { Outcome = KnowledgeOutcome.Answer, Slug = top.Id, Section = sections is [var first, ..] ? first : null, AlsoSection = sections is [_, var second, ..] ? second : null, Dialog = article.Dialog };
    }

    /// <summary>What <see cref="KnowledgeOutcome.DidYouMean"/> offers: the likeliest articles and dialogs, two to four.</summary>
    public IReadOnlyList<KnowledgeCandidate> Suggestions(KnowledgeAnswer answer) =>
        [.. answer.Candidates.Where(c => c.Kind != TopicKind.OutOfScope).Take(Math.Clamp(_options.MostSuggestions, 2, 4))];
}
