using ChatDesk.Cases.Model;

namespace ChatDesk.Cases.Officers;

/// <summary>Turns a filter into a query. Everything from outside goes in as a value, never as a name.</summary>
internal static class CaseQueries
{
    private static readonly CaseState[] Over = [CaseState.Answered, CaseState.Fixed, CaseState.Rejected, CaseState.Closed];

    public static IQueryable<Case> Where(this IQueryable<Case> cases, CaseFilter filter, DateTimeOffset now)
    {
        if (filter.States is { } states) cases = cases.Where(c => states.Contains(c.State));
        if (filter.Kinds is { } kinds) cases = cases.Where(c => kinds.Contains(c.Kind));
        if (filter.AtLeast is CaseUrgency.High) cases = cases.Where(c => c.Urgency != CaseUrgency.Normal);
        if (filter.AtLeast is CaseUrgency.Danger) cases = cases.Where(c => c.Urgency == CaseUrgency.Danger);
        if (filter.Unit is { } unit) cases = cases.Where(c => c.Unit == unit);
        if (filter.Officer is { } officer) cases = officer.Length == 0 ? cases.Where(c => c.Officer == null) : cases.Where(c => c.Officer == officer);
        if (filter.OpenedFrom is { } from) cases = cases.Where(c => c.OpenedAt >= from);
        if (filter.OpenedBefore is { } before) cases = cases.Where(c => c.OpenedAt < before);
        if (filter.Overdue) cases = cases.Where(c => c.LookDue < now || c.AnswerDue < now || c.ProgressDue < now);
        foreach (var word in CaseSearch.Words(filter.Search)) cases = cases.Where(c => c.Search.Contains(word));
        return cases;
    }

    public static IQueryable<Case> InOrder(this IQueryable<Case> cases, CaseOrderBy order) => order switch
    {
        CaseOrderBy.Newest => cases.OrderByDescending(c => c.OpenedAt).ThenByDescending(c => c.Id),
        CaseOrderBy.Changed => cases.OrderByDescending(c => c.ChangedAt).ThenByDescending(c => c.Id),
        _ => cases.OrderBy(c => Over.Contains(c.State))
            .ThenBy(c => c.Urgency == CaseUrgency.Danger ? 0 : c.Urgency == CaseUrgency.High ? 1 : 2)
            .ThenBy(c => c.AnswerDue == null).ThenBy(c => c.AnswerDue).ThenBy(c => c.Id),
    };
}
