using System.Net.Mime;
using ChatDesk.Activities;
using ChatDesk.Delivery;
using ChatDesk.Desk.Attached;
using ChatDesk.Desk.Live;
using ChatDesk.Desk.Words;
using ChatDesk.Handover;
using ChatDesk.People;
using Microsoft.AspNetCore.Http.Features;

namespace ChatDesk.Desk.Api;

/// <summary>A file that waits to be sent.</summary>
/// <param name="File">Its seal, to be named by <see cref="SayRequest.Files"/>.</param>
/// <param name="Name">As the contact will see it.</param>
/// <param name="Size">In bytes.</param>
internal sealed record AttachAnswer(string File, string Name, long Size);

/// <summary><c>POST /desk/api/{conversation}/files?name=…</c>: the body is a file that the officer is about to send; 422 with the reason when it cannot be.</summary>
internal static class AttachEndpoint
{
    /// <summary>What LINE takes as a picture, and enough for a scanned form.</summary>
    private const int LargestFile = 10 * 1024 * 1024;

    private const int LongestName = 100;

    private static readonly Dictionary<string, string> Office = new(StringComparer.OrdinalIgnoreCase)
    {
        [".docx"] = "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        [".xlsx"] = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
        [".pptx"] = "application/vnd.openxmlformats-officedocument.presentationml.presentation",
    };

    public static async Task<IResult> AttachAsync(string conversation, string? name, HttpRequest request, FileStore files, AttachedFiles attached, FileLinks links, IOfficerQueue queue, TimeProvider time)
    {
        var http = request.HttpContext;
        var me = OfficerIdentity.Of(http.User);
        var texts = ConsoleTexts.For(me.Language);
        if (Paths.Read(me.Agency, conversation) is not { } key) return Results.NotFound();
        if (await queue.OpenInAsync(key) is not { IsHeld: true } row || row.OfficerId != me.Id) return SayEndpoint.Refuse(texts["Why_NotYours"]);
        if (request.ContentLength > LargestFile) return SayEndpoint.Refuse(texts["Why_FileTooLarge"]);
        if (http.Features.Get<IHttpMaxRequestBodySizeFeature>() is { IsReadOnly: false } limit) limit.MaxRequestBodySize = LargestFile;
        if (await KeepAsync(key, request.Body, files, attached, http.RequestAborted) is not { } path) return SayEndpoint.Refuse(texts["Why_FileTooLarge"]);

        var shown = CleanName(name);
        var (type, size) = Look(files, path);
        if (Known(type, shown) is not { } known)
        {
            files.Delete(path);
            return SayEndpoint.Refuse(texts["Why_FileKind"]);
        }
        var file = new LinkedFile(path, key.ToString(), shown, known, size, time.GetUtcNow() + FileLinks.Life);
        return Results.Ok(new AttachAnswer(links.Seal(file), shown, size));
    }

    /// <returns>Null when it is larger than may be, or empty.</returns>
    private static async Task<string?> KeepAsync(ConversationKey key, Stream body, FileStore files, AttachedFiles attached, CancellationToken stopping)
    {
        var name = $"desk/{Guid.NewGuid():N}";
        await attached.AddAsync(key.Agency, FileStore.PathOf(key.Agency, name), stopping);
        try
        {
            return await files.WriteAsync(
                key.Agency, name,
                async (to, stop) =>
                {
                    await body.CopyToAsync(to, stop);
                    return to.Length > 0;
                },
                stopping);
        }
        catch (BadHttpRequestException)
        {
            return null;
        }
    }

    private static (string Type, long Size) Look(FileStore files, string path)
    {
        using var file = files.Open(path)!;
        return (FileKinds.Sniff(file), file.Length);
    }

    /// <summary>Pictures, PDF and office documents; nothing that a contact's device would run.</summary>
    private static string? Known(string type, string name) => type switch
    {
        MediaTypeNames.Application.Pdf => type,
        MediaTypeNames.Application.Zip => Office.GetValueOrDefault(Path.GetExtension(name)),
        _ => type.StartsWith("image/", StringComparison.Ordinal) ? type : null,
    };

    private static string CleanName(string? name)
    {
        var clean = string.Concat((name ?? "").Where(c => !char.IsControl(c) && !char.IsSurrogate(c) && c is not ('/' or '\\'))).Trim();
        if (clean.Length > LongestName) clean = clean[^LongestName..];
        return clean.Length > 0 ? clean : "file";
    }
}
