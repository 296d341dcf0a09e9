using System.Globalization;
using ChatDesk.Channels.Web.Access;
using ChatDesk.Channels.Web.Receiving;
using ChatDesk.Delivery;

namespace ChatDesk.Channels.Web.DirectLine;

/// <summary><c>POST conversations</c> begins or resumes the token's conversation; <c>GET conversations/{id}</c> gives a lost stream back.</summary>
internal sealed class ConversationEndpoint(ILedger ledger, TokenEndpoint tokens, TrustedOrigins origins, WebSeals seals, WebAgencies agencies, WebThrottles throttles, TimeProvider time)
{
    private const int BodyLimit = 16 * 1024;

    /// <summary>A stream address is good for so long (protocols.md section 3).</summary>
    private static readonly TimeSpan TicketLife = TimeSpan.FromSeconds(60);

    /// <summary>201 the first time, which also greets; 200 after that. The stream brings everything from the beginning: clients tell activities apart by id.</summary>
    public async Task<DirectLineError?> BeginAsync(HttpContext http)
    {
        if (WebEntrance.Bearer(http.Request) is not { } text) return DirectLineError.NoAuthorization;
        var body = await JsonBody.ReadAsync(http.Request, BodyLimit);
        if (body.Error is not null) return body.Error;
        if (seals.OpenToken(text) is not { } token)
        {
            if (agencies.OfSecret(text) is null) return DirectLineError.TokenExpired;
            if (await throttles.Tokens.TakeAsync(WebThrottles.AddressOf(http)) is { } busy) return DirectLineError.TooMany(busy);
            if (tokens.ForSecret(text, body.Root, out var refused) is not { } made) return refused;
            token = made;
        }
        if (!origins.Allows(http.Request, token.Agency, token.Origins)) return DirectLineError.OriginNotTrusted;
        if (await throttles.Reads.TakeAsync(token.Conversation) is { } wait) return DirectLineError.TooMany(wait);

        var isNew = await ledger.AcceptAsync([WebActivityMapper.Arrival(token, body.Root, time.GetUtcNow())]) > 0;
        await WriteAsync(http, token, after: 0, isNew ? StatusCodes.Status201Created : StatusCodes.Status200OK);
        return null;
    }

    public async Task<DirectLineError?> ReconnectAsync(HttpContext http, WebToken token)
    {
        if (await throttles.Reads.TakeAsync(token.Conversation) is { } wait) return DirectLineError.TooMany(wait);
        if (!Watermark.TryRead(http.Request, out var after)) return Watermark.Wrong;
        await WriteAsync(http, token, after ?? await ledger.LastPlaceAsync(WebActivityMapper.KeyOf(token)), StatusCodes.Status200OK);
        return null;
    }

    private Task WriteAsync(HttpContext http, WebToken token, long after, int status)
    {
        var renewed = tokens.Renewed(token);
        var ticket = new StreamTicket(token.Agency, token.Conversation, after, WebSeals.NewId(), time.GetUtcNow() + TicketLife, token.Origins);
        var url = $"{SocketBase(http.Request, token.Agency)}/v3/directline/conversations/{token.Conversation}/stream?watermark={after.ToString(CultureInfo.InvariantCulture)}&t={seals.Seal(ticket)}";
        http.Response.StatusCode = status;
        return http.Response.WriteAsJsonAsync(
            new ConversationAnswer(token.Conversation, seals.Seal(renewed), tokens.ExpiresIn(renewed), url), WebJson.Context.ConversationAnswer, cancellationToken: http.RequestAborted);
    }

    private string SocketBase(HttpRequest request, string agency) => "ws" + agencies.BaseUrl(request, agency)["http".Length..];
}
