using ChatDesk.Cases.Model;

namespace ChatDesk.Cases;

/// <summary>What somebody wants done to a case.</summary>
internal sealed record CaseOrder(CaseDeed Deed, CaseParty By)
{
    public CaseDetail Detail { get; init; } = CaseDetail.None;

    /// <summary>The officer's id and name; null for contact and desk.</summary>
    public string? Author { get; init; }

    public string? AuthorName { get; init; }

    /// <summary>Set where the same order can come twice; the second is not carried out again.</summary>
    public string? Key { get; init; }

    /// <summary>How many events the case had when it was looked at; set, the order is refused if somebody has done something since.</summary>
    public int? Seen { get; init; }
}
