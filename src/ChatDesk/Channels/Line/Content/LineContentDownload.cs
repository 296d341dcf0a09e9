using System.Buffers;
using ChatDesk.Channels.Line.Sending;
using ChatDesk.Delivery;

namespace ChatDesk.Channels.Line.Content;

/// <summary>
/// Copies a file that a contact sent out of LINE, which deletes it after a time it does not state (reference: get content).
/// Only for content that LINE itself holds; an address elsewhere is never fetched.
/// </summary>
internal sealed class LineContentDownload(LineOptions options, LineClient client, TimeProvider time)
{
    private const int ChunkBytes = 64 * 1024;
    private const int LongestContentType = 100;
    private const string UnknownContentType = "application/octet-stream";
    private static readonly TimeSpan WhilePreparing = TimeSpan.FromSeconds(5);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(30);

    /// <summary>Streams the content of a message to <paramref name="target"/>; on any other outcome than stored, what lies there is worthless.</summary>
    /// <exception cref="IOException">The target could not be written.</exception>
    public async ValueTask<LineContent> DownloadAsync(string agency, string messageId, Stream target, CancellationToken stopping)
    {
        if (!IsMessageId(messageId)) return new LineContent.Gone();
        var first = await FetchAsync(agency, messageId, target, stopping);
        if (first is not LineContent.NotReady) return first;
        var (_, status) = await client.TranscodingAsync(agency, messageId, stopping);
        return status switch
        {
            "failed" => new LineContent.Gone(),
            "succeeded" => await FetchAsync(agency, messageId, target, stopping),
            _ => first,
        };
    }

    /// <summary>The same into the file store, under a name made from agency and message; stored whole or not at all.</summary>
    /// <returns>Also the path in the store, when stored.</returns>
    /// <exception cref="IOException">The store could not be written.</exception>
    public async ValueTask<(LineContent Outcome, string? Path)> StoreAsync(string agency, string messageId, FileStore files, CancellationToken stopping)
    {
        LineContent? outcome = null;
        var path = await files.WriteAsync(
            agency, $"line/{messageId}",
            async (target, stop) => (outcome = await DownloadAsync(agency, messageId, target, stop)) is LineContent.Stored, stopping);
        return (outcome!, path);
    }

    private async ValueTask<LineContent> FetchAsync(string agency, string messageId, Stream target, CancellationToken stopping)
    {
        string? contentType = null;
        long? size = null;
        IOException? targetFault = null;
        var answer = await client.ContentAsync(
            agency, messageId,
            async (response, stop) =>
            {
                contentType = ContentType(response);
                try
                {
                    size = await CopyAsync(response, target, stop);
                }
                catch (TargetException e)
                {
                    targetFault = e;
                }
            },
            stopping);
        if (targetFault is not null) throw targetFault;
        return answer switch
        {
            { Status: 202 } => new LineContent.NotReady(time.GetUtcNow() + WhilePreparing),
            { Status: 200 } when contentType is null => Failed("empty"),
            { Status: 200 } => size is { } bytes ? new LineContent.Stored(contentType, bytes) : new LineContent.TooLarge(),
            { Status: 404 or 410 } => new LineContent.Gone(),
            _ => Failed(answer.Word),
        };
    }

    private LineContent.Failed Failed(string reason) => new(reason, time.GetUtcNow() + AfterFailure);

    /// <returns>How many bytes there were, or null when there are more than allowed.</returns>
    private async ValueTask<long?> CopyAsync(HttpResponseMessage response, Stream target, CancellationToken stopping)
    {
        if (response.Content.Headers.ContentLength > options.MaxContentBytes) return null;
        await using var source = await response.Content.ReadAsStreamAsync(stopping);
        var chunk = ArrayPool<byte>.Shared.Rent(ChunkBytes);
        try
        {
            var size = 0L;
            int read;
            while ((read = await source.ReadAsync(chunk.AsMemory(0, ChunkBytes), stopping)) > 0)
            {
                if ((size += read) > options.MaxContentBytes) return null;
                await WriteAsync(target, chunk.AsMemory(0, read), stopping);
            }
            return size;
        }
        finally
        {
            ArrayPool<byte>.Shared.Return(chunk);
        }
    }

    // A full disk is the desk's trouble, a broken line is LINE's: they must not look alike.
    private static async ValueTask WriteAsync(Stream target, ReadOnlyMemory<byte> bytes, CancellationToken stopping)
    {
        try
        {
            await target.WriteAsync(bytes, stopping);
        }
        catch (IOException e)
        {
            throw new TargetException(e);
        }
    }

    private static string ContentType(HttpResponseMessage response) =>
        response.Content.Headers.ContentType?.MediaType is { Length: > 0 and <= LongestContentType } type ? type : UnknownContentType;

    // It becomes part of a path, and came in with a webhook.
    private static bool IsMessageId(string id) => id.Length is > 0 and <= 64 && id.All(char.IsAsciiLetterOrDigit);

    private sealed class TargetException(IOException inner) : IOException(inner.Message, inner);
}
