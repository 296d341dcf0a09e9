using Microsoft.Net.Http.Headers;

namespace ChatDesk.Delivery;

/// <summary><c>GET /files/{seal}</c>: a file that an officer sent. Pictures are shown, anything else is only ever saved.</summary>
internal static class FileLinkEndpoint
{
    public const string Path = "/files/";

    public static void MapFileLinks(this IEndpointRouteBuilder routes) => routes.MapGet(Path + "{seal}", Open).AllowAnonymous();

    private static IResult Open(string seal, FileLinks links, FileStore files, HttpContext http)
    {
        if (links.Open(seal) is not { } file || files.Open(file.Path) is not { } stream) return Results.NotFound();
        var headers = http.Response.Headers;
        headers.CacheControl = "private, max-age=86400";
        headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        headers["X-Robots-Tag"] = "noindex";
        if (!file.ContentType.StartsWith("image/", StringComparison.Ordinal))
        {
            var disposition = new ContentDispositionHeaderValue("attachment");
            disposition.SetHttpFileName(file.Name);
            headers.ContentDisposition = disposition.ToString();
        }
        return Results.Stream(stream, file.ContentType, enableRangeProcessing: true);
    }
}
