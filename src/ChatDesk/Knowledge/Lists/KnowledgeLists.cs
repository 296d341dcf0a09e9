using System.Collections.Frozen;
using ChatDesk.Knowledge.Alarms;
using ChatDesk.Knowledge.Reflexes;
using ChatDesk.Knowledge.Teaching;
using ChatDesk.Knowledge.Text;

namespace ChatDesk.Knowledge.Lists;

/// <summary>Everything an editor can change beside the articles: the files of <c>_lists</c>, read once.</summary>
internal sealed class KnowledgeLists
{
    public const string Folder = "_lists";

    private const int SureSmallTalk = 5;
    private const int FewLetters = 3;

    /// <summary>Small talk of more phrases than that in a row says something.</summary>
    private const int MostPhrases = 3;

    public required SearchWords SearchWords { get; init; }

    /// <summary>Which section a question asks for, by its words; the first that matches counts.</summary>
    public required IReadOnlyList<PhraseRule> Sections { get; init; }

    /// <summary>Words that may stand around a bare "how much" right after an article ("แล้ว", "it"); folded.</summary>
    public required FrozenSet<string> FollowUpFillers { get; init; }

    public required IReadOnlyList<PhraseRule> Emergencies { get; init; }

    public required IReadOnlyList<EmergencyNumber> EmergencyNumbers { get; init; }

    public required IReadOnlyList<PhraseRule> Bribery { get; init; }

    /// <summary>The article about reporting bribery: to find it counts as such a report. Null when none is named.</summary>
    public string? BriberyArticle { get; init; }

    public required IReadOnlyList<PhraseRule> Refusals { get; init; }

    /// <summary>The groups of words that the alarm model leans on.</summary>
    public required SignWords Signs { get; init; }

    /// <summary>What the alarm model learns from, by kind.</summary>
    public required IReadOnlyList<(string Name, string[] Texts)> AlarmLines { get; init; }

    public required PhraseRule Handover { get; init; }

    /// <summary>Small talk by what is left of it when particles are out: kind by key (see <see cref="SmallTalkKey"/>).</summary>
    public required FrozenDictionary<string, string> SmallTalk { get; init; }

    /// <summary>Ways of asking for a dialog, by its name.</summary>
    public required IReadOnlyList<(string Name, string[] Texts)> Dialogs { get; init; }

    /// <summary>Questions that are not ours, by kind.</summary>
    public required IReadOnlyList<(string Name, string[] Texts)> OutOfScope { get; init; }

    public required Phrases Phrases { get; init; }

    public static KnowledgeLists Read(string folder, List<KnowledgeProblem> problems, ContentKey? key = null)
    {
        var files = new ListFile(Path.Combine(folder, Folder), problems, key);
        var words = Words(files);
        return new KnowledgeLists
        {
            SearchWords = words,
            Sections = Rules(files, "sections.yaml", forgiving: false, mayBeList: true),
            FollowUpFillers = files.Lines("followup.txt").SelectMany(Broken).ToFrozenSet(),
            Emergencies = Rules(files, "emergency.yaml"),
            EmergencyNumbers = EmergencyNumber.Read(files, "emergency-numbers.yaml"),
            Bribery = Rules(files, "bribery.yaml"),
            BriberyArticle = files.Map("bribery.yaml").Values.Select(n => n["article"]?.Text).FirstOrDefault(a => a is not null),
            Refusals = Rules(files, "refusals.yaml", forgiving: false),
            Signs = new SignWords(files.Lists("signs.yaml")),
            AlarmLines = files.Lists("alarm-lines.yaml"),
            Handover = new PhraseRule("handover", files.Lines("handover.txt"), [], forgiving: false),
            SmallTalk = files.Lists("smalltalk.yaml")
                .SelectMany(k => k.Texts.Select(t => (Key: SmallTalkKey(t, words), k.Name)))
                .Where(p => p.Key.Length > 0)
                .DistinctBy(p => p.Key)
                .ToFrozenDictionary(p => p.Key, p => p.Name),
            Dialogs = files.Lists("dialogs.yaml"),
            OutOfScope = files.Lists("outofscope.yaml"),
            Phrases = Phrases.Read(files, "phrases.yaml"),
        };
    }

    /// <summary>What small talk is known by: the skeleton of its words without particles, or with them when nothing else is there ("hi").</summary>
    public static string SmallTalkKey(string text, SearchWords words)
    {
        var tokens = new List<string>();
        WordBreaker.Break(ThaiText.Fold(text), tokens);
        var kept = tokens.FindAll(t => !words.Particles.Contains(t));
        return ThaiSkeleton.Of(string.Concat(kept.Count > 0 ? kept : tokens));
    }

    /// <returns>The kind of the first, also for a few such phrases in a row ("ok thanks bye") or one with a few letters after it; null for anything else.</returns>
    public string? SmallTalkKind(string text) => SmallTalkKind(SmallTalkKey(text, SearchWords), MostPhrases);

    private string? SmallTalkKind(string key, int most)
    {
        if (SmallTalk.TryGetValue(key, out var kind))
            return kind;
        for (var cut = key.Length - 1; cut >= 2; cut--)
        {
            var left = key.Length - cut;
            if (SmallTalk.TryGetValue(key[..cut], out kind)
                && ((left >= FewLetters && most > 1 && SmallTalkKind(key[cut..], most - 1) is not null) || (cut >= SureSmallTalk && left <= FewLetters)))
                return kind;
        }

        return null;
    }

    private static List<string> Broken(string line)
    {
        var tokens = new List<string>();
        WordBreaker.Break(ThaiText.Fold(line), tokens);
        return tokens;
    }

    private static SearchWords Words(ListFile files) => new()
    {
        Replacements = new Replacements(files.Lists("misspellings.yaml").Concat(files.Lists("synonyms.yaml"))
            .SelectMany(w => w.Texts.Select(wrong => (wrong, w.Name)))),
        Particles = files.Lines("particles.txt").Select(ThaiText.Fold).ToFrozenSet(),
        Padding = [.. files.Lines("padding.txt").Select(ThaiText.Fold).Distinct().OrderByDescending(p => p.Length)],
    };

    private static PhraseRule[] Plain(ListFile files, string file) =>
        [.. files.Lists(file).Select(l => new PhraseRule(l.Name, l.Texts, [], forgiving: false))];

    private static PhraseRule[] Rules(ListFile files, string file, bool forgiving = true, bool mayBeList = false)
    {
        var rules = new List<PhraseRule>();
        foreach (var (kind, node) in files.Map(file))
        {
            if (mayBeList && node.Fields is null)
                rules.Add(new PhraseRule(kind, node.Texts, [], forgiving));
            else if (node["any"] is { } any)
                rules.Add(new PhraseRule(kind, any.Texts, node["unless"]?.Texts ?? [], forgiving));
            else
                files.Add(file, node.Line, $"'{kind}' has no list 'any'.", "Write 'any: [words, words]' under it.");
        }

        return [.. rules];
    }
}
