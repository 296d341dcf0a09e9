using System.Text.Encodings.Web;
using System.Text.Json;
using ChatDesk.Knowledge;

namespace ChatDesk.Conversations;

/// <summary>What an answer was based on, as it is stored with the turn: the masked query, the candidates and their scores. Unanswered questions are mined from it.</summary>
internal static class KnowledgeEvidence
{
    private static readonly JsonWriterOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static string Write(KnowledgeAnswer answer)
    {
        using var buffer = new MemoryStream();
        using (var json = new Utf8JsonWriter(buffer, Readable))
        {
            json.WriteStartObject();
            json.WriteString("query", answer.Query);
            json.WriteString("outcome", answer.Outcome.ToString());
            if (answer.Kind is not null) json.WriteString("kind", answer.Kind);
            if (answer.Signs.Count > 0) json.WriteString("signs", string.Join(' ', answer.Signs));
            json.WriteNumber("score", Math.Round(answer.Score, 4));
            json.WriteStartObject("candidates");
            foreach (var candidate in answer.Candidates.DistinctBy(c => c.Id)) json.WriteNumber(candidate.Id, Math.Round(candidate.Score, 4));
            json.WriteEndObject();
            json.WriteEndObject();
        }
        return System.Text.Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }
}
