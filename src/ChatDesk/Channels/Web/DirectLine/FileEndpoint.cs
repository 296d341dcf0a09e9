using ChatDesk.Channels.Web.Access;
using ChatDesk.Delivery;
using Microsoft.Net.Http.Headers;

namespace ChatDesk.Channels.Web.DirectLine;

/// <summary><c>GET files/{ticket}</c>: a file of a conversation, always as an attachment and as what its bytes say it is.</summary>
internal sealed class FileEndpoint(FileStore files, WebSeals seals)
{
    public async Task<DirectLineError?> SendAsync(HttpContext http)
    {
        if (seals.OpenFile(http.Request.RouteValues["ticket"] as string) is not { } ticket) return DirectLineError.NotFound;
        await using var file = files.Open(ticket.Path);
        if (file is null) return DirectLineError.NotFound;
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(ticket.Name);
        http.Response.Headers.ContentDisposition = disposition.ToString();
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        http.Response.Headers.CacheControl = "private, max-age=3600";
        http.Response.ContentType = FileKinds.Sniff(file);
        http.Response.ContentLength = file.Length;
        await file.CopyToAsync(http.Response.Body, http.RequestAborted);
        return null;
    }
}
