using System.Buffers;
using ChatDesk.Channels.Web.Access;
using ChatDesk.Channels.Web.Receiving;
using ChatDesk.Channels.Web.Sending;
using ChatDesk.Delivery;

namespace ChatDesk.Channels.Web.DirectLine;

/// <summary><c>POST</c> and <c>GET conversations/{id}/activities</c>: what the contact does, and what was said.</summary>
internal sealed class ActivityEndpoint(ILedger ledger, WebMessageMapper mapper, WebAgencies agencies, WebThrottles throttles, ContactSigns signs, TimeProvider time)
{
    public const int BodyLimit = 64 * 1024;

    /// <summary>Lines of the transcript in one answer.</summary>
    private const int PageLines = 100;

    /// <summary>200 with the id, once the activity is on disk.</summary>
    public async Task<DirectLineError?> PostAsync(HttpContext http, WebToken token)
    {
        if (await throttles.Messages.TakeAsync(token.Conversation) is { } wait) return DirectLineError.TooMany(wait);
        var body = await JsonBody.ReadAsync(http.Request, BodyLimit);
        if (body.Error is not null) return body.Error;
        var post = WebActivityMapper.Map(body.Root, token, time.GetUtcNow(), WebActivityMapper.NewId(token, body.Root), []);
        if (post.Error is not null) return post.Error;
        if (body.Root.String("type") == "typing") signs.Type(WebActivityMapper.KeyOf(token));
        using var span = DeskTraces.Receive(token.Agency, WebActivityMapper.Channel);
        await ledger.AcceptAsync(DeskTraces.Mark(post.Entries));
        await http.Response.WriteAsJsonAsync(new PostAnswer(post.Id), WebJson.Context.PostAnswer, cancellationToken: http.RequestAborted);
        return null;
    }

    public async Task<DirectLineError?> ReadAsync(HttpContext http, WebToken token)
    {
        if (await throttles.Reads.TakeAsync(token.Conversation) is { } wait) return DirectLineError.TooMany(wait);
        if (!Watermark.TryRead(http.Request, out var after)) return Watermark.Wrong;
        var lines = await ledger.ReadTranscriptAsync(WebActivityMapper.KeyOf(token), after ?? 0, PageLines);
        var set = new ArrayBufferWriter<byte>(4_096);
        mapper.WriteSet(set, WebActivityMapper.KeyOf(token), lines, lines.Count > 0 ? lines[^1].Place : after ?? 0, agencies.BaseUrl(http.Request, token.Agency));
        http.Response.ContentType = "application/json; charset=utf-8";
        await http.Response.Body.WriteAsync(set.WrittenMemory, http.RequestAborted);
        return null;
    }
}
