using ChatDesk.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;

namespace ChatDesk.People.Accounts;

/// <summary>
/// Who can sign in to a desk that nobody has signed in to yet: in the demo one of each role, whose passwords stand on the
/// sign-in page; otherwise nobody, and a one-time word is printed with which the first administrator makes an account.
/// </summary>
internal sealed class FirstOfficers(DeskDatabase database, UserManager<Officer> accounts, OfficerInvites invites, PeopleOptions options, TimeProvider time)
{
    /// <summary>The officers of the demo: user name, password, name, role.</summary>
    public static IReadOnlyList<DemoOfficer> Demo { get; } =
    [
        new("somchai", "somchai-at-the-desk", "สมชาย ใจดี", OfficerRole.Officer, "permits"),
        new("suda", "suda-at-the-desk", "สุดา แก้วใส", OfficerRole.Officer, "complaints"),
        new("wipa", "wipa-leads-the-desk", "วิภา ศรีสุข", OfficerRole.Supervisor, ""),
        new("nida", "nida-writes-for-the-desk", "นิดา เรียบเรียง", OfficerRole.Editor, ""),
        new("anong", "anong-runs-the-desk", "อนงค์ ทองดี", OfficerRole.Administrator, ""),
    ];

    /// <summary>Prepares every agency. Outside the demo the officers of the demo are closed, should they be there.</summary>
    /// <returns>The agencies without an administrator, each with the word to begin with.</returns>
    public async Task<IReadOnlyList<(string Agency, string Token)>> PrepareAsync()
    {
        await database.InTurnAsync(options.IsDemo ? SeedAllAsync : CloseDemoAsync);
        var waiting = new List<(string, string)>();
        foreach (var agency in options.Agencies)
        {
            await using var context = database.Open(agency);
            if (!await context.Set<Officer>().AnyAsync(o => o.Role == OfficerRole.Administrator && !o.Disabled))
                waiting.Add((agency, await invites.IssueAsync(agency, officerId: null)));
        }
        return waiting;
    }

    private async Task SeedAllAsync()
    {
        foreach (var one in Demo) await SeedAsync(one);
    }

    private async Task SeedAsync(DemoOfficer demo)
    {
        if (await accounts.FindByNameAsync(demo.UserName) is { } there)
        {
            if (!there.IsDemo || !there.Disabled) return;
            there.Disabled = false;
            await accounts.UpdateSecurityStampAsync(there);
            return;
        }
        var officer = new Officer
        {
            Agency = options.Agencies[0],
            UserName = demo.UserName,
            DisplayName = demo.Name,
            Role = demo.Role,
            Units = WordList.Read(demo.Units),
            Languages = ["th", "en"],
            IsDemo = true,
            CreatedAt = time.GetUtcNow(),
        };
        // Not by the rules for passwords: these are published.
        officer.PasswordHash = accounts.PasswordHasher.HashPassword(officer, demo.Password);
        await accounts.CreateAsync(officer);
    }

    private async Task CloseDemoAsync()
    {
        foreach (var officer in await accounts.Users.Where(o => o.IsDemo && !o.Disabled).ToListAsync())
        {
            officer.Disabled = true;
            await accounts.UpdateSecurityStampAsync(officer);
        }
    }
}

/// <summary>An officer of the demo.</summary>
internal sealed record DemoOfficer(string UserName, string Password, string Name, OfficerRole Role, string Units);
