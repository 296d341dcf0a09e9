using System.Security.Cryptography;
using System.Text.Encodings.Web;
using System.Text.Json;
using ChatDesk.Activities;
using Microsoft.AspNetCore.DataProtection;

namespace ChatDesk.Delivery;

/// <summary>A stored file that may be fetched by whoever has its address.</summary>
/// <param name="Path">Its path in the store.</param>
/// <param name="For">The conversation it was put into; no other may name it.</param>
/// <param name="Name">To show and to offer for saving.</param>
/// <param name="ContentType">As the desk found it.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Expires">Not to be had from then on.</param>
internal sealed record LinkedFile(string Path, string For, string Name, string ContentType, long Size, DateTimeOffset Expires);

/// <summary>
/// Addresses of files for people without an account: sealed, so that none can be guessed or changed, and good for a while only.
/// A phone fetches a picture when somebody scrolls to it, which may be weeks later; after that it keeps its own copy.
/// </summary>
internal sealed class FileLinks(IDataProtectionProvider protection, TimeProvider time, Func<string, Uri?> publicUrl)
{
    public static readonly TimeSpan Life = TimeSpan.FromDays(30);

    /// <summary>A Thai name written as escapes would be four times as long, and addresses have a limit.</summary>
    private static readonly JsonSerializerOptions Readable = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly IDataProtector _seals = protection.CreateProtector("ChatDesk.Delivery", "file link");

    public string Seal(LinkedFile file) => _seals.Protect(JsonSerializer.Serialize(file, Readable));

    /// <returns>Null when the seal is not ours, or no longer good.</returns>
    public LinkedFile? Open(string? seal)
    {
        if (seal is not { Length: > 0 and <= 2_048 }) return null;
        try
        {
            return JsonSerializer.Deserialize<LinkedFile>(_seals.Unprotect(seal)) is { } file && file.Expires > time.GetUtcNow() ? file : null;
        }
        catch (Exception e) when (e is CryptographicException or JsonException or FormatException)
        {
            return null;
        }
    }

    /// <summary>The file as it goes to the contact, whose phone is somewhere outside: by the agency's public address, else by the one the officer uses.</summary>
    public OutboundFile Outbound(string agency, LinkedFile file, string seal, HttpRequest request)
    {
        var host = publicUrl(agency)?.GetLeftPart(UriPartial.Authority) ?? $"{request.Scheme}://{request.Host}";
        return new OutboundFile(file.Name, file.ContentType, file.Size, host + FileLinkEndpoint.Path + seal);
    }
}
