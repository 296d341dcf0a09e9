using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace ChatDesk.People.SignIn;

/// <summary>The two small cookies beside the session: which browser signed in to which account before, and who has given the right password but not the code yet.</summary>
internal sealed class OfficerCookies(IDataProtectionProvider protection)
{
    private const string Device = "chatdesk.device";
    private const string Second = "chatdesk.second";
    private static readonly TimeSpan DeviceLife = TimeSpan.FromDays(180);
    private static readonly TimeSpan SecondLife = TimeSpan.FromMinutes(5);

    private readonly ITimeLimitedDataProtector _device = protection.CreateProtector("ChatDesk.Device").ToTimeLimitedDataProtector();
    private readonly ITimeLimitedDataProtector _second = protection.CreateProtector("ChatDesk.SecondFactor").ToTimeLimitedDataProtector();

    /// <returns>The browser's mark when it signed in to this account before.</returns>
    public string? DeviceOf(HttpContext http, string officerId) =>
        Read(http, Device, _device) is [var officer, var device] && officer == officerId ? device : null;

    public void RememberDevice(HttpContext http, string officerId)
    {
        if (DeviceOf(http, officerId) is not null) return;
        Write(http, Device, _device.Protect($"{officerId} {Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16))}", DeviceLife), DeviceLife);
    }

    /// <summary>The password was right; the code is still to come.</summary>
    public void AwaitCode(HttpContext http, Officer officer) =>
        Write(http, Second, _second.Protect($"{officer.Id} {officer.SecurityStamp}", SecondLife), SecondLife);

    /// <returns>The officer whose code is awaited, and the security stamp at that time; null when nobody's is or five minutes are over.</returns>
    public (string OfficerId, string Stamp)? Awaited(HttpContext http) =>
        Read(http, Second, _second) is [var officer, var stamp] ? (officer, stamp) : null;

    public void ForgetAwaited(HttpContext http) => http.Response.Cookies.Delete(Second, new CookieOptions { Path = "/desk", Secure = http.Request.IsHttps });

    private static string[]? Read(HttpContext http, string name, ITimeLimitedDataProtector protector)
    {
        if (http.Request.Cookies[name] is not { Length: > 0 } value) return null;
        try
        {
            return protector.Unprotect(value).Split(' ');
        }
        catch (CryptographicException)
        {
            return null; // Forged, too old, or of keys that are gone: as if it were not there.
        }
    }

    private static void Write(HttpContext http, string name, string value, TimeSpan life) => http.Response.Cookies.Append(name, value, new CookieOptions
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = life,
        Path = "/desk",
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
    });
}
