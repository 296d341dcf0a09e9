using System.Text.Json;
using ChatDesk.Channels.Web.Access;
using ChatDesk.Channels.Web.Receiving;
using ChatDesk.Delivery;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Net.Http.Headers;

namespace ChatDesk.Channels.Web.DirectLine;

/// <summary>The files of one upload while they are read, part by part, straight into the store.</summary>
internal sealed class Upload(WebToken token, FileStore store, WebThrottles throttles, int limit)
{
    public const int MostFiles = 5;

    private const int LongestBoundary = 200;
    private const string ActivityType = "application/vnd.microsoft.activity";

    private readonly List<string> _written = [];
    private string? _id;

    /// <summary>What is said with them; undefined when nothing is.</summary>
    public JsonElement Activity { get; private set; }

    public List<WebFile> Files { get; } = [];

    /// <summary>Settled by the first file: an activity that is to name it comes before.</summary>
    public string Id => _id ??= WebActivityMapper.NewId(token, Activity);

    /// <exception cref="InvalidDataException">The parts cannot be told apart.</exception>
    /// <exception cref="IOException">The disk is full, or the same upload is being written at this moment.</exception>
    public async Task<DirectLineError?> ReadAsync(HttpRequest request, CancellationToken stopping)
    {
        if (!MediaTypeHeaderValue.TryParse(request.ContentType, out var type)) return DirectLineError.Bad("There is no Content-Type.");
        if (!type.MediaType.Equals("multipart/form-data", StringComparison.OrdinalIgnoreCase))
            return await KeepAsync(request.Body, request.Headers.ContentDisposition, type.MediaType.Value, stopping);
        if (HeaderUtilities.RemoveQuotes(type.Boundary).Value is not { Length: > 0 and <= LongestBoundary } boundary)
            return DirectLineError.Bad("The multipart body has no boundary.");
        var reader = new MultipartReader(boundary, request.Body) { HeadersLengthLimit = 8 * 1024 };
        while (await reader.ReadNextSectionAsync(stopping) is { } part)
        {
            if (await ReadPartAsync(part, stopping) is { } error) return error;
        }
        return null;
    }

    /// <summary>Nothing of a refused upload stays. Files of an earlier try that was taken were not written here.</summary>
    public void Discard()
    {
        foreach (var path in _written) store.Delete(path);
    }

    private async Task<DirectLineError?> ReadPartAsync(MultipartSection part, CancellationToken stopping)
    {
        var type = MediaTypeHeaderValue.TryParse(part.ContentType, out var parsed) ? parsed.MediaType.Value : null;
        if (!ActivityType.Equals(type, StringComparison.OrdinalIgnoreCase)) return await KeepAsync(part.Body, part.ContentDisposition, type, stopping);
        using var bytes = new MemoryStream();
        if (!await JsonBody.CopyAsync(part.Body, bytes, ActivityEndpoint.BodyLimit, stopping))
            return DirectLineError.TooLarge($"The activity is larger than {ActivityEndpoint.BodyLimit} bytes.");
        var body = JsonBody.Parse(bytes.ToArray());
        Activity = body.Root;
        return body.Error;
    }

    private async Task<DirectLineError?> KeepAsync(Stream from, string? disposition, string? type, CancellationToken stopping)
    {
        if (Files.Count == MostFiles) return DirectLineError.TooLarge($"At most {MostFiles} files in one upload.", "TooManyFiles");
        if (await throttles.Files.TakeAsync(token.Conversation) is { } wait) return DirectLineError.TooMany(wait);
        var (fits, size) = await WriteAsync(from, stopping);
        if (!fits) return DirectLineError.TooLarge($"A file may have at most {limit} bytes.", "FileTooLarge");
        if (size == 0) return DirectLineError.Bad("A file is empty.", "EmptyFile");
        Files.Add(new WebFile(WebFile.CleanName(NameIn(disposition)), WebFile.CleanType(type), size));
        return null;
    }

    private async ValueTask<(bool Fits, long Size)> WriteAsync(Stream from, CancellationToken stopping)
    {
        var key = WebFiles.KeyOf(WebActivityMapper.FileId(Id, Files.Count));
        await using (var present = store.Open(FileStore.PathOf(token.Agency, key)))
        {
            // A second try of the same post: what the first one stored may be in the ledger already and is left alone.
            if (present is not null) return (await JsonBody.CopyAsync(from, Stream.Null, limit, stopping), present.Length);
        }
        var fits = true;
        var size = 0L;
        var path = await store.WriteAsync(
            token.Agency, key,
            async (to, stop) =>
            {
                fits = await JsonBody.CopyAsync(from, to, limit, stop);
                size = to.Position;
                return fits && size > 0;
            },
            stopping);
        if (path is not null) _written.Add(path);
        return (fits, size);
    }

    private static string? NameIn(string? disposition)
    {
        if (!ContentDispositionHeaderValue.TryParse(disposition, out var header)) return null;
        var name = header.FileNameStar.HasValue ? header.FileNameStar : header.FileName;
        return HeaderUtilities.RemoveQuotes(name).Value;
    }
}
