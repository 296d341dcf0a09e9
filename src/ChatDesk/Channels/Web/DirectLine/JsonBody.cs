using System.Text.Json;
using System.Text.Unicode;

namespace ChatDesk.Channels.Web.DirectLine;

/// <summary>A request's JSON, or why it is none.</summary>
/// <param name="Root">An object; undefined when the body is empty.</param>
/// <param name="Error">Set when the body cannot be used.</param>
internal readonly record struct JsonBody(JsonElement Root, DirectLineError? Error)
{
    private static readonly JsonDocumentOptions Options = new() { MaxDepth = 32 };

    public static async ValueTask<JsonBody> ReadAsync(HttpRequest request, int limit)
    {
        if (request.ContentLength > limit) return TooLarge(limit);
        using var bytes = new MemoryStream();
        return await CopyAsync(request.Body, bytes, limit, request.HttpContext.RequestAborted) ? Parse(bytes.GetBuffer().AsMemory(0, (int)bytes.Length)) : TooLarge(limit);
    }

    /// <returns>False when there is more than the limit.</returns>
    public static async ValueTask<bool> CopyAsync(Stream from, Stream to, long limit, CancellationToken stopping)
    {
        var chunk = System.Buffers.ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            var size = 0L;
            int read;
            while ((read = await from.ReadAsync(chunk, stopping)) > 0)
            {
                if ((size += read) > limit) return false;
                await to.WriteAsync(chunk.AsMemory(0, read), stopping);
            }
            return true;
        }
        finally
        {
            System.Buffers.ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    public static JsonBody Parse(ReadOnlyMemory<byte> utf8)
    {
        if (utf8.IsEmpty) return default;
        if (!Utf8.IsValid(utf8.Span)) return new(default, DirectLineError.Bad("The body is not UTF-8."));
        try
        {
            using var document = JsonDocument.Parse(utf8, Options);
            return document.RootElement.ValueKind == JsonValueKind.Object
                ? new(document.RootElement.Clone(), null)
                : new(default, DirectLineError.Bad("The body is not a JSON object."));
        }
        catch (JsonException)
        {
            return new(default, DirectLineError.Bad("The body is not JSON, or too deep."));
        }
    }

    private static JsonBody TooLarge(int limit) => new(default, DirectLineError.TooLarge($"The body is larger than {limit} bytes."));
}
