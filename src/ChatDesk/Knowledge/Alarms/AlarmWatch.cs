using ChatDesk.Knowledge.Lists;
using ChatDesk.Knowledge.Reflexes;
using ChatDesk.Knowledge.Teaching;
using ChatDesk.Knowledge.Text;

namespace ChatDesk.Knowledge.Alarms;

/// <summary>
/// The alarm model as the reflexes ask it: a long message is read stretch by stretch, since a cry for help in the middle of a long
/// complaint must not drown, and all emergencies count together.
/// </summary>
internal sealed class AlarmWatch
{
    /// <summary>Letters read at once: two or three sentences.</summary>
    private const int Stretch = 180;

    private readonly AlarmModel _model;
    private readonly HashSet<string> _emergencies;

    private AlarmWatch(AlarmModel model, HashSet<string> emergencies) => (_model, _emergencies) = (model, emergencies);

    /// <summary>
    /// Teaches a watch from the editors' lines, and from every question that an article or dialog answers: those are harmless, except
    /// where a list hears an alarm in them ("ไฟไหม้โทรเบอร์อะไร"); such a one must not teach that a fire is nothing.
    /// </summary>
    public static AlarmWatch Teach(KnowledgeLists lists, IReadOnlyList<Topic> topics, TaughtFile? taught = null)
    {
        var bribery = lists.Bribery is [var first, ..] ? first.Kind : AlarmModel.None;
        var lines = lists.AlarmLines.SelectMany(k => k.Texts.Select(t => (k.Name, t)))
            .Concat(topics.SelectMany(t => t.Variants.Select(v => (t.Id == lists.BriberyArticle ? bribery : AlarmModel.None, v))).Where(v => HasSign(lists, v.v) && !IsListed(lists, v.v)));
        return new AlarmWatch(
            lists.AlarmLines.Count == 0 ? AlarmModel.Teach(lists.Signs, []) : AlarmModel.Teach(lists.Signs, lines, taught),
            [.. lists.Emergencies.Select(e => e.Kind)]);
    }

    /// <returns>The loudest stretch of a message.</returns>
    public Alarm Read(string folded)
    {
        var loudest = Alarm.None;
        for (var at = 0; at < folded.Length;)
        {
            var end = EndOfStretch(folded, at);
            var alarm = Judge(folded[at..end]);
            if (alarm.Harmless < loudest.Harmless || loudest.Signs.Count == 0)
                loudest = alarm;
            at = end;
        }

        return loudest;
    }

    // Nineteen of twenty questions have no sign and teach nothing; to hold each against every list would take longer than the teaching.
    private static bool HasSign(KnowledgeLists lists, string text)
    {
        var folded = ThaiText.Fold(text);
        var words = new List<string>();
        WordBreaker.Break(folded, words);
        return Array.Exists(lists.Signs.In(folded, words), s => !lists.Signs.IsContext(s));
    }

    private static bool IsListed(KnowledgeLists lists, string text)
    {
        var message = new MessageForms(text);
        return lists.Emergencies.Any(e => e.Matches(message));
    }

    private Alarm Judge(string stretch)
    {
        var chances = _model.Judge(stretch, out var signs);
        if (signs.Count == 0)
            return Alarm.None;
        var emergency = chances.Where(c => _emergencies.Contains(c.Kind)).ToArray();
        var sum = emergency.Sum(e => e.Probability);
        var other = chances.Where(c => c.Kind != AlarmModel.None && !_emergencies.Contains(c.Kind)).DefaultIfEmpty((Kind: AlarmModel.None, Probability: 0)).MaxBy(c => c.Probability);
        var harmless = chances.First(c => c.Kind == AlarmModel.None).Probability;
        return emergency.Length > 0 && sum >= other.Probability
            ? new Alarm(emergency.MaxBy(e => e.Probability).Kind, sum, harmless, signs)
            : new Alarm(other.Kind, other.Probability, harmless, signs);
    }

    // At a space when there is one in the second half; Thai may have none for a long time.
    private static int EndOfStretch(string text, int start)
    {
        if (text.Length - start <= Stretch)
            return text.Length;
        var space = text.LastIndexOf(' ', start + Stretch, Stretch / 2);
        return space > start ? space : start + Stretch;
    }
}
