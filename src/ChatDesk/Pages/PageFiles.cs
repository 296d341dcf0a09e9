using System.IO.Hashing;
using System.Text;

namespace ChatDesk.Pages;

/// <summary>
/// Everything below <c>wwwroot/</c>: scripts, styles, fonts. It travels inside the program, so it is found the same way under
/// <c>dotnet run</c>, in a published folder and in tests. All of it lies under one address that changes with any byte of it
/// (<see cref="Root"/>), so browsers keep files for good and never mix two versions.
/// </summary>
internal sealed class PageFiles
{
    private const string Prefix = "wwwroot/";

    private static readonly Dictionary<string, string> Types = new(StringComparer.Ordinal)
    {
        [".js"] = "text/javascript; charset=utf-8",
        [".css"] = "text/css; charset=utf-8",
        [".svg"] = "image/svg+xml",
        [".woff2"] = "font/woff2",
        [".txt"] = "text/plain; charset=utf-8",
        [".html"] = "text/html; charset=utf-8",
    };

    private readonly Dictionary<string, PageFile> _files = new(StringComparer.Ordinal);

    private readonly string? _folder;

    /// <param name="folder">Reads every file anew from this folder (setting <c>Pages:Directory</c>), for whoever works on the pages; null serves what was built in.</param>
    public PageFiles(string? folder = null)
    {
        _folder = folder;
        var hash = new XxHash3();
        foreach (var name in typeof(PageFiles).Assembly.GetManifestResourceNames().Where(n => n.StartsWith(Prefix, StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            var bytes = LeanText.Of(name, Read(name));
            hash.Append(Encoding.UTF8.GetBytes(name));
            hash.Append(bytes);
            _files[name[Prefix.Length..].Replace('\\', '/')] = new PageFile(bytes, Types[Path.GetExtension(name)]);
        }
        Version = Convert.ToHexStringLower(hash.GetCurrentHash());
    }

    /// <summary>Sixteen hex digits over all files.</summary>
    public string Version { get; }

    /// <summary>The address below which this version lies.</summary>
    public string Root => $"/web/{Version}";

    public PageFile? Find(string path)
    {
        if (!_files.TryGetValue(path, out var file) || _folder is null) return file;
        return new PageFile(File.ReadAllBytes(Path.Combine(_folder, path)), file.ContentType, System.IO.Compression.CompressionLevel.Fastest);
    }

    /// <exception cref="KeyNotFoundException">The program was built without it.</exception>
    public string Text(string path) => Encoding.UTF8.GetString((Find(path) ?? throw new KeyNotFoundException(path)).Bytes);

    /// <summary>The addresses of a folder's ES modules, for the browser to fetch at once instead of one after the other.</summary>
    public IEnumerable<string> Modules(string folder, params IEnumerable<string> except) =>
        _files.Keys.Where(f => f.StartsWith(folder, StringComparison.Ordinal) && f.EndsWith(".js", StringComparison.Ordinal)).Except(except).Select(f => $"{Root}/{f}");

    /// <summary>GET /web/{version}/{path}.</summary>
    public Task HandleAsync(HttpContext http)
    {
        var path = http.Request.RouteValues["path"] as string ?? "";
        if (Find(path) is not { } file || path.EndsWith(".html", StringComparison.Ordinal))
        {
            http.Response.StatusCode = StatusCodes.Status404NotFound;
            return Task.CompletedTask;
        }
        var current = http.Request.RouteValues["version"] as string == Version;
        http.Response.Headers.CacheControl = current && _folder is null ? "public, max-age=31536000, immutable" : "no-cache";
        http.Response.Headers.XContentTypeOptions = "nosniff";
        // Frames with an opaque origin, and the widget's script on other sites, load these too; nothing in them is secret.
        http.Response.Headers["Cross-Origin-Resource-Policy"] = "cross-origin";
        return file.WriteAsync(http);
    }

    private static byte[] Read(string name)
    {
        using var from = typeof(PageFiles).Assembly.GetManifestResourceStream(name)!;
        var bytes = new byte[from.Length];
        from.ReadExactly(bytes);
        return bytes;
    }
}
