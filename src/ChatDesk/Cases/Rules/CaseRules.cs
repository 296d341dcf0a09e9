using ChatDesk.Cases.Model;
using ChatDesk.Hours;

namespace ChatDesk.Cases.Rules;

/// <summary>How an agency handles cases, in one version of its files.</summary>
internal sealed record CaseRules
{
    public required CaseTargets Targets { get; init; }

    public required IReadOnlyDictionary<CaseKind, CaseTargets> KindTargets { get; init; }

    public required CaseWords Words { get; init; }

    /// <summary>How many days back a similar case of the same person is suggested.</summary>
    public required int SimilarWithinDays { get; init; }

    public required int SurveyDays { get; init; }

    /// <summary>Whose supervisors may see who filed a protected case.</summary>
    public required string ProtectedUnit { get; init; }

    public CaseTargets TargetsOf(CaseKind kind) => KindTargets.GetValueOrDefault(kind, Targets);
}

/// <summary>How soon things are to be done, in business time.</summary>
/// <param name="FirstLook">An officer has looked at it.</param>
/// <param name="Answer">It is answered, put right or refused.</param>
/// <param name="Progress">Something was told to the contact.</param>
internal sealed record CaseTargets(TimeSpan FirstLook, TimeSpan Answer, TimeSpan Progress);

/// <summary>What everything about an agency's cases is reckoned from.</summary>
internal sealed record CaseBasis(CaseRules Rules, AgencyHours Hours);

/// <summary>Gives the live version of an agency's basis.</summary>
/// <exception cref="KeyNotFoundException">The agency is not configured.</exception>
internal delegate CaseBasis CaseBasisOf(string agency);

/// <summary>Whose cases this desk keeps.</summary>
/// <param name="Ids">The agencies' ids.</param>
/// <param name="Loaded">Ends when the content of all of them can be asked for.</param>
internal sealed record CaseAgencies(IReadOnlyList<string> Ids, Task Loaded);
