using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Identity;

namespace ChatDesk.People.SignIn;

/// <summary>The authenticator app of an account, and the recovery codes for the day it is lost. Each code is accepted once.</summary>
internal sealed class SecondFactor(UserManager<Officer> accounts, IDataProtectionProvider protection, TimeProvider time)
{
    public const int RecoveryCodeCount = 10;

    private readonly IDataProtector _protector = protection.CreateProtector("ChatDesk.Totp");

    /// <summary>Checks a code of the app or a recovery code, and spends it.</summary>
    /// <returns>What it was, for the audit log; null when it is wrong or was used before.</returns>
    public async Task<string?> AcceptAsync(Officer officer, string typed)
    {
        if (officer.TotpKey is null) return null;
        // A key that cannot be read any more (a lost key ring) accepts nothing; recovery codes still do.
        if (Proposed(officer.TotpKey) is { } key && Totp.Accept(key, typed, time.GetUtcNow(), officer.TotpStep) is { } step)
        {
            officer.TotpStep = step;
            return await SavedAsync(officer) ? SessionProof.Authenticator : null;
        }
        return officer.RecoveryCodes.Remove(Hash(typed)) && await SavedAsync(officer) ? SessionProof.RecoveryCode : null;
    }

    /// <summary>A new key to show; it counts from <see cref="TurnOnAsync"/> on. Protected, so that a page can carry it from one step to the next.</summary>
    public string Propose() => _protector.Protect(Convert.ToHexString(Totp.NewKey()));

    /// <returns>The proposed key's bytes, or null when it was not proposed here.</returns>
    public byte[]? Proposed(string proposal)
    {
        try
        {
            return Convert.FromHexString(_protector.Unprotect(proposal));
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException)
        {
            return null;
        }
    }

    /// <summary>Takes the proposed key into use when the officer's app shows its code. Ends the officer's sessions.</summary>
    /// <returns>The recovery codes, to be shown once; null when the code is wrong.</returns>
    public async Task<IReadOnlyList<string>?> TurnOnAsync(Officer officer, string proposal, string code)
    {
        if (Proposed(proposal) is not { } key || Totp.Accept(key, code, time.GetUtcNow(), officer.TotpStep) is not { } step) return null;
        var codes = Enumerable.Range(0, RecoveryCodeCount).Select(_ => NewRecoveryCode()).ToList();
        (officer.TotpKey, officer.TotpStep, officer.TwoFactorEnabled) = (proposal, step, true);
        officer.RecoveryCodes = [.. codes.Select(Hash)];
        await accounts.UpdateSecurityStampAsync(officer);
        return codes;
    }

    /// <summary>Back to the password alone. Ends the officer's sessions.</summary>
    public Task TurnOffAsync(Officer officer)
    {
        (officer.TotpKey, officer.TwoFactorEnabled, officer.RecoveryCodes) = (null, false, []);
        return accounts.UpdateSecurityStampAsync(officer);
    }

    // The concurrency stamp refuses the second of two requests that spend the same code.
    private async Task<bool> SavedAsync(Officer officer) => (await accounts.UpdateAsync(officer)).Succeeded;

    private static string NewRecoveryCode()
    {
        var letters = Totp.ToBase32(RandomNumberGenerator.GetBytes(10));
        return $"{letters[..4]}-{letters[4..8]}-{letters[8..12]}-{letters[12..]}";
    }

    /// <summary>80 random bits need no slow hash.</summary>
    private static string Hash(string code) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(
        string.Concat(code.Where(char.IsAsciiLetterOrDigit)).ToUpperInvariant())));
}
