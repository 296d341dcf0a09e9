using System.Buffers;
using System.Globalization;
using System.Text.Json;

namespace ChatDesk.Triage.AzureLanguage;

/// <summary>
/// Azure's field names, and nowhere else. Reads tolerantly: a field that is missing is a default, a field that is new is
/// passed over, so that another api-version does not stop the desk.
/// </summary>
internal static class AzureLanguageJson
{
    public static ReadOnlyMemory<byte> WriteSentiment(IReadOnlyList<AzureDocument> documents)
    {
        var buffer = new ArrayBufferWriter<byte>();
        using var json = new Utf8JsonWriter(buffer);
        json.WriteStartObject();
        json.WriteString("kind", "SentimentAnalysis");
        json.WriteStartObject("parameters");
        json.WriteString("modelVersion", "latest");
        json.WriteBoolean("loggingOptOut", true);
        json.WriteBoolean("opinionMining", true);
        json.WriteString("stringIndexType", "Utf16CodeUnit");
        json.WriteEndObject();
        json.WriteStartObject("analysisInput");
        json.WriteStartArray("documents");
        foreach (var document in documents)
        {
            json.WriteStartObject();
            json.WriteString("id", document.Id);
            json.WriteString("language", document.Language);
            json.WriteString("text", document.Text);
            json.WriteEndObject();
        }
        json.WriteEndArray();
        json.WriteEndObject();
        json.WriteEndObject();
        json.Flush();
        return buffer.WrittenMemory;
    }

    /// <returns>One answer per document that Azure spoke of.</returns>
    /// <exception cref="JsonException">This is no answer of the service.</exception>
    public static IReadOnlyList<AzureDocumentAnswer> ReadSentiment(ReadOnlyMemory<byte> answer)
    {
        using var json = JsonDocument.Parse(answer);
        if (Member(json.RootElement, "results") is not { ValueKind: JsonValueKind.Object } results) throw new JsonException("The answer has no results.");
        return [.. Items(results, "documents").Select(Document), .. Items(results, "errors").Select(Error)];
    }

    private static AzureDocumentAnswer Document(JsonElement document)
    {
        var sentences = Items(document, "sentences").ToList();
        return new AzureSentiment(Text(document, "id"), Text(document, "sentiment"), Scores(document), [.. sentences.Select(s => Sentence(s, sentences))]);
    }

    private static AzureDocumentAnswer Error(JsonElement entry)
    {
        var error = Member(entry, "error") ?? default;
        while (Member(error, "innererror") is { ValueKind: JsonValueKind.Object } inner) error = inner;
        return new AzureDocumentError(Text(entry, "id"), Text(error, "code"), Text(error, "message"));
    }

    private static AzureSentence Sentence(JsonElement sentence, List<JsonElement> all) => new(
        Text(sentence, "text"), Text(sentence, "sentiment"), Scores(sentence), Number(sentence, "offset"), Number(sentence, "length"),
        [.. Items(sentence, "targets").Select(target => Opinion(target, all))]);

    private static AzureOpinion Opinion(JsonElement target, List<JsonElement> sentences) => new(
        Span(target),
        [.. Items(target, "relations").Where(r => Text(r, "relationType") == "assessment").Select(r => Assessment(Text(r, "ref"), sentences)).OfType<AzureSpan>()]);

    /// <param name="pointer"><c>#/documents/0/sentences/1/assessments/0</c>; the document is the one at hand.</param>
    /// <param name="sentences">Of the document at hand.</param>
    private static AzureSpan? Assessment(string pointer, List<JsonElement> sentences)
    {
        if (pointer.Split('/') is not ["#", "documents", _, "sentences", var s, "assessments", var a]) return null;
        if (Index(s) is not { } sentence || Index(a) is not { } place || sentence >= sentences.Count) return null;
        return Items(sentences[sentence], "assessments").Skip(place).Select(Span).FirstOrDefault();
    }

    private static AzureSpan Span(JsonElement span) => new(
        Text(span, "text"), Text(span, "sentiment"), Scores(span), Number(span, "offset"), Number(span, "length"),
        Member(span, "isNegated") is { ValueKind: JsonValueKind.True or JsonValueKind.False } negated ? negated.GetBoolean() : null);

    private static AzureScores Scores(JsonElement of)
    {
        var scores = Member(of, "confidenceScores") ?? default;
        return new AzureScores(Share(scores, "positive") ?? 0, Share(scores, "neutral"), Share(scores, "negative") ?? 0);
    }

    private static JsonElement? Member(JsonElement of, string name) =>
        of.ValueKind == JsonValueKind.Object && of.TryGetProperty(name, out var member) ? member : null;

    private static IEnumerable<JsonElement> Items(JsonElement of, string name) =>
        Member(of, name) is { ValueKind: JsonValueKind.Array } list ? list.EnumerateArray() : [];

    private static string Text(JsonElement of, string name) => Member(of, name) is { ValueKind: JsonValueKind.String } text ? text.GetString()! : "";

    private static double? Share(JsonElement of, string name) => Member(of, name) is { ValueKind: JsonValueKind.Number } number ? number.GetDouble() : null;

    private static int Number(JsonElement of, string name) => Member(of, name) is { ValueKind: JsonValueKind.Number } number && number.TryGetInt32(out var value) ? value : 0;

    private static int? Index(string text) => int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var index) ? index : null;
}
