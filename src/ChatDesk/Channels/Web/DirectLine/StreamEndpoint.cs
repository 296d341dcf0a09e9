using ChatDesk.Activities;
using ChatDesk.Channels.Web.Access;
using ChatDesk.Channels.Web.Receiving;
using ChatDesk.Channels.Web.Sending;
using ChatDesk.Channels.Web.Streaming;
using ChatDesk.Delivery;

namespace ChatDesk.Channels.Web.DirectLine;

/// <summary><c>GET conversations/{id}/stream?t=</c>: a WebSocket for whoever holds a fresh ticket and comes from a page that may.</summary>
internal sealed class StreamEndpoint(
    WebOptions options, ILedger ledger, WebFeed feed, WebMessageMapper mapper, WebSeals seals, SpentTickets spent,
    TrustedOrigins origins, WebAgencies agencies, IHostApplicationLifetime lifetime)
{
    public async Task<DirectLineError?> OpenAsync(HttpContext http)
    {
        if (!http.WebSockets.IsWebSocketRequest) return DirectLineError.Bad("This address is for WebSockets.");
        if (seals.OpenStream(http.Request.Query["t"]) is not { } ticket) return DirectLineError.TokenExpired;
        if (!origins.Allows(http.Request, ticket.Agency, ticket.Origins)) return DirectLineError.OriginNotTrusted;
        if (http.Request.RouteValues["conversation"] is not string asked || asked != ticket.Conversation) return DirectLineError.NoConversation;
        if (!await spent.SpendAsync(ticket)) return DirectLineError.TokenExpired;

        var conversation = new ConversationKey(ticket.Agency, WebActivityMapper.Channel, ticket.Conversation);
        using var listener = feed.Listen(conversation, options.StreamsPerConversation);
        if (listener is null) return DirectLineError.TooManyStreams;
        using var socket = await http.WebSockets.AcceptWebSocketAsync();
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(lifetime.ApplicationStopping, http.RequestAborted);
        await new WebStream(ledger, mapper, listener, socket, agencies.BaseUrl(http.Request, ticket.Agency)).RunAsync(ticket.After, ended.Token);
        return null;
    }
}
