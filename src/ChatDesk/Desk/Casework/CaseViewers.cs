using ChatDesk.Cases.Officers;
using ChatDesk.Cases.Rules;
using ChatDesk.People;

namespace ChatDesk.Desk.Casework;

/// <summary>Says what an officer of the desk may see of cases.</summary>
internal static class CaseViewers
{
    /// <summary>Protected cases are for supervisors and administrators of the protected unit; whoever has no unit answers for all of them.</summary>
    public static CaseViewer Of(OfficerIdentity officer, CaseRules rules) => new(
        officer.Id, officer.Name,
        officer.Role is OfficerRole.Supervisor or OfficerRole.Administrator && (officer.Units.Count == 0 || officer.Units.Contains(rules.ProtectedUnit)));
}
