using ChatDesk.Data;
using ChatDesk.People.Sessions;
using Microsoft.AspNetCore.Identity;
using Microsoft.AspNetCore.Identity.EntityFrameworkCore;

namespace ChatDesk.People.Accounts;

/// <summary>
/// Identity's accounts in the desk's database. Sees every agency, because who signs in is known only afterwards; pages
/// never query through it. Every saved change asks the officer's sessions whether they still hold.
/// </summary>
internal sealed class OfficerStore(DeskDatabase database, OfficerSessions sessions)
    : UserOnlyStore<Officer, DeskContext, string>(database.OpenForAll()), IDisposable
{
    public override async Task<IdentityResult> UpdateAsync(Officer user, CancellationToken cancellationToken = default)
    {
        var result = await base.UpdateAsync(user, cancellationToken);
        if (result.Succeeded) await sessions.ChangedAsync();
        return result;
    }

    void IDisposable.Dispose()
    {
        Dispose();
        Context.Dispose();
    }
}
