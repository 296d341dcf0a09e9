using ChatDesk.People;
using ChatDesk.People.Accounts;

namespace ChatDesk.Desk.Administration;

/// <summary>What <c>OfficerFields</c> posts. Nothing else of an account can be set from outside.</summary>
internal sealed class OfficerForm
{
    public string? UserName { get; set; }

    public string? Name { get; set; }

    public string? Role { get; set; }

    public string? Units { get; set; }

    public string? Languages { get; set; }

    public int Capacity { get; set; } = Officer.DefaultCapacity;

    public OfficerDetails Details() => new(Name ?? "", Enum.TryParse<OfficerRole>(Role, out var role) ? role : OfficerRole.Officer, Units, Languages, Capacity);
}
