using System.Text.Json;
using ChatDesk.Activities;
using ChatDesk.Channels;
using ChatDesk.Channels.Mail;
using ChatDesk.Channels.Web.Access;
using ChatDesk.Channels.Web.DirectLine;
using ChatDesk.Channels.Web.Receiving;
using ChatDesk.Delivery;

namespace ChatDesk.Returns;

/// <summary>
/// What the chat page asks about the way back, below <c>/return</c>: where answers also go, a code for another channel, an e-mail
/// address with its confirmation, and an end to each. Guarded as every endpoint of the web door: the token alone says whose conversation it is.
/// </summary>
internal sealed class ReturnEndpoints(
    ReturnBook book, ReturnLinks links, MailOptions mail, MailBook mailboxes, WebAgencies agencies, IEnumerable<IChannelSender> senders, ILedger ledger, TimeProvider time,
    SharedBuckets? shared = null)
{
    private const int BodyLimit = 4 * 1024;
    private const int LongestWords = 100;
    private const int LongestScanned = 120;

    /// <summary>Letters asked for: to one address, and from one.</summary>
    private readonly Throttle _lettersTo = new("letters-to", 3, 1, time, shared);
    private readonly Throttle _lettersFrom = new("letters-from", 20, 6, time, shared);

    /// <summary>GET /return: where answers of this conversation also go, and what is offered.</summary>
    public async Task<DirectLineError?> ShowAsync(HttpContext http, WebToken token)
    {
        var key = WebActivityMapper.KeyOf(token);
        var places = await book.OfAsync(key, http.RequestAborted);
        var invited = await InviteAsync(token.Agency, "", http.RequestAborted);
        await http.Response.WriteAsJsonAsync(
            new { places = places.Select(p => new { p.Id, p.Label }), app = invited?.Invitation.Label, mail = mail.From.ContainsKey(token.Agency) }, http.RequestAborted);
        return null;
    }

    /// <summary>POST /return/code: a new code, the words to say it in, and the way there.</summary>
    public async Task<DirectLineError?> CodeAsync(HttpContext http, WebToken token)
    {
        var body = await JsonBody.ReadAsync(http.Request, BodyLimit);
        if (body.Error is not null) return body.Error;
        // The page's words around the code; only what is around it, and only for whoever reads it there.
        var words = body.Root.String("words") is { Length: <= LongestWords } given && given.Contains("{code}", StringComparison.Ordinal) ? given : "{code}";
        if (await InviteAsync(token.Agency, "", http.RequestAborted) is not { } known) return DirectLineError.NotFound;
        if (await book.MakeAsync(WebActivityMapper.KeyOf(token), known.Channel, null, known.Invitation.Label, http.RequestAborted) is not { } code) return DirectLineError.TooMany(TimeSpan.FromMinutes(1));
        var say = words.Replace("{code}", code, StringComparison.Ordinal);
        var link = await LinkAsync(http, token.Agency, say);
        // Thai words make a link long and its picture too fine to scan; the code alone says as much.
        var scanned = link is { Length: > LongestScanned } ? await LinkAsync(http, token.Agency, code) : link;
        await http.Response.WriteAsJsonAsync(
            new { code, say, link, qr = scanned is null ? null : QrPicture.Of(scanned), minutes = (int)ReturnBook.CodeLife.TotalMinutes }, http.RequestAborted);
        return null;
    }

    /// <summary>POST /return/mail: sends a code to an address. The answer is the same whether or not anybody reads there.</summary>
    public async Task<DirectLineError?> MailAsync(HttpContext http, WebToken token)
    {
        if (!mail.From.ContainsKey(token.Agency)) return DirectLineError.NotFound;
        var body = await JsonBody.ReadAsync(http.Request, BodyLimit);
        if (body.Error is not null) return body.Error;
        if (MailAddress.Read(body.Root.String("address")) is not { } address) return DirectLineError.Bad("This is no e-mail address.", "BadAddress");
        if ((await _lettersTo.TakeAsync(address.Text.ToLowerInvariant()) ?? await _lettersFrom.TakeAsync(WebThrottles.AddressOf(http))) is { } wait) return DirectLineError.TooMany(wait);
        var from = WebActivityMapper.KeyOf(token);
        var to = await mailboxes.OpenAsync(token.Agency, address);
        if (await book.MakeAsync(from, to.Channel, to.Address, address.Masked, http.RequestAborted) is not { } code) return DirectLineError.TooMany(TimeSpan.FromMinutes(1));
        await TellAsync(new(ReturnNewsKind.Code) { Code = code, Language = LanguageOf(body.Root) }, $"return-code:{to.Address}", to);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return null;
    }

    /// <summary>POST /return/mail/confirm: the code that was in the letter.</summary>
    public async Task<DirectLineError?> ConfirmAsync(HttpContext http, WebToken token)
    {
        var body = await JsonBody.ReadAsync(http.Request, BodyLimit);
        if (body.Error is not null) return body.Error;
        var from = WebActivityMapper.KeyOf(token);
        if (ReturnCode.Find(body.Root.String("code")) is not { } code) return WrongCode;
        var bound = await book.ConfirmAsync(from, code, http.RequestAborted);
        if (bound.Standing == ReturnStanding.TooOften) return DirectLineError.TooMany(TimeSpan.FromMinutes(1));
        if (bound.Standing != ReturnStanding.Bound) return WrongCode;
        await TellAsync(new(ReturnNewsKind.Bound) { Where = bound.Label, Language = LanguageOf(body.Root) }, $"return-confirmed:{bound.AddressId}:{ReturnCode.Hash(token.Agency, code)[..8]}", from);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return null;
    }

    /// <summary>POST /return/stop: nothing more goes to one of the places.</summary>
    public async Task<DirectLineError?> StopAsync(HttpContext http, WebToken token)
    {
        var body = await JsonBody.ReadAsync(http.Request, BodyLimit);
        if (body.Error is not null) return body.Error;
        if (body.Root.Long("id") is not { } id) return DirectLineError.Bad("Which one? Send its id.", "MissingProperty");
        await book.StopAsync(WebActivityMapper.KeyOf(token), id, http.RequestAborted);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return null;
    }

    /// <summary>Ends everything that goes to the place a letter's link names.</summary>
    /// <returns>False when the seal is not ours.</returns>
    public async Task<bool> StopAllAsync(string? seal, CancellationToken stopping)
    {
        if (links.Open(seal) is not { } to) return false;
        await book.StopAllAsync(to, stopping);
        await mailboxes.ForgetAsync(to);
        return true;
    }

    private async Task<string?> LinkAsync(HttpContext http, string agency, string words)
    {
        var link = (await InviteAsync(agency, words, http.RequestAborted))?.Invitation.Link;
        return link?.StartsWith('/') == true ? agencies.BaseUrl(http.Request, agency) + link : link;
    }

    private static DirectLineError WrongCode => DirectLineError.Bad("This code is not, or no longer, good.", "BadCode");

    private static string? LanguageOf(JsonElement body) => body.String("language") is "en" ? "en" : "th";

    private async ValueTask<(string Channel, Invitation Invitation)?> InviteAsync(string agency, string words, CancellationToken stopping)
    {
        foreach (var sender in senders)
        {
            if (await sender.InviteAsync(agency, words, stopping) is { } invitation) return (sender.Channel, invitation);
        }
        return null;
    }

    private Task TellAsync(ReturnNews news, string id, ConversationKey to)
    {
        var now = time.GetUtcNow();
        return ledger.AcceptAsync([new InboxEntry(news.Activity(id, to, now), now, default)]);
    }
}
