using System.Text.Encodings.Web;
using System.Text.Json;

namespace ChatDesk.Startup.Verbs;

/// <summary><c>-- ask</c>: runs each line of a file as the first message of a new contact, and prints how its turn ended.</summary>
internal static class AskVerb
{
    private const int AtOnce = 16;
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    public static async Task<int> RunAsync(string[] settings, string agency, FileInfo file, TextWriter to, TextWriter errors)
    {
        if (!file.Exists)
        {
            await errors.WriteLineAsync($"--file: {file.FullName} does not exist");
            return 2;
        }
        var texts = ReadTexts(file.FullName, errors, out var broken);
        await using var desk = await TerminalDesk.StartAsync(settings, agency);
        foreach (var batch in texts.Select((text, number) => (text, number)).Chunk(AtOnce))
        {
            foreach (var line in await Task.WhenAll(batch.Select(one => AskAsync(desk, $"asker-{one.number}", one.text)))) await to.WriteLineAsync(line);
        }
        return broken ? 1 : 0;
    }

    private static async Task<string> AskAsync(TerminalDesk desk, string contact, string text)
    {
        var answer = await desk.SayAsync(contact, text);
        return JsonSerializer.Serialize(
            new { text, outcome = answer.Outcome.Name, score = answer.Score, replies = answer.Replies.Select(r => r.PlainText) }, Readable);
    }

    private static List<string> ReadTexts(string path, TextWriter errors, out bool broken)
    {
        var texts = new List<string>();
        broken = false;
        var number = 0;
        foreach (var line in File.ReadLines(path))
        {
            number++;
            if (string.IsNullOrWhiteSpace(line)) continue;
            if (TextOf(line) is { } text)
            {
                texts.Add(text);
                continue;
            }
            broken = true;
            errors.WriteLine($"{path}:{number}: not a JSON object with a 'text' string -> write for example {{\"text\": \"...\"}}");
        }
        return texts;
    }

    private static string? TextOf(string line)
    {
        try
        {
            using var json = JsonDocument.Parse(line);
            return json.RootElement.ValueKind == JsonValueKind.Object && json.RootElement.TryGetProperty("text", out var text)
                && text.ValueKind == JsonValueKind.String ? text.GetString() : null;
        }
        catch (Exception fault) when (fault is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}
