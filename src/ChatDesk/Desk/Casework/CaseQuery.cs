using System.Globalization;
using System.Text;
using ChatDesk.Cases.Model;
using ChatDesk.Cases.Officers;
using ChatDesk.Hours.Calendars;
using ChatDesk.People;

namespace ChatDesk.Desk.Casework;

/// <summary>The list as an address: what is searched, which filters, which page. A view that somebody saves is such an address.</summary>
internal sealed record CaseQuery
{
    public const string Mine = "me";
    public const string Nobody = "none";
    public const string Undone = "open";
    public const string Decided = "decided";
    public const string Any = "all";

    /// <summary>As far back as a list can be narrowed without a calendar to click on.</summary>
    public static readonly IReadOnlyList<string> Spans = ["today", "week", "month", "fiscal"];

    private static readonly CaseState[] UndoneStates = [CaseState.Received, CaseState.Assessing, CaseState.WithUnit, CaseState.WaitingForCitizen, CaseState.Reopened];
    private static readonly CaseState[] DecidedStates = [CaseState.Answered, CaseState.Fixed, CaseState.Rejected];

    public string? Search { get; init; }

    /// <summary><see cref="Undone"/>, <see cref="Decided"/>, <see cref="Any"/> or the name of one state.</summary>
    public string State { get; init; } = Undone;

    public CaseKind? Kind { get; init; }

    public CaseUrgency? AtLeast { get; init; }

    public string? Unit { get; init; }

    /// <summary><see cref="Mine"/>, <see cref="Nobody"/> or an officer's id.</summary>
    public string? Officer { get; init; }

    public bool Late { get; init; }

    /// <summary>One of <see cref="Spans"/>.</summary>
    public string? Since { get; init; }

    public CaseOrderBy Order { get; init; }

    public int Page { get; init; } = 1;

    /// <summary>Never fails: what it does not know it leaves out.</summary>
    public static CaseQuery Read(IQueryCollection query) => new()
    {
        Search = Text(query, "q"),
        State = Text(query, "state") is { } state && (state is Decided or Any || Enum.TryParse<CaseState>(state, out _)) ? state : Undone,
        Kind = Enum.TryParse<CaseKind>(Text(query, "kind"), out var kind) && Enum.IsDefined(kind) ? kind : null,
        AtLeast = Enum.TryParse<CaseUrgency>(Text(query, "urgency"), out var urgency) && urgency is CaseUrgency.High or CaseUrgency.Danger ? urgency : null,
        Unit = Text(query, "unit"),
        Officer = Text(query, "officer"),
        Late = Text(query, "late") == "1",
        Since = Text(query, "since") is { } since && Spans.Contains(since) ? since : null,
        Order = Enum.TryParse<CaseOrderBy>(Text(query, "order"), out var order) && Enum.IsDefined(order) ? order : CaseOrderBy.Work,
        Page = int.TryParse(Text(query, "page"), NumberStyles.None, CultureInfo.InvariantCulture, out var page) && page is > 0 and < 100_000 ? page : 1,
    };

    /// <summary>The query of an address, without the question mark; empty for the list as it opens.</summary>
    public string Write()
    {
        var query = new StringBuilder();
        Add(query, "q", Search);
        Add(query, "state", State == Undone ? null : State);
        Add(query, "kind", Kind?.ToString());
        Add(query, "urgency", AtLeast?.ToString());
        Add(query, "unit", Unit);
        Add(query, "officer", Officer);
        Add(query, "late", Late ? "1" : null);
        Add(query, "since", Since);
        Add(query, "order", Order == CaseOrderBy.Work ? null : Order.ToString());
        Add(query, "page", Page == 1 ? null : Page.ToString(CultureInfo.InvariantCulture));
        return query.ToString();
    }

    public string Address(string path = "/desk/cases") => Write() is { Length: > 0 } query ? $"{path}?{query}" : path;

    /// <summary>Narrowed by something else than where it stands in its life.</summary>
    public bool IsNarrow => Search is not null || Kind is not null || AtLeast is not null || Unit is not null || Officer is not null || Late || Since is not null;

    public CaseFilter Filter(OfficerIdentity me, BusinessCalendar calendar, DateTimeOffset now) => new()
    {
        States = State switch
        {
            Undone => UndoneStates,
            Decided => DecidedStates,
            Any => null,
            _ => [Enum.Parse<CaseState>(State)],
        },
        Kinds = Kind is { } kind ? [kind] : null,
        AtLeast = AtLeast,
        Unit = Unit,
        Officer = Officer switch { Mine => me.Id, Nobody => "", var other => other },
        Overdue = Late,
        OpenedFrom = Since is null ? null : From(Since, calendar, calendar.DateOf(now)),
        Search = Search,
        Order = Order,
    };

    /// <summary>The fiscal year of the Thai government begins on 1 October.</summary>
    private static DateTimeOffset From(string since, BusinessCalendar calendar, DateOnly today)
    {
        var day = since switch
        {
            "week" => today.AddDays(-6),
            "month" => new DateOnly(today.Year, today.Month, 1),
            "fiscal" => new DateOnly(today.Month >= 10 ? today.Year : today.Year - 1, 10, 1),
            _ => today,
        };
        var midnight = day.ToDateTime(TimeOnly.MinValue);
        return new DateTimeOffset(midnight, calendar.Zone.GetUtcOffset(midnight));
    }

    private static void Add(StringBuilder query, string name, string? value)
    {
        if (value is null) return;
        query.Append(query.Length == 0 ? "" : "&").Append(name).Append('=').Append(Uri.EscapeDataString(value));
    }

    private static string? Text(IQueryCollection query, string name) => query[name].ToString().Trim() is { Length: > 0 and <= 200 } text ? text : null;
}
