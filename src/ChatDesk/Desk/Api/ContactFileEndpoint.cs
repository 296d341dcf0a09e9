using System.Security.Claims;
using ChatDesk.Delivery;
using ChatDesk.People;
using Microsoft.Net.Http.Headers;

namespace ChatDesk.Desk.Api;

/// <summary>
/// <c>GET /desk/files/{agency}/…</c>: a file that a contact sent, for officers of that agency. Pictures, sounds and videos of
/// known kinds are shown; anything else is only ever saved.
/// </summary>
internal static class ContactFileEndpoint
{
    private static readonly HashSet<string> Shown = new(StringComparer.OrdinalIgnoreCase)
    {
        "image/jpeg", "image/png", "image/gif", "image/webp", "video/mp4", "audio/mp4", "audio/x-m4a", "audio/m4a", "audio/mpeg", "audio/aac", "audio/ogg", "audio/wav",
    };

    public static IResult Open(string agency, string folder, string hash, string? type, string? name, ClaimsPrincipal user, FileStore files, HttpContext http)
    {
        if (agency != OfficerIdentity.Of(user).Agency || files.Open($"{agency}/{folder}/{hash}") is not { } stream) return Results.NotFound();
        http.Response.Headers.CacheControl = "private, max-age=3600";
        if (type is not null && Shown.Contains(type)) return Results.Stream(stream, type, enableRangeProcessing: true);
        var disposition = new ContentDispositionHeaderValue("attachment");
        disposition.SetHttpFileName(string.IsNullOrWhiteSpace(name) ? "file" : name);
        http.Response.Headers.ContentDisposition = disposition.ToString();
        return Results.Stream(stream, "application/octet-stream");
    }
}
