using System.Globalization;
using ChatDesk.Dialogs.Format;

namespace ChatDesk.Dialogs.Checks;

/// <summary>Reads a <c>*.test.yaml</c> file.</summary>
internal static class TranscriptReader
{
    private static readonly string[] Acts = ["starts", "says", "taps", "sends", "result", "fails", "waits"];

    private static readonly string[] Sendable = ["photo", "file", "location", "sticker"];

    public static (string? Dialog, IReadOnlyList<Transcript> Transcripts) Read(YamlMap map, Findings findings)
    {
        var fields = new Fields(map, findings);
        var dialog = fields.NeededText("dialog", "permit_finder");
        var transcripts = fields.Maps("tests").Select(t => One(t, findings)).ToList();
        fields.Close();
        if (transcripts.Count == 0)
            findings.Add(fields.Line, "There is no test in this file.", "Add one under 'tests:'.");
        return (dialog, transcripts);
    }

    private static Transcript One(Fields test, Findings findings)
    {
        var name = test.NeededText("name", "a small restaurant") ?? "?";
        var shows = test.Texts("shows");
        foreach (var kind in shows.Except(Transcript.Kinds))
            findings.Add(test.LineOf("shows"), $"'{kind}' is nothing a test can show.", $"Use {string.Join(", ", Transcript.Kinds)}.");
        var language = test.Text("language") ?? "th";
        var turns = test.Maps("turns").Select(t => Turn(t, findings)).OfType<TranscriptTurn>().ToList();
        var now = Now(test);
        if (turns.Count == 0 || turns[0].Act != "starts")
            findings.Add(test.Line, $"Test '{name}' does not begin.", "Let its first turn be '- starts: the words that begin it', which may be empty.");
        test.Close();
        return new Transcript(name, test.Line, shows, language, now, turns);
    }

    /// <summary>Without a time: Monday 23 November 2026, ten in the morning.</summary>
    private static DateTimeOffset Now(Fields test)
    {
        var text = test.Text("now") ?? "2026-11-23 10:00";
        if (DateTime.TryParseExact(text, "yyyy-MM-dd HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var local))
            return new DateTimeOffset(local, TimeSpan.FromHours(7));
        test.Findings.Add(test.LineOf("now"), $"'{text}' is not a time.", "Write for example 2026-11-23 10:00.");
        return default;
    }

    private static TranscriptTurn? Turn(Fields turn, Findings findings)
    {
        var acts = Acts.Where(turn.Has).ToList();
        var after = turn.Has("waits") ? turn.Duration("waits") ?? TimeSpan.Zero : TimeSpan.Zero;
        if (acts.Count == 2 && acts.Contains("waits"))
            acts.Remove("waits");
        if (acts.Count != 1)
        {
            findings.Add(turn.Line, "A turn needs exactly one thing that happens.", $"Give it one of {string.Join(", ", Acts)}.");
            return null;
        }
        var act = acts[0];
        var result = act == "result" ? Plain(turn.Entries("result")) : [];
        var what = act switch
        {
            "result" or "waits" => "",
            "starts" => (turn.Take("starts") as YamlText)?.Value ?? "",
            _ => turn.Text(act) ?? "",
        };
        if (act == "sends" && !Sendable.Contains(what))
            findings.Add(turn.LineOf("sends"), $"'{what}' cannot be sent in a test.", $"Use {string.Join(", ", Sendable)}.");
        var read = new TranscriptTurn
        {
            Line = turn.Line,
            Act = act,
            What = what,
            After = after,
            Result = result,
            Knows = turn.Text("knows"),
            Expects = OneOrMany(turn, "expects"),
            Never = OneOrMany(turn, "never"),
            Effect = turn.Text("effect"),
            Outcome = turn.Text("outcome"),
            Slots = Plain(turn.Entries("slots")),
        };
        turn.Close();
        return read;
    }

    private static IReadOnlyList<string> OneOrMany(Fields turn, string key) => turn.Take(key) is YamlText text ? [text.Value] : turn.Texts(key);

    private static Dictionary<string, string> Plain(IReadOnlyList<YamlEntry> entries) =>
        entries.Where(e => e.Value is YamlText).ToDictionary(e => e.Key, e => ((YamlText)e.Value).Value);
}
