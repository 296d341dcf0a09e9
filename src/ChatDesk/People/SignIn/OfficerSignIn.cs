using ChatDesk.People.Audit;
using ChatDesk.People.Sessions;
using Microsoft.AspNetCore.Authentication;
using Microsoft.AspNetCore.Identity;

namespace ChatDesk.People.SignIn;

/// <summary>How a step of signing in ended.</summary>
internal enum SignInOutcome
{
    /// <summary>The session's cookie is on its way.</summary>
    SignedIn,

    /// <summary>The password was right, the code of the authenticator app is still to come.</summary>
    AwaitsCode,

    /// <summary>Name, password or code are wrong, or the account may not be used; never said which.</summary>
    Wrong,

    /// <summary>Too many tries; see <see cref="SignInResult.Wait"/>.</summary>
    MustWait,

    /// <summary>Five minutes passed since the password: begin again.</summary>
    TooLate,
}

/// <param name="Outcome">How it ended.</param>
/// <param name="Wait">How long to wait before the next try.</param>
internal sealed record SignInResult(SignInOutcome Outcome, TimeSpan Wait = default);

/// <summary>Signing in and out: password, then the code when the account has an authenticator app, then a session.</summary>
internal sealed class OfficerSignIn(
    UserManager<Officer> accounts, SecondFactor secondFactor, OfficerSessions sessions, SignInThrottle throttle, PasswordCost cost, OfficerCookies cookies, AuditLog audit)
{
    public async Task<SignInResult> WithPasswordAsync(HttpContext http, string userName, string password)
    {
        var account = accounts.NormalizeName(userName.Length > 256 ? userName[..256] : userName);
        var officer = await accounts.FindByNameAsync(account);
        var attempt = new SignInAttempt(account, Address(http), officer is null ? null : cookies.DeviceOf(http, officer.Id));
        var wait = await throttle.BeginAsync(attempt);
        if (wait > TimeSpan.Zero) return new(SignInOutcome.MustWait, wait);

        var right = await cost.RunAsync(() => IsRightAsync(officer, password));
        if (!right || officer!.Disabled)
        {
            await AuditAsync(officer, "sign-in.refused", http);
            return new(SignInOutcome.Wrong);
        }
        await throttle.SucceededAsync(attempt);
        if (officer.TwoFactorEnabled)
        {
            cookies.AwaitCode(http, officer);
            return new(SignInOutcome.AwaitsCode);
        }
        await BeginSessionAsync(http, officer, SessionProof.Password);
        return new(SignInOutcome.SignedIn);
    }

    /// <param name="http">The request, with the cookie of the first step.</param>
    /// <param name="code">A code of the app, or one of the recovery codes.</param>
    public async Task<SignInResult> WithCodeAsync(HttpContext http, string code)
    {
        if (cookies.Awaited(http) is not var (id, stamp) || await accounts.FindByIdAsync(id) is not { Disabled: false } officer || officer.SecurityStamp != stamp)
            return new(SignInOutcome.TooLate);
        // Whoever comes here knows the password; the count is the account's, and the right person's known browser has its own.
        var attempt = new SignInAttempt($"code {id}", "", cookies.DeviceOf(http, id));
        var wait = await throttle.BeginAsync(attempt);
        if (wait > TimeSpan.Zero) return new(SignInOutcome.MustWait, wait);
        if (await secondFactor.AcceptAsync(officer, code) is not { } proof)
        {
            await AuditAsync(officer, "sign-in.code-refused", http);
            return new(SignInOutcome.Wrong);
        }
        await throttle.SucceededAsync(attempt);
        cookies.ForgetAwaited(http);
        await BeginSessionAsync(http, officer, proof);
        return new(SignInOutcome.SignedIn);
    }

    /// <summary>Opens a session for an officer whose identity is proven, and ends the one this browser had.</summary>
    /// <param name="http">The request.</param>
    /// <param name="officer">Who it is.</param>
    /// <param name="proof">What proved it: one of <see cref="SessionProof"/>.</param>
    public async Task BeginSessionAsync(HttpContext http, Officer officer, string proof)
    {
        await sessions.EndAsync(http.User);
        var secret = await sessions.BeginAsync(officer, proof, Address(http), http.Request.Headers.UserAgent.ToString(), http.RequestAborted);
        await http.SignInAsync(DeskClaims.Scheme, OfficerPrincipal.ForCookie(secret), new AuthenticationProperties { IsPersistent = false });
        cookies.RememberDevice(http, officer.Id);
        await AuditAsync(officer, "sign-in", http, proof);
    }

    public async Task SignOutAsync(HttpContext http)
    {
        var officer = OfficerIdentity.From(http.User);
        await sessions.EndAsync(http.User);
        await http.SignOutAsync(DeskClaims.Scheme);
        if (officer is not null) await audit.WriteAsync(officer, "sign-out", $"officer/{officer.Id}");
    }

    private async Task<bool> IsRightAsync(Officer? officer, string password)
    {
        // An unknown name costs as much time as a known one, so that time does not tell which names exist.
        if (officer?.PasswordHash is not null) return await accounts.CheckPasswordAsync(officer, password);
        cost.Pretend(password);
        return false;
    }

    private Task AuditAsync(Officer? officer, string action, HttpContext http, string proof = "") => officer is null
        ? Task.CompletedTask
        : audit.WriteAsync(officer.Agency, officer.Id, officer.DisplayName, action, $"officer/{officer.Id}", new { from = Address(http), proof });

    private static string Address(HttpContext http) => http.Connection.RemoteIpAddress?.ToString() ?? "";
}
