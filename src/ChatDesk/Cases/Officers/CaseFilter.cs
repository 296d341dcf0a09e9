using ChatDesk.Cases.Model;

namespace ChatDesk.Cases.Officers;

/// <summary>Which cases to list. What is null does not narrow the list.</summary>
internal sealed record CaseFilter
{
    public static readonly CaseFilter All = new();

    public IReadOnlyList<CaseState>? States { get; init; }

    public IReadOnlyList<CaseKind>? Kinds { get; init; }

    public CaseUrgency? AtLeast { get; init; }

    public string? Unit { get; init; }

    /// <summary>An officer's id; an empty text lists those that nobody has.</summary>
    public string? Officer { get; init; }

    /// <summary>Only those whose first look, answer or progress note is overdue now.</summary>
    public bool Overdue { get; init; }

    public DateTimeOffset? OpenedFrom { get; init; }

    public DateTimeOffset? OpenedBefore { get; init; }

    /// <summary>Words that must all stand somewhere in the case; Thai needs no spaces.</summary>
    public string? Search { get; init; }

    public CaseOrderBy Order { get; init; }
}

/// <summary>How a list is ordered: a closed list, never a column's name from outside.</summary>
internal enum CaseOrderBy
{
    /// <summary>Danger, then urgent, then what is due first.</summary>
    Work,
    Newest,
    Changed,
}
