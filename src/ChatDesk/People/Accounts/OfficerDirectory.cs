using ChatDesk.Data;
using ChatDesk.People.Audit;
using ChatDesk.People.SignIn;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ChatDesk.People.Accounts;

/// <summary>What an administrator does with the people of the own agency. Another agency's account is not found, whatever id is named.</summary>
internal sealed class OfficerDirectory(DeskDatabase database, UserManager<Officer> accounts, SecondFactor secondFactor, OfficerInvites invites, AuditLog audit, TimeProvider time)
{
    public const int LongestName = 100;

    /// <summary>The people of an agency by name.</summary>
    public async Task<IReadOnlyList<Officer>> ListAsync(string agency)
    {
        await using var context = database.Open(agency);
        return await context.Set<Officer>().AsNoTracking().OrderBy(o => o.Disabled).ThenBy(o => o.DisplayName).ThenBy(o => o.Id).ToListAsync();
    }

    /// <returns>Null when the agency has no such account.</returns>
    public async Task<Officer?> FindAsync(string agency, string officerId)
    {
        await using var context = database.Open(agency);
        return await context.Set<Officer>().AsNoTracking().FirstOrDefaultAsync(o => o.Id == officerId);
    }

    /// <summary>Adds an account without a password.</summary>
    /// <returns>The word of its one-time link, or what is wrong with the names.</returns>
    public async Task<(Officer? Officer, string? Token, IReadOnlyList<string> Faults)> AddAsync(OfficerIdentity by, string userName, OfficerDetails details)
    {
        var officer = new Officer { Agency = by.Agency, UserName = userName.Trim(), DisplayName = "", CreatedAt = time.GetUtcNow() };
        if (!details.PutInto(officer)) return (null, null, ["InvalidDisplayName"]);
        var made = await accounts.CreateAsync(officer);
        if (!made.Succeeded) return (null, null, [.. made.Errors.Select(e => e.Code)]);
        await audit.WriteAsync(by, "officer.add", Subject(officer), new { user = officer.UserName, role = officer.Role.ToString() });
        return (officer, await invites.IssueAsync(officer.Agency, officer.Id), []);
    }

    /// <summary>Changes name, role, units, languages and capacity. A change of role ends the officer's sessions.</summary>
    public async Task<IReadOnlyList<string>> ChangeAsync(OfficerIdentity by, string officerId, OfficerDetails details)
    {
        if (await OwnAsync(by, officerId) is not { } officer) return ["NoSuchOfficer"];
        var before = officer.Role;
        if (before == OfficerRole.Administrator && details.Role != before && await IsLastAdministratorAsync(officer)) return ["LastAdministrator"];
        if (!details.PutInto(officer)) return ["InvalidDisplayName"];
        var saved = officer.Role == before ? await accounts.UpdateAsync(officer) : await accounts.UpdateSecurityStampAsync(officer);
        if (!saved.Succeeded) return [.. saved.Errors.Select(e => e.Code)];
        await audit.WriteAsync(by, "officer.change", Subject(officer), new { role = officer.Role.ToString(), before = before.ToString(), officer.Units, officer.Languages, officer.Capacity });
        return [];
    }

    /// <summary>Closes or opens an account. Closing ends its sessions.</summary>
    public async Task<IReadOnlyList<string>> DisableAsync(OfficerIdentity by, string officerId, bool disabled)
    {
        if (await OwnAsync(by, officerId) is not { } officer) return ["NoSuchOfficer"];
        if (disabled && await IsLastAdministratorAsync(officer)) return ["LastAdministrator"];
        officer.Disabled = disabled;
        await accounts.UpdateSecurityStampAsync(officer);
        await audit.WriteAsync(by, disabled ? "officer.disable" : "officer.enable", Subject(officer));
        return [];
    }

    /// <summary>Takes the password and the authenticator app away, ends the sessions, and gives a link for a new password.</summary>
    /// <returns>The word of the link, or null when the agency has no such account.</returns>
    public async Task<string?> ResetAsync(OfficerIdentity by, string officerId)
    {
        if (await OwnAsync(by, officerId) is not { } officer) return null;
        officer.PasswordHash = null;
        await secondFactor.TurnOffAsync(officer);
        await audit.WriteAsync(by, "officer.reset", Subject(officer));
        return await invites.IssueAsync(officer.Agency, officer.Id);
    }

    private async Task<Officer?> OwnAsync(OfficerIdentity by, string officerId) =>
        await accounts.FindByIdAsync(officerId) is { } officer && officer.Agency == by.Agency ? officer : null;

    /// <summary>An agency without an administrator could never get one back.</summary>
    private async Task<bool> IsLastAdministratorAsync(Officer officer)
    {
        if (officer.Role != OfficerRole.Administrator || officer.Disabled) return false;
        await using var context = database.Open(officer.Agency);
        return !await context.Set<Officer>().AnyAsync(o => o.Id != officer.Id && o.Role == OfficerRole.Administrator && !o.Disabled);
    }

    private static string Subject(Officer officer) => $"officer/{officer.Id}";
}

/// <summary>What an administrator writes about an officer.</summary>
internal sealed record OfficerDetails(string DisplayName, OfficerRole Role, string? Units, string? Languages, int Capacity)
{
    public const int MostCapacity = 50;

    /// <returns>False, with nothing changed, when the name is missing or too long.</returns>
    public bool PutInto(Officer officer)
    {
        var name = DisplayName.Trim();
        if (name.Length is 0 or > OfficerDirectory.LongestName || name.Any(char.IsControl) || !Enum.IsDefined(Role)) return false;
        (officer.DisplayName, officer.Role) = (name, Role);
        (officer.Units, officer.Languages) = (WordList.Read(Units), WordList.Read(Languages));
        officer.Capacity = Math.Clamp(Capacity, 1, MostCapacity);
        return true;
    }
}
