using System.Globalization;
using System.Security.Cryptography;
using Microsoft.AspNetCore.DataProtection;

namespace ChatDesk.Channels.Web.Access;

/// <summary>
/// Seals what clients carry for the desk (tokens, cookies, tickets) so that nobody else can make or read one: encrypted and
/// authenticated by ASP.NET Data Protection, one key purpose for each kind, so that none passes for another.
/// </summary>
internal sealed class WebSeals(IDataProtectionProvider protection, TimeProvider time)
{
    /// <summary>Nothing of ours is longer; anything longer is refused before any work is done on it.</summary>
    private const int LongestSeal = 2_048;

    /// <summary>Between fields; no field may hold it.</summary>
    private const char Between = '\n';

    private readonly IDataProtector _tokens = protection.CreateProtector("ChatDesk.Web", "token");
    private readonly IDataProtector _visitors = protection.CreateProtector("ChatDesk.Web", "visitor");
    private readonly IDataProtector _streams = protection.CreateProtector("ChatDesk.Web", "stream");
    private readonly IDataProtector _files = protection.CreateProtector("ChatDesk.Web", "file");

    public string Seal(WebToken token) => Seal(_tokens, token.Agency, token.Visitor, token.Conversation, Write(token.Expires), token.Origins);

    /// <returns>Null when it is not ours, or no longer good.</returns>
    public WebToken? OpenToken(string? text) =>
        Open(_tokens, text, 5) is { } f && Read(f[3]) is { } expires && expires > time.GetUtcNow() ? new(f[0], f[1], f[2], expires, f[4]) : null;

    public string Seal(KnownVisitor visitor) => Seal(_visitors, visitor.Agency, visitor.Visitor, visitor.Conversation, Write(visitor.Expires));

    public KnownVisitor? OpenVisitor(string? text) =>
        Open(_visitors, text, 4) is { } f && Read(f[3]) is { } expires && expires > time.GetUtcNow() ? new(f[0], f[1], f[2], expires) : null;

    public string Seal(StreamTicket ticket) =>
        Seal(_streams, ticket.Agency, ticket.Conversation, ticket.After.ToString(CultureInfo.InvariantCulture), ticket.Nonce, Write(ticket.Expires), ticket.Origins);

    public StreamTicket? OpenStream(string? text) =>
        Open(_streams, text, 6) is { } f && Read(f[4]) is { } expires && expires > time.GetUtcNow()
            ? new(f[0], f[1], long.Parse(f[2], CultureInfo.InvariantCulture), f[3], expires, f[5])
            : null;

    public string Seal(FileTicket ticket) => Seal(_files, ticket.Path, ticket.Name, Write(ticket.Expires));

    public FileTicket? OpenFile(string? text) =>
        Open(_files, text, 3) is { } f && Read(f[2]) is { } expires && expires > time.GetUtcNow() ? new(f[0], f[1], expires) : null;

    /// <summary>A random name of 128 bits, in small hex letters.</summary>
    public static string NewId() => Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));

    private static string Seal(IDataProtector protector, params ReadOnlySpan<string> fields)
    {
        foreach (var field in fields)
        {
            if (field.Contains(Between)) throw new ArgumentException("a sealed field holds a line break", nameof(fields));
        }
        return protector.Protect(string.Join(Between, fields));
    }

    private static string[]? Open(IDataProtector protector, string? text, int fields)
    {
        if (text is not { Length: > 0 and <= LongestSeal } || text.AsSpan().ContainsAnyExcept(Base64UrlLetters)) return null;
        try
        {
            var found = protector.Unprotect(text).Split(Between);
            return found.Length == fields ? found : null;
        }
        catch (CryptographicException)
        {
            return null;
        }
    }

    private static string Write(DateTimeOffset at) => at.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture);

    private static DateTimeOffset? Read(string text) =>
        long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var milliseconds) ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;

    private static readonly System.Buffers.SearchValues<char> Base64UrlLetters =
        System.Buffers.SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");
}

/// <summary>The right to open one stream once, soon.</summary>
/// <param name="Agency">Whose conversation.</param>
/// <param name="Conversation">Which one.</param>
/// <param name="After">The place in the transcript from which on the stream speaks.</param>
/// <param name="Nonce">Tells it from every other ticket.</param>
/// <param name="Expires">Not good from then on.</param>
/// <param name="Origins">As in <see cref="WebToken.Origins"/>.</param>
internal sealed record StreamTicket(string Agency, string Conversation, long After, string Nonce, DateTimeOffset Expires, string Origins);

/// <summary>The right to fetch one file of the store.</summary>
/// <param name="Path">Its path in the store.</param>
/// <param name="Name">The name to offer for saving; untrusted.</param>
/// <param name="Expires">Not good from then on.</param>
internal sealed record FileTicket(string Path, string Name, DateTimeOffset Expires);
