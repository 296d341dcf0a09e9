using ChatDesk.Data;

namespace ChatDesk.Cases.Model;

/// <summary>One thing that was done to a case. Only ever added; the case's row can be rebuilt from its events alone.</summary>
internal sealed class CaseEvent : IOfAgency
{
    public long Id { get; init; }

    public required string Agency { get; init; }

    public long CaseId { get; set; }

    /// <summary>From 1, without a gap, in each case.</summary>
    public int Number { get; set; }

    public required CaseDeed Deed { get; init; }

    public required CaseParty By { get; init; }

    /// <summary>The officer's id and name as of then; null for contact and desk.</summary>
    public string? Author { get; init; }

    public string? AuthorName { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary><see cref="CaseDetail"/> as JSON.</summary>
    public required string Detail { get; init; }

    /// <summary>Names what brought it about, where that can come twice (an effect of a turn, a form sent twice); unique in the agency.</summary>
    public string? Key { get; init; }

    public TellState Told { get; set; }

    public DateTimeOffset? ToldAt { get; set; }
}

/// <summary>Whether the contact has to hear of an event. Stored as a number: never renumber.</summary>
internal enum TellState
{
    /// <summary>Nothing to tell, or nobody to tell it to (they look it up by number and code).</summary>
    Nothing = 0,

    /// <summary>To be brought into the conversation.</summary>
    Wanted = 1,

    /// <summary>In the ledger, which carries it from there.</summary>
    Told = 2,
}
