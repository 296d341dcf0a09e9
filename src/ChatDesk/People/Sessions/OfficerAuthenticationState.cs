using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;

namespace ChatDesk.People.Sessions;

/// <summary>Who is signed in, for components. In a live circuit it changes to nobody when the session ends.</summary>
internal sealed class OfficerAuthenticationState : ServerAuthenticationStateProvider, IDisposable
{
    private static readonly AuthenticationState Nobody = new(new ClaimsPrincipal(new ClaimsIdentity()));

    private readonly OfficerSessions _sessions;
    private IDisposable? _watch;

    public OfficerAuthenticationState(OfficerSessions sessions)
    {
        _sessions = sessions;
        AuthenticationStateChanged += Follow;
    }

    public void Dispose()
    {
        AuthenticationStateChanged -= Follow;
        _watch?.Dispose();
    }

    private async void Follow(Task<AuthenticationState> changing)
    {
        var principal = (await changing).User;
        _watch?.Dispose();
        if (OfficerIdentity.From(principal) is null) return;
        _watch = _sessions.Watch(principal, () => SetAuthenticationState(Task.FromResult(Nobody)));
    }
}
