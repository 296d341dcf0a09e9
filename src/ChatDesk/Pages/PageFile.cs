using System.IO.Compression;

namespace ChatDesk.Pages;

/// <summary>Bytes that a browser asks for, with their compressed forms made once, on the first request.</summary>
internal sealed class PageFile
{
    private readonly Lazy<byte[]> _brotli;
    private readonly Lazy<byte[]> _gzip;

    public PageFile(byte[] bytes, string contentType, CompressionLevel effort = CompressionLevel.SmallestSize)
    {
        (Bytes, ContentType) = (bytes, contentType);
        ETag = $"\"{Convert.ToHexStringLower(System.IO.Hashing.XxHash3.Hash(bytes))}\"";
        _brotli = new(() => Compress(to => new BrotliStream(to, effort)));
        _gzip = new(() => Compress(to => new GZipStream(to, effort)));
    }

    public byte[] Bytes { get; }

    public string ContentType { get; }

    public string ETag { get; }

    /// <summary>False for what is compressed already (fonts).</summary>
    public bool Compressible => !ContentType.StartsWith("font/", StringComparison.Ordinal);

    /// <summary>Answers with the smallest form that the browser takes, or 304 when it has this one.</summary>
    public Task WriteAsync(HttpContext http)
    {
        http.Response.Headers.ETag = ETag;
        if (http.Request.Headers.IfNoneMatch.ToString().Contains(ETag, StringComparison.Ordinal))
        {
            http.Response.StatusCode = StatusCodes.Status304NotModified;
            return Task.CompletedTask;
        }
        var (bytes, encoding) = Choose(http.Request.Headers.AcceptEncoding.ToString());
        http.Response.ContentType = ContentType;
        http.Response.ContentLength = bytes.Length;
        if (Compressible) http.Response.Headers.Vary = "Accept-Encoding";
        if (encoding is not null) http.Response.Headers.ContentEncoding = encoding;
        return HttpMethods.IsHead(http.Request.Method) ? Task.CompletedTask : http.Response.Body.WriteAsync(bytes, http.RequestAborted).AsTask();
    }

    private (byte[] Bytes, string? Encoding) Choose(string accepted)
    {
        if (!Compressible) return (Bytes, null);
        if (accepted.Contains("br", StringComparison.Ordinal)) return (_brotli.Value, "br");
        return accepted.Contains("gzip", StringComparison.Ordinal) ? (_gzip.Value, "gzip") : (Bytes, null);
    }

    private byte[] Compress(Func<Stream, Stream> with)
    {
        using var to = new MemoryStream();
        using (var compressing = with(to)) compressing.Write(Bytes);
        return to.ToArray();
    }
}
