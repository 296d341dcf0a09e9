using System.Text.Json;
using ChatDesk.Knowledge.Search;
using ChatDesk.Knowledge.Text;

namespace ChatDesk.Knowledge.Eval.Sets;

/// <summary>A question of a public set and the articles that answer it.</summary>
internal sealed record SetQuestion(string Id, AnalysedText Text, IReadOnlySet<string> Relevant);

/// <summary>Reads the public sets as the development data lays them out (its README tells the formats).</summary>
internal sealed class SetFiles(string folder)
{
    // The agency's lists are about permits; these texts are about everything.
    private readonly TextAnalyzer _analyzer = new(SearchWords.None);

    public AnalysedText Analyse(string text) => _analyzer.Analyse(text);

    public bool Has(string file) => File.Exists(Path.Combine(folder, file));

    public IEnumerable<JsonElement> Lines(string file) =>
        File.ReadLines(Path.Combine(folder, file)).Select(l => JsonDocument.Parse(l).RootElement);

    public IReadOnlyList<AnalysedArticle> Articles(string set) =>
        [.. Lines($"{set}_dev.docs.jsonl").Select(d => AnalysedArticle.From(new IndexedText(Text(d, "id"), [], Text(d, "title"), Text(d, "text")), _analyzer))];

    public IReadOnlyList<SetQuestion> Questions(string set) => [.. Lines($"{set}_dev.queries.jsonl").Select(Question)];

    /// <summary>Questions with slips made in them, by kind of slip; all about the XQuAD articles.</summary>
    public ILookup<string, (SetQuestion Question, string Raw)> Noisy() =>
        Lines("noisy_queries_dev.jsonl").ToLookup(l => Text(l, "noise"), l => (Question(l), Text(l, "text")));

    /// <summary>Questions that no article answers, Thai and English.</summary>
    public IReadOnlyList<AnalysedText> Foreign() =>
        [.. Lines("oos_dev.jsonl").Concat(Lines("oos_en_dev.jsonl")).Select(l => _analyzer.Analyse(Text(l, "text")))];

    public IReadOnlySet<string> Removed(string set) =>
        JsonSerializer.Deserialize<HashSet<string>>(File.ReadAllText(Path.Combine(folder, $"removed_articles_{set}_dev.json")))!;

    public IReadOnlyList<(AnalysedText Text, string Label)> Labelled(string file, string label) =>
        [.. Lines(file).Select(l => (_analyzer.Analyse(Text(l, "text")), Text(l, label)))];

    public static string Text(JsonElement line, string field) => line.GetProperty(field).GetString() ?? "";

    private SetQuestion Question(JsonElement line) => new(
        Text(line, "id"), _analyzer.Analyse(Text(line, "text")), line.GetProperty("relevant").EnumerateArray().Select(r => r.GetString()!).ToHashSet());
}
