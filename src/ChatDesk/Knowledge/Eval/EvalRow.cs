using System.Text.Json;

namespace ChatDesk.Knowledge.Eval;

/// <summary>One labelled question: <c>{"text", "expect", "category"?, "masked"?}</c>, one a line.</summary>
/// <param name="Text">As somebody would type it.</param>
/// <param name="Expect">What is right; several when several are (written "a | b" in the file).</param>
/// <param name="Category">For the report only.</param>
/// <param name="Masked">Whether something in it must be hidden; null when it does not matter.</param>
internal sealed record EvalRow(string Text, IReadOnlyList<string> Expect, string Category, bool? Masked)
{
    /// <exception cref="FormatException">A line is not such a row; the message says which.</exception>
    public static IReadOnlyList<EvalRow> Read(string path) =>
        [.. File.ReadLines(path).Select((line, i) => (line, i)).Where(l => !string.IsNullOrWhiteSpace(l.line)).Select(l => Parse(l.line, l.i + 1))];

    private static EvalRow Parse(string line, int number)
    {
        try
        {
            var row = JsonDocument.Parse(line).RootElement;
            return new EvalRow(
                row.GetProperty("text").GetString()!,
                row.GetProperty("expect").GetString()!.Split('|', StringSplitOptions.TrimEntries | StringSplitOptions.RemoveEmptyEntries),
                row.TryGetProperty("category", out var category) ? category.GetString() ?? "all" : "all",
                row.TryGetProperty("masked", out var masked) ? masked.GetBoolean() : null);
        }
        catch (Exception error) when (error is JsonException or KeyNotFoundException or InvalidOperationException)
        {
            throw new FormatException($"Line {number} is not a row with text and expect: {error.Message}");
        }
    }

    /// <summary>True when no article or dialog would be right: the desk should not answer.</summary>
    public bool IsUnanswerable => Expect.Any(e => e is "refuse" or "handover" or "unknown") && !Expect.Any(EvalLabels.IsTopic);

    /// <summary>True when an article or a dialog is the only right thing.</summary>
    public bool IsAnswerable => Expect.All(EvalLabels.IsTopic);
}
