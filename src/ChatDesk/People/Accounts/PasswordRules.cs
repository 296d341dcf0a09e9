using Microsoft.AspNetCore.Identity;

namespace ChatDesk.People.Accounts;

/// <summary>
/// What a new password must be: long, not the name, and not what everybody takes. No rule about kinds of letters (NIST
/// 800-63B); Thai is as good as Latin. The error codes are keys of the desk's words.
/// </summary>
internal sealed class PasswordRules : IPasswordValidator<Officer>
{
    public const int Shortest = 10;

    /// <summary>Longer is cut off by nothing, but costs; nobody types more.</summary>
    public const int Longest = 256;

    private static readonly string[] Common =
    [
        "password", "passw0rd", "p@ssw0rd", "qwerty", "qwertyuiop", "asdfghjkl", "zxcvbnm", "1q2w3e4r", "1qaz2wsx", "letmein", "welcome", "iloveyou",
        "admin", "administrator", "chatdesk", "officer", "thailand", "bangkok", "football", "liverpool", "sawasdee", "changeme", "secret", "abc123",
        "monkey", "dragon", "princess", "sunshine", "master", "รหัสผ่าน", "สวัสดี", "ประเทศไทย", "ดกหฟ", "ฟหกด", "ๆไำพะ",
    ];

    public Task<IdentityResult> ValidateAsync(UserManager<Officer> manager, Officer user, string? password) => Task.FromResult(Fault(user, password ?? "") is { } code
        ? IdentityResult.Failed(new IdentityError { Code = code, Description = code })
        : IdentityResult.Success);

    private static string? Fault(Officer officer, string password)
    {
        if (password.Length > Longest) return "PasswordTooLong";
        var folded = password.ToLowerInvariant();
        var names = new[] { officer.UserName?.Split('@')[0], officer.DisplayName, officer.Agency };
        if (names.Any(name => name is { Length: >= 4 } && folded.Contains(name, StringComparison.OrdinalIgnoreCase))) return "PasswordHoldsName";
        // A common word with digits and signs around it is still the common word.
        var core = folded.Trim("0123456789!@#$%^&*()_-+=.,;:?/\\ ".ToCharArray());
        return Common.Contains(core, StringComparer.Ordinal) || core.Length == 0 && IsRun(folded) ? "PasswordTooCommon" : null;
    }

    /// <summary>1234567890, 0987654321, 0000000000.</summary>
    private static bool IsRun(string digits) =>
        digits.Zip(digits.Skip(1), (a, b) => (b - a + 10) % 10).Distinct().Count() == 1;
}
