using Microsoft.AspNetCore.Http;

namespace ChatDesk.LineSimulator.Api;

/// <summary>Files that people sent (m:93-170, ref@97000-101500): 202 while being prepared, 410 once taken back.</summary>
internal static class ContentEndpoints
{
    private const long PreviewBytes = 4096;

    public static LineAnswer Content(LineChannel channel, string messageId)
    {
        if (channel.Content.Find(messageId) is not { } file) return LineErrors.NotFound;
        if (file.Gone) return LineErrors.ContentGone;
        if (file.Failed) return LineErrors.NotFound;
        return channel.Content.IsReady(file) ? new LineAnswer(200, []) { File = file, FileBytes = file.Size } : LineAnswer.Accepted;
    }

    public static LineAnswer Preview(LineChannel channel, string messageId)
    {
        if (channel.Content.Find(messageId) is not { } file) return LineErrors.NotFound;
        if (file.Gone) return LineErrors.ContentGone;
        if (!file.HasPreview) return LineErrors.NoPreview;
        var picture = file with { ContentType = "image/jpeg" };
        return channel.Content.IsReady(file) ? new LineAnswer(200, []) { File = picture, FileBytes = Math.Min(file.Size, PreviewBytes) } : LineAnswer.Accepted;
    }

    public static LineAnswer Transcoding(LineChannel channel, string messageId)
    {
        if (channel.Content.Find(messageId) is not { } file) return LineErrors.NotFound;
        if (file.Gone) return LineErrors.ContentGone;
        if (!file.IsPrepared) return LineErrors.NoTranscoding;
        var status = file.Failed ? "failed" : channel.Content.IsReady(file) ? "succeeded" : "processing";
        return LineAnswer.Object(200, json => json.WriteString("status", status));
    }

    /// <summary>Streams made-up bytes: byte n of every file is n modulo 251, so a reader can check what it stored.</summary>
    public static async Task StreamAsync(HttpResponse response, long bytes, CancellationToken cancel)
    {
        var chunk = new byte[251 * 256];
        for (var i = 0; i < chunk.Length; i++) chunk[i] = (byte)(i % 251);
        for (var left = bytes; left > 0; left -= chunk.Length)
        {
            await response.Body.WriteAsync(chunk.AsMemory(0, (int)Math.Min(left, chunk.Length)), cancel);
        }
    }
}
