using System.Globalization;
using System.Text;
using ChatDesk.Cases.Model;

namespace ChatDesk.Cases.Officers;

/// <summary>
/// Cases as CSV (RFC 4180) that a spreadsheet opens right: UTF-8 with BOM for Thai, and no text that it would take for a
/// formula. Who filed a case is never in it.
/// </summary>
internal sealed class CaseCsv : IAsyncDisposable
{
    private static readonly string[] Columns =
    [
        "number", "kind", "topic", "state", "urgency", "summary", "what", "place", "day", "wish", "unit", "officer", "opened_at", "changed_at", "answer_due", "decided_at", "outcome", "reopened",
    ];

    private readonly StreamWriter _to;

    public CaseCsv(Stream to)
    {
        _to = new StreamWriter(to, new UTF8Encoding(encoderShouldEmitUTF8Identifier: true), leaveOpen: true) { NewLine = "\r\n" };
        _to.WriteLine(string.Join(',', Columns));
    }

    public Task WriteAsync(Case row, CancellationToken stopping) => _to.WriteLineAsync(Line(
        row.Number, row.Kind.ToString(), row.Topic, row.State.ToString(), row.Urgency.ToString(), row.Summary, row.What, row.Place, row.Day, row.Wish, row.Unit, row.OfficerName,
        Time(row.OpenedAt), Time(row.ChangedAt), Time(row.AnswerDue), Time(row.DecidedAt), row.Outcome, row.Reopened.ToString(CultureInfo.InvariantCulture)).AsMemory(), stopping);

    public ValueTask DisposeAsync() => _to.DisposeAsync();

    internal static string Line(params ReadOnlySpan<string?> cells)
    {
        var line = new StringBuilder();
        foreach (var cell in cells) line.Append(line.Length == 0 ? "" : ",").Append(Cell(cell));
        return line.ToString();
    }

    /// <summary>A cell in quotes; what begins as a formula would, also behind spaces, gets an apostrophe before it.</summary>
    private static string Cell(string? text)
    {
        text ??= "";
        var first = text.AsSpan().TrimStart();
        if (first.Length > 0 && (first[0] is '=' or '+' or '-' or '@' or '|' or '%' or '＝' or '＋' or '－' or '＠' || text[0] is '\t' or '\r' or '\n')) text = "'" + text;
        return $"\"{text.Replace("\"", "\"\"", StringComparison.Ordinal)}\"";
    }

    private static string? Time(DateTimeOffset? at) => at?.ToOffset(TimeSpan.FromHours(7)).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}
