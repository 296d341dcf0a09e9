using System.Globalization;
using ChatDesk.Cases.Model;
using ChatDesk.Cases.Rules;
using ChatDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace ChatDesk.Cases.Open311;

/// <summary>
/// Cases as service requests. Public fields only: kind, state, times, the responsible unit and a place to about a hundred
/// metres; never what was told, who told it, or the office's words to them. Protected cases are not among them.
/// </summary>
internal sealed class Open311Requests(DeskDatabase database, CaseBook book, CaseBasisOf basisOf, TimeProvider time)
{
    public const int PageLimit = 1_000;

    /// <summary>Kinds that other systems may file; conduct of officers has its own, protected way.</summary>
    public static readonly IReadOnlyList<CaseKind> Services = [CaseKind.Complaint, CaseKind.Delay, CaseKind.Inspection, CaseKind.Suggestion];

    private static readonly CaseState[] Closed = [CaseState.Answered, CaseState.Fixed, CaseState.Rejected, CaseState.Closed];

    public static CaseKind? Service(string? code) => Services.Cast<CaseKind?>().FirstOrDefault(kind => Code(kind!.Value) == code);

    public static string Code(CaseKind kind) => kind.ToString().ToLowerInvariant();

    public IReadOnlyList<(string, object?)> Describe(string agency, CaseKind kind)
    {
        var words = basisOf(agency).Rules.Words;
        return
        [
            ("service_code", Code(kind)), ("service_name", words.Say(kind, "th")), ("description", words.Say(kind, "en")), ("metadata", false),
            ("type", "realtime"), ("keywords", ""), ("group", ""),
        ];
    }

    /// <summary>Opens a case for another system.</summary>
    public async Task<IReadOnlyList<(string, object?)>> FileAsync(string agency, CaseKind kind, Open311Report report, CancellationToken stopping)
    {
        var (key, now, basis) = (CaseNumber.NewKey(), time.GetUtcNow(), basisOf(agency));
        var due = basis.Hours.AnswerBy(now, Code(kind));
        var row = await book.OpenAsync(agency, key, new CaseOpening
        {
            Number = CaseNumber.Of(key),
            Code = CaseNumber.CodeOf(key),
            Kind = kind,
            Topic = Code(kind),
            Summary = report.Description.Length > 120 ? report.Description[..120] : report.Description,
            What = report.Description,
            Place = report.Address,
            Latitude = report.Latitude,
            Longitude = report.Longitude,
            Contact = report.Contact,
            Source = "open311",
            PromisedBy = due,
            PromiseRule = Code(kind),
            CalendarVersion = basis.Hours.Calendar.Version,
        }, stopping);
        var notice = basis.Rules.Words.Say("open311_notice", "th", ("number", row.Number), ("code", row.Code), ("until", basis.Hours.Words.Moment(due, "th")));
        return [("service_request_id", row.Number), ("token", key), ("service_notice", notice), ("account_id", "")];
    }

    /// <summary>The number behind a token; null when there is none.</summary>
    public async Task<string?> NumberOfAsync(string agency, string token, CancellationToken stopping)
    {
        await using var context = database.Open(agency);
        return await context.Set<Case>().Where(c => c.Key == token && c.Source == "open311").Select(c => c.Number).FirstOrDefaultAsync(stopping);
    }

    public async Task<IReadOnlyList<IReadOnlyList<(string, object?)>>> ListAsync(string agency, Open311Query query, CancellationToken stopping)
    {
        await using var context = database.Open(agency);
        var cases = context.Set<Case>().AsNoTracking().Where(c => !c.Protected && Services.Contains(c.Kind));
        if (query.Ids is { } ids) cases = cases.Where(c => ids.Contains(c.Number));
        if (query.Kinds is { } kinds) cases = cases.Where(c => kinds.Contains(c.Kind));
        if (query.From is { } from) cases = cases.Where(c => c.OpenedAt >= from);
        if (query.To is { } to) cases = cases.Where(c => c.OpenedAt <= to);
        if (query.Open is true) cases = cases.Where(c => !Closed.Contains(c.State));
        if (query.Open is false) cases = cases.Where(c => Closed.Contains(c.State));
        var rows = await cases.OrderByDescending(c => c.OpenedAt).Skip(query.Skip).Take(query.Take).ToListAsync(stopping);
        var basis = basisOf(agency);
        return [.. rows.Select(row => Show(row, basis))];
    }

    private static IReadOnlyList<(string, object?)> Show(Case row, CaseBasis basis) =>
    [
        ("service_request_id", row.Number),
        ("status", Closed.Contains(row.State) ? "closed" : "open"),
        ("status_notes", basis.Rules.Words.Say(row.State, "th")),
        ("service_name", basis.Rules.Words.Say(row.Kind, "th")),
        ("service_code", Code(row.Kind)),
        ("agency_responsible", row.Unit),
        ("requested_datetime", Moment(row.OpenedAt, basis)),
        ("updated_datetime", Moment(row.ChangedAt, basis)),
        ("expected_datetime", row.AnswerDue is { } due ? Moment(due, basis) : null),
        ("lat", row.Latitude is { } latitude ? Math.Round(latitude, 3) : null),
        ("long", row.Longitude is { } longitude ? Math.Round(longitude, 3) : null),
    ];

    private static string Moment(DateTimeOffset at, CaseBasis basis) => basis.Hours.Calendar.Local(at).ToString("yyyy-MM-dd'T'HH:mm:sszzz", CultureInfo.InvariantCulture);
}

/// <summary>What another system files.</summary>
internal sealed record Open311Report(string Description, string? Address, double? Latitude, double? Longitude, string? Contact);

/// <summary>Which requests to list.</summary>
internal sealed record Open311Query
{
    public IReadOnlyList<string>? Ids { get; init; }

    public IReadOnlyList<CaseKind>? Kinds { get; init; }

    public DateTimeOffset? From { get; init; }

    public DateTimeOffset? To { get; init; }

    public bool? Open { get; init; }

    public int Skip { get; init; }

    public int Take { get; init; } = Open311Requests.PageLimit;
}
