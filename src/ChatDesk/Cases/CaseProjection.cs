using System.Text.Json;
using ChatDesk.Cases.Model;
using ChatDesk.Cases.Rules;

namespace ChatDesk.Cases;

/// <summary>What the events of a case add up to. Pure: the same events give the same row, one at a time or all at once.</summary>
internal static class CaseProjection
{
    /// <summary>How long a decision may be contested (domain: reopening within 30 days).</summary>
    public static readonly TimeSpan ContestTime = TimeSpan.FromDays(30);

    /// <summary>The row that these events of one case add up to.</summary>
    /// <param name="id">The row's id.</param>
    /// <param name="key">What opened it.</param>
    /// <param name="events">All of them, in order.</param>
    /// <param name="basis">The agency's calendar and targets, for the clocks.</param>
    /// <exception cref="InvalidOperationException">The events have a gap or do not begin with the opening.</exception>
    public static Case Rebuild(long id, string key, IReadOnlyList<CaseEvent> events, CaseBasis basis)
    {
        if (events.Count == 0 || events[0].Deed != CaseDeed.Open) throw new InvalidOperationException($"case {id} does not begin with its opening");
        var row = new Case { Id = id, Agency = events[0].Agency, Key = key };
        foreach (var one in events) Apply(row, one, basis);
        return row;
    }

    /// <summary>Takes the next event into the row.</summary>
    public static void Apply(Case row, CaseEvent one, CaseBasis basis)
    {
        if (one.Number != row.Events + 1) throw new InvalidOperationException($"case {row.Id} has {row.Events} events, and event {one.Number} follows");
        var detail = CaseDetail.Read(one.Detail);
        row.Events = one.Number;
        row.ChangedAt = one.At;
        if (one.Deed == CaseDeed.Open) Open(row, one, detail.Opening!, basis);
        else Move(row, one, detail, basis);
        CaseSearch.Index(row, detail);
    }

    /// <summary>The states a case came through, with the moment it came to each.</summary>
    public static List<Tracking.PublicStep> States(IReadOnlyList<CaseEvent> events)
    {
        var steps = new List<Tracking.PublicStep>();
        CaseState? beforeQuestion = null;
        foreach (var one in events)
        {
            var now = steps.Count == 0 ? CaseState.Received : steps[^1].State;
            var next = steps.Count == 0 ? now : CaseMoves.Find(now, one.Deed, one.By)?.Lead(now, beforeQuestion) ?? now;
            if (one.Deed == CaseDeed.Ask) beforeQuestion = now;
            if (steps.Count == 0 || next != now) steps.Add(new(next, one.At));
        }
        return steps;
    }

    private static void Open(Case row, CaseEvent one, CaseOpening opening, CaseBasis basis)
    {
        (row.Number, row.Code, row.Kind, row.Topic) = (opening.Number, opening.Code, opening.Kind, opening.Topic);
        (row.Summary, row.What, row.Place, row.Day, row.Wish) = (opening.Summary, opening.What, opening.Place, opening.Day, opening.Wish);
        (row.Latitude, row.Longitude) = (opening.Latitude, opening.Longitude);
        (row.Contact, row.Anonymous) = (opening.Contact, opening.Anonymous);
        row.Protected = opening.Anonymous || opening.Kind == CaseKind.Conduct;
        (row.Channel, row.Address, row.Language, row.Source) = (opening.Channel, opening.Address, opening.Language, opening.Source);
        if (opening.ToldIn is { } told) (row.ToldAgency, row.ToldChannel, row.ToldAddress) = told;
        row.Files = JsonSerializer.Serialize(opening.Files, CaseJson.Readable.IReadOnlyListString);
        row.Fields = JsonSerializer.Serialize(opening.Fields, CaseJson.Readable.IReadOnlyDictionaryStringString);
        row.State = CaseState.Received;
        row.OpenedAt = one.At;
        CaseClocks.Begin(basis, row.Kind, one.At).Show(row, basis.Hours.Calendar);
        if (!opening.Danger) return;
        (row.Urgency, row.UrgencyWhy) = (CaseUrgency.Danger, "danger");
    }

    private static void Move(Case row, CaseEvent one, CaseDetail detail, CaseBasis basis)
    {
        var move = CaseMoves.Find(row.State, one.Deed, one.By) ?? throw new InvalidOperationException($"case {row.Id}: {one.Deed} by {one.By} cannot follow {row.State}");
        var before = row.State;
        row.State = move.Lead(row.State, row.BeforeQuestion);
        if (one.Deed == CaseDeed.Ask) (row.BeforeQuestion, row.Question) = (before, detail.Text);
        else if (row.State != CaseState.WaitingForCitizen) (row.BeforeQuestion, row.Question) = (null, null);
        Note(row, one, detail);
        if (row.Clocks is { } clocks) CaseClocks.Read(clocks).After(one, before, row.State, basis.Hours.Calendar).Show(row, basis.Hours.Calendar);
        if (row.State == before) return;
        if (row.State.IsDecided()) (row.DecidedAt, row.ContestUntil, row.Outcome) = (one.At, one.At + ContestTime, detail.Text);
        else if (row.State == CaseState.Reopened) (row.DecidedAt, row.ContestUntil, row.Outcome, row.Reopened) = (null, null, null, row.Reopened + 1);
    }

    private static void Note(Case row, CaseEvent one, CaseDetail detail)
    {
        switch (one.Deed)
        {
            case CaseDeed.Assign:
                row.Unit = detail.Unit ?? row.Unit;
                if (detail.Officer is not null) (row.Officer, row.OfficerName) = (detail.Officer, detail.OfficerName);
                break;
            case CaseDeed.Triage:
                row.Urgency = detail.Urgency ?? row.Urgency;
                row.UrgencyWhy = detail.Urgency is null ? row.UrgencyWhy : detail.Why;
                row.Sentiment = detail.Sentiment ?? row.Sentiment;
                break;
            case CaseDeed.Merge:
                (row.MergedInto, row.Outcome) = (detail.Other, detail.OtherNumber);
                break;
            case CaseDeed.Reply or CaseDeed.Add when detail.Files is { Count: > 0 } added:
                var files = JsonSerializer.Deserialize(row.Files, CaseJson.Readable.IReadOnlyListString)!;
                row.Files = JsonSerializer.Serialize([.. files, .. added], CaseJson.Readable.IReadOnlyListString);
                break;
        }
    }
}
