using System.Globalization;
using System.Security.Cryptography;
using ChatDesk.Activities;
using ChatDesk.Channels.Web;
using Microsoft.AspNetCore.DataProtection;

namespace ChatDesk.Returns;

/// <summary>
/// Addresses of this desk that go out with carried answers: the page where the conversation goes on, and the one that ends them.
/// The latter holds a seal that nobody else can make; it has no end of its own, as whoever kept an old letter may still want peace.
/// </summary>
internal sealed class ReturnLinks(WebOptions web, IDataProtectionProvider protection)
{
    public const string StopPath = "/return/stop/";

    private const int LongestSeal = 1_024;
    private const char Between = '\n';

    private readonly IDataProtector _stops = protection.CreateProtector("ChatDesk.Returns", "stop");

    /// <returns>Null while <c>Agencies:{id}:Web:PublicUrl</c> is not set: no other word about the desk's own address can be trusted in a letter.</returns>
    public string? Page(string agency) => Base(agency) is { } url ? $"{url}/chat/{agency}" : null;

    public string? Stop(ConversationKey to) => Base(to.Agency) is { } url ? $"{url}{StopPath}{_stops.Protect(string.Create(CultureInfo.InvariantCulture, $"{to.Agency}{Between}{to.Channel}{Between}{to.Address}"))}" : null;

    /// <returns>The place named by a seal of <see cref="Stop"/>; null when it is none.</returns>
    public ConversationKey? Open(string? seal)
    {
        if (seal is not { Length: > 0 and <= LongestSeal }) return null;
        try
        {
            return _stops.Unprotect(seal).Split(Between) is [var agency, var channel, var address] ? new(agency, channel, address) : null;
        }
        catch (Exception fault) when (fault is CryptographicException or FormatException)
        {
            return null;
        }
    }

    private string? Base(string agency) => web.Agencies.GetValueOrDefault(agency)?.PublicUrl?.GetLeftPart(UriPartial.Authority);
}
