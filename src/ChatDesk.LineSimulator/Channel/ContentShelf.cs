using System.Collections.Concurrent;

namespace ChatDesk.LineSimulator.Channel;

/// <summary>A file that a person sent. Its bytes are made up on reading, so a gigabyte costs nothing to keep.</summary>
/// <param name="Size">In bytes.</param>
/// <param name="ReadyAt">Until then LINE still prepares it: 202, and <c>processing</c> (ref@97000-101500).</param>
internal sealed record SentContent(string MessageId, string Kind, string ContentType, long Size, DateTimeOffset ReadyAt)
{
    /// <summary>The preparation failed for good: the content is 404, its transcoding <c>failed</c>.</summary>
    public bool Failed { get; init; }

    /// <summary>The sender took the message back: 410.</summary>
    public bool Gone { get; init; }

    /// <summary>Only sound and film are prepared; asking for anything else's transcoding is 400.</summary>
    public bool IsPrepared => Kind is "video" or "audio";

    /// <summary>Only pictures and film have a preview.</summary>
    public bool HasPreview => Kind is "image" or "video";
}

/// <summary>The files people sent, by message id.</summary>
internal sealed class ContentShelf(TimeProvider time)
{
    private readonly ConcurrentDictionary<string, SentContent> files = new(StringComparer.Ordinal);

    /// <summary>Puts a file on the shelf, ready after <paramref name="preparing"/>.</summary>
    public SentContent Put(string messageId, string kind, string contentType, long size, TimeSpan preparing = default) =>
        files[messageId] = new(messageId, kind, contentType, size, time.GetUtcNow() + preparing);

    public SentContent? Find(string messageId) => files.GetValueOrDefault(messageId);

    public bool IsReady(SentContent content) => time.GetUtcNow() >= content.ReadyAt;

    public void Fail(string messageId) => Change(messageId, c => c with { Failed = true });

    /// <summary>The sender took the message back.</summary>
    public void Unsend(string messageId) => Change(messageId, c => c with { Gone = true });

    private void Change(string messageId, Func<SentContent, SentContent> change)
    {
        if (files.TryGetValue(messageId, out var file)) files[messageId] = change(file);
    }
}
