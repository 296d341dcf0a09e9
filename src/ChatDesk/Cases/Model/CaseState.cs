using System.Text.Json.Serialization;

namespace ChatDesk.Cases.Model;

/// <summary>Where a case stands. Stored by name: never rename a member. Which may follow which stands in <see cref="CaseMoves"/>.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CaseState>))]
internal enum CaseState
{
    Received,
    Assessing,
    WithUnit,

    /// <summary>The contact was asked something; the clocks stand still.</summary>
    WaitingForCitizen,
    Answered,
    Fixed,
    Rejected,
    Reopened,
    Closed,
}

internal static class CaseStates
{
    /// <summary>The office has said its last word, and the contact may contest it.</summary>
    public static bool IsDecided(this CaseState state) => state is CaseState.Answered or CaseState.Fixed or CaseState.Rejected;

    /// <summary>Nobody at the office owes anything: decided or closed.</summary>
    public static bool IsOver(this CaseState state) => state == CaseState.Closed || state.IsDecided();
}
