using ChatDesk.People;

namespace ChatDesk.Desk.Shell;

/// <summary>The links of the header, in their order. A page that should be found there adds its line here.</summary>
internal static class DeskLinks
{
    public static IReadOnlyList<DeskLink> All { get; } =
    [
        new("/desk", "Nav.Desk", DeskPolicies.Desk),
        new("/desk/cases", "Nav.Cases", DeskPolicies.Desk),
        new("/desk/dashboard", "Nav.Dashboard", DeskPolicies.Supervisor),
        new("/desk/promises", "Nav.Promises", DeskPolicies.Supervisor),
        new("/desk/hours", "Nav.Hours", DeskPolicies.Editor),
        new("/desk/people", "Nav.People", DeskPolicies.Administrator),
        new("/desk/audit", "Nav.Audit", DeskPolicies.Supervisor),
    ];
}

/// <param name="Address">Where it leads.</param>
/// <param name="Text">The key of its word in <see cref="DeskText"/>.</param>
/// <param name="Policy">Who sees it: the policy of the page.</param>
internal sealed record DeskLink(string Address, string Text, string Policy);
