using ChatDesk.Cases.Model;

namespace ChatDesk.Cases.Officers;

/// <summary>One line of the list.</summary>
internal sealed record CaseRow(
    long Id, string Number, CaseKind Kind, string? Topic, CaseState State, CaseUrgency Urgency, string? UrgencyWhy, string Summary, string? Place, string? Unit,
    string? OfficerName, DateTimeOffset OpenedAt, DateTimeOffset ChangedAt, DateTimeOffset? LookDue, DateTimeOffset? AnswerDue, DateTimeOffset? ProgressDue, int Reopened, bool Protected)
{
    public static CaseRow Of(Case row) => new(
        row.Id, row.Number, row.Kind, row.Topic, row.State, row.Urgency, row.UrgencyWhy, row.Summary, row.Place, row.Unit,
        row.OfficerName, row.OpenedAt, row.ChangedAt, row.LookDue, row.AnswerDue, row.ProgressDue, row.Reopened, row.Protected);

    public bool IsOverdue(DateTimeOffset now) => LookDue < now || AnswerDue < now || ProgressDue < now;
}

/// <summary>A page of the list.</summary>
/// <param name="Rows">In order.</param>
/// <param name="Total">How many there are in all.</param>
internal sealed record CaseRows(IReadOnlyList<CaseRow> Rows, int Total);

/// <summary>A case as an officer may see it.</summary>
/// <param name="Case">The case; who filed it is left out where <paramref name="Hidden"/>.</param>
/// <param name="Timeline">Its events, oldest first.</param>
/// <param name="May">What this officer may do now.</param>
/// <param name="Hidden">True when who filed it is not for this officer's eyes.</param>
/// <param name="FilesFrom">Agency and channel that the contact's files came by, also when that is hidden on the page; null when the contact can send none.</param>
internal sealed record CaseDetailView(Case Case, IReadOnlyList<CaseLine> Timeline, IReadOnlyList<CaseDeed> May, bool Hidden, (string Agency, string Channel)? FilesFrom);

/// <summary>One line of a case's timeline.</summary>
internal sealed record CaseLine(int Number, CaseDeed Deed, CaseParty By, string? AuthorName, DateTimeOffset At, CaseDetail Detail, TellState Told);

/// <summary>A case that may be about the same matter.</summary>
/// <param name="Row">The other case.</param>
/// <param name="Likeness">0 to 1.</param>
internal sealed record SimilarCase(CaseRow Row, double Likeness);
