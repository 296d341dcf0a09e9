using ChatDesk.People.Audit;
using ChatDesk.People.SignIn;
using Microsoft.AspNetCore.Identity;

namespace ChatDesk.People.Accounts;

/// <summary>What officers do with their own account. Whatever makes it safer ends all its sessions; the browser that did it gets a new one.</summary>
internal sealed class OfficerAccount(UserManager<Officer> accounts, SecondFactor secondFactor, OfficerSignIn signIn, PasswordCost cost, SignInThrottle throttle, AuditLog audit)
{
    public async Task<Officer> OfAsync(OfficerIdentity who) =>
        await accounts.FindByIdAsync(who.Id) ?? throw new InvalidOperationException("the account is gone");

    /// <returns>Codes of what is wrong; empty when the password is changed.</returns>
    public async Task<IReadOnlyList<string>> ChangePasswordAsync(HttpContext http, OfficerIdentity who, string now, string next)
    {
        var officer = await OfAsync(who);
        if (!await KnowsPasswordAsync(officer, now)) return ["PasswordMismatch"];
        var changed = await accounts.ChangePasswordAsync(officer, now, next);
        if (!changed.Succeeded) return [.. changed.Errors.Select(e => e.Code).Distinct()];
        await audit.WriteAsync(who, "officer.password-change", $"officer/{who.Id}");
        await signIn.BeginSessionAsync(http, officer, officer.TwoFactorEnabled ? SessionProof.Authenticator : SessionProof.Password);
        return [];
    }

    /// <returns>The recovery codes, to be shown once; null when the code is wrong.</returns>
    public async Task<IReadOnlyList<string>?> TurnOnCodesAsync(HttpContext http, OfficerIdentity who, string proposal, string code)
    {
        var officer = await OfAsync(who);
        if (officer.TwoFactorEnabled || await secondFactor.TurnOnAsync(officer, proposal, code) is not { } recovery) return null;
        await audit.WriteAsync(who, "officer.authenticator-on", $"officer/{who.Id}");
        await signIn.BeginSessionAsync(http, officer, SessionProof.Authenticator);
        return recovery;
    }

    /// <returns>False when the password is wrong.</returns>
    public async Task<bool> TurnOffCodesAsync(HttpContext http, OfficerIdentity who, string password)
    {
        var officer = await OfAsync(who);
        if (!await KnowsPasswordAsync(officer, password)) return false;
        await secondFactor.TurnOffAsync(officer);
        await audit.WriteAsync(who, "officer.authenticator-off", $"officer/{who.Id}");
        await signIn.BeginSessionAsync(http, officer, SessionProof.Password);
        return true;
    }

    /// <summary>The language of the desk's pages.</summary>
    public async Task SpeakAsync(OfficerIdentity who, string language)
    {
        var officer = await OfAsync(who);
        if (officer.Language == language) return;
        officer.Language = language;
        await accounts.UpdateAsync(officer);
    }

    /// <summary>A session left open must not be a way to guess the password.</summary>
    private async Task<bool> KnowsPasswordAsync(Officer officer, string password)
    {
        var attempt = new SignInAttempt($"own {officer.Id}", "", Device: "own");
        if (await throttle.BeginAsync(attempt) > TimeSpan.Zero || !await cost.RunAsync(() => accounts.CheckPasswordAsync(officer, password))) return false;
        await throttle.SucceededAsync(attempt);
        return true;
    }
}
