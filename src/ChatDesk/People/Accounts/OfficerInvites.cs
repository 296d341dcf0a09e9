using System.Security.Cryptography;
using System.Text;
using ChatDesk.Data;
using ChatDesk.People.Audit;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ChatDesk.People.Accounts;

/// <summary>Makes and redeems one-time links. The link is shown once; only its hash is kept.</summary>
internal sealed class OfficerInvites(DeskDatabase database, UserManager<Officer> accounts, AuditLog audit, TimeProvider time)
{
    /// <summary>An officer's link holds so long.</summary>
    public static readonly TimeSpan Life = TimeSpan.FromDays(3);

    /// <param name="agency">Whose desk.</param>
    /// <param name="officerId">Whose password the link sets; null for the first administrator.</param>
    /// <returns>The word for the link; earlier words for the same purpose no longer hold.</returns>
    public async Task<string> IssueAsync(string agency, string? officerId)
    {
        var token = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        await using var context = database.Open(agency);
        await using var transaction = await context.Database.BeginTransactionAsync();
        await context.Set<OfficerInvite>().Where(i => i.OfficerId == officerId).ExecuteDeleteAsync();
        context.Add(new OfficerInvite { TokenHash = Hash(token), Agency = agency, OfficerId = officerId, EndsAt = time.GetUtcNow() + Life });
        await context.SaveChangesAsync();
        await transaction.CommitAsync();
        return token;
    }

    /// <returns>Null when the word was never given, was used, or is too old.</returns>
    public async Task<OfficerInvite?> FindAsync(string? token)
    {
        if (string.IsNullOrWhiteSpace(token)) return null;
        var (hash, now) = (Hash(token.Trim()), time.GetUtcNow());
        await using var context = database.OpenForAll();
        return await context.Set<OfficerInvite>().AsNoTracking().FirstOrDefaultAsync(i => i.TokenHash == hash && i.EndsAt > now);
    }

    /// <summary>Sets the password of the invited account, and spends the word.</summary>
    /// <returns>The account, or the codes of what is wrong with the password.</returns>
    public async Task<(Officer? Officer, IReadOnlyList<string> Faults)> JoinAsync(string token, string password)
    {
        if (await FindAsync(token) is not { OfficerId: { } id } invite || await accounts.FindByIdAsync(id) is not { Disabled: false } officer) return (null, ["InviteSpent"]);
        if (await FaultsAsync(officer, password) is { Count: > 0 } faults) return (null, faults);
        if (!await SpendAsync(invite)) return (null, ["InviteSpent"]);
        officer.PasswordHash = accounts.PasswordHasher.HashPassword(officer, password);
        await accounts.UpdateSecurityStampAsync(officer);
        await audit.WriteAsync(officer.Agency, officer.Id, officer.DisplayName, "officer.password-set", $"officer/{officer.Id}");
        return (officer, []);
    }

    /// <summary>Makes the first administrator of the agency the word was printed for, and spends the word.</summary>
    public async Task<(Officer? Officer, IReadOnlyList<string> Faults)> BeginDeskAsync(string token, string userName, string displayName, string password)
    {
        if (await FindAsync(token) is not { OfficerId: null } invite) return (null, ["InviteSpent"]);
        var officer = new Officer
        {
            Agency = invite.Agency,
            UserName = userName.Trim(),
            DisplayName = displayName.Trim(),
            Role = OfficerRole.Administrator,
            CreatedAt = time.GetUtcNow(),
        };
        if (await FaultsAsync(officer, password) is { Count: > 0 } faults) return (null, faults);
        if (await NameFaultsAsync(officer) is { Count: > 0 } nameFaults) return (null, nameFaults);
        if (!await SpendAsync(invite)) return (null, ["InviteSpent"]);
        var made = await accounts.CreateAsync(officer, password);
        if (!made.Succeeded) return (null, [.. made.Errors.Select(e => e.Code)]);
        await audit.WriteAsync(officer.Agency, officer.Id, officer.DisplayName, "officer.first-administrator", $"officer/{officer.Id}");
        return (officer, []);
    }

    private async Task<IReadOnlyList<string>> FaultsAsync(Officer officer, string password)
    {
        var faults = new List<string>();
        foreach (var validator in accounts.PasswordValidators)
            faults.AddRange((await validator.ValidateAsync(accounts, officer, password)).Errors.Select(e => e.Code));
        return faults;
    }

    private async Task<IReadOnlyList<string>> NameFaultsAsync(Officer officer)
    {
        var faults = new List<string>();
        foreach (var validator in accounts.UserValidators)
            faults.AddRange((await validator.ValidateAsync(accounts, officer)).Errors.Select(e => e.Code));
        if (officer.DisplayName.Length is 0 or > OfficerDirectory.LongestName) faults.Add("InvalidDisplayName");
        return faults;
    }

    /// <returns>False when another request was first.</returns>
    private async Task<bool> SpendAsync(OfficerInvite invite)
    {
        await using var context = database.Open(invite.Agency);
        return await context.Set<OfficerInvite>().Where(i => i.TokenHash == invite.TokenHash).ExecuteDeleteAsync() == 1;
    }

    private static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));
}
