using ChatDesk.Cases.Officers;
using ChatDesk.Delivery;

namespace ChatDesk.Desk.Casework;

/// <summary>The files of a case: what the contact sent lies in the store under its channel and message, an officer's evidence under a path of its own.</summary>
internal static class CaseFiles
{
    private const int HeadLength = 12;

    /// <summary>Every file that the timeline names, in order; its place is its number.</summary>
    public static IReadOnlyList<string> Of(CaseDetailView view) =>
        [.. view.Timeline.SelectMany(line => (line.Detail.Opening?.Files ?? []).Concat(line.Detail.Files ?? [])).Distinct(StringComparer.Ordinal)];

    /// <param name="files">The store.</param>
    /// <param name="agency">Whose case it is.</param>
    /// <param name="home">By whose channel the contact's files came (<see cref="CaseDetailView.FilesFrom"/>).</param>
    /// <param name="name">As the case names it.</param>
    public static Stream? Open(FileStore files, string agency, (string Agency, string Channel)? home, string name)
    {
        if (name.Contains('/')) return name.StartsWith($"{agency}/", StringComparison.Ordinal) ? files.Open(name) : null;
        return home is var (owner, channel) ? files.Open(FileStore.PathOf(owner, $"{channel}/{name}")) : null;
    }

    /// <summary>Keeps an officer's evidence.</summary>
    /// <returns>Its path.</returns>
    public static async Task<string> KeepAsync(FileStore files, string agency, long id, IFormFile file, CancellationToken stopping)
    {
        await using var from = file.OpenReadStream();
        var path = await files.WriteAsync(agency, $"case/{id}/{Guid.NewGuid():N}", async (to, stop) =>
        {
            await from.CopyToAsync(to, stop);
            return true;
        }, stopping);
        return path!;
    }

    /// <summary>The type of a picture that browsers draw, by its first bytes; null for anything else. The stream stands at its beginning again.</summary>
    public static string? Picture(Stream file)
    {
        Span<byte> head = stackalloc byte[HeadLength];
        var read = file.ReadAtLeast(head, head.Length, throwOnEndOfStream: false);
        file.Position = 0;
        return head[..read] switch
        {
            [0x89, (byte)'P', (byte)'N', (byte)'G', ..] => "image/png",
            [0xFF, 0xD8, 0xFF, ..] => "image/jpeg",
            [(byte)'G', (byte)'I', (byte)'F', (byte)'8', ..] => "image/gif",
            [(byte)'R', (byte)'I', (byte)'F', (byte)'F', _, _, _, _, (byte)'W', (byte)'E', (byte)'B', (byte)'P'] => "image/webp",
            _ => null,
        };
    }
}
