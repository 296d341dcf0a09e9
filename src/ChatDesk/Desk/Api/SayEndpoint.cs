using ChatDesk.Activities;
using ChatDesk.Delivery;
using ChatDesk.Desk.Attached;
using ChatDesk.Desk.Live;
using ChatDesk.Desk.Words;
using ChatDesk.Handover;
using ChatDesk.People;

namespace ChatDesk.Desk.Api;

/// <summary>What the composer sends.</summary>
/// <param name="ClientId">The same for every try of the same words.</param>
/// <param name="Text">What was written.</param>
/// <param name="Note">True for a note between officers.</param>
/// <param name="Seen">The number up to which the screen shows the conversation.</param>
/// <param name="Handover">Which handover the officer answers in; none is needed for a note.</param>
/// <param name="Quote">Message id of the line being answered.</param>
/// <param name="Files">Seals of files to send with it (<see cref="AttachAnswer.File"/>).</param>
internal sealed record SayRequest(string? ClientId, string? Text, bool Note, long Seen, long? Handover, string? Quote, IReadOnlyList<string>? Files);

/// <summary>A line that the officer had not seen.</summary>
internal sealed record MissedLine(string Who, string Text);

/// <summary>What the composer gets back.</summary>
/// <param name="Why">In the officer's language; null when it was taken.</param>
/// <param name="Missed">What came after <see cref="SayRequest.Seen"/>; nothing was sent then.</param>
/// <param name="Seq">The number to go on from once these were read.</param>
internal sealed record SayAnswer(string? Why = null, IReadOnlyList<MissedLine>? Missed = null, long? Seq = null);

/// <summary><c>POST /desk/api/{conversation}/say</c>: 200 taken (or taken before), 409 look first, 422 not possible, with the reason.</summary>
internal static class SayEndpoint
{
    private const int LongestId = 64;
    private const int LongestText = 5000;

    /// <summary>One reply of LINE carries five messages: the words and these.</summary>
    private const int MostFiles = 4;

    public static async Task<IResult> SayAsync(string conversation, HttpRequest request, OfficerActs acts, DeskFeed feed, FileLinks links, AttachedFiles attached)
    {
        var me = OfficerIdentity.Of(request.HttpContext.User);
        var texts = ConsoleTexts.For(me.Language);
        if (await JsonBody.ReadAsync<SayRequest>(request) is not { } order) return Results.BadRequest();
        if (Paths.Read(me.Agency, conversation) is not { } key) return Results.NotFound();
        var text = order.Text?.Trim() ?? "";
        if (FilesOf(order, key, links) is not { } files) return Refuse(texts["Why_FileGone"]);
        if (order.ClientId is not { Length: > 0 and <= LongestId } || (text.Length == 0 && files.Count == 0) || text.Length > LongestText || files.Count > MostFiles)
            return Refuse(texts["Why_Invalid"]);

        if (!await GoesAsync(files, me.Agency, attached)) return Refuse(texts["Why_FileGone"]);
        var result = order.Note
            ? await acts.NoteAsync(me, key, order.ClientId, text)
            : order.Handover is { } id
                ? await acts.SayAsync(me, new SayOrder(id, order.ClientId, order.Seen, text) { Quotes = order.Quote, Files = [.. files.Select(f => links.Outbound(key.Agency, f.File, f.Seal, request))] })
                : new SayResult(QueueStatus.Gone);
        if (result.Status is not (QueueStatus.Done or QueueStatus.Repeated))
        {
            foreach (var (file, _) in files) await attached.RefuseAsync(me.Agency, file.Path);
        }
        return result.Status switch
        {
            QueueStatus.Done or QueueStatus.Repeated => Results.Ok(new SayAnswer()),
            QueueStatus.Outdated => Results.Json(Missed(result.Missed ?? [], feed.Last(me.Agency), texts), statusCode: StatusCodes.Status409Conflict),
            _ => Refuse(texts[$"Why_{result.Status}"]),
        };
    }

    /// <returns>Null when one of them is none of this conversation's, or its seal no longer good.</returns>
    private static List<(LinkedFile File, string Seal)>? FilesOf(SayRequest order, ConversationKey key, FileLinks links)
    {
        var files = new List<(LinkedFile, string)>();
        foreach (var seal in order.Note ? [] : order.Files ?? [])
        {
            if (links.Open(seal) is not { } file || file.For != key.ToString()) return null;
            files.Add((file, seal));
        }
        return files;
    }

    /// <summary>Keeps the files from being erased before the words that carry them are taken: the other way round a contact could get a dead address.</summary>
    /// <returns>False when one of them waited too long and is gone.</returns>
    private static async Task<bool> GoesAsync(IReadOnlyList<(LinkedFile File, string Seal)> files, string agency, AttachedFiles attached)
    {
        for (var n = 0; n < files.Count; n++)
        {
            if (await attached.SendAsync(agency, files[n].File.Path)) continue;
            foreach (var (file, _) in files.Take(n)) await attached.RefuseAsync(agency, file.Path);
            return false;
        }
        return true;
    }

    private static SayAnswer Missed(IReadOnlyList<TranscriptLine> lines, long seq, ConsoleTexts texts) => new(
        Missed: [.. lines.Select(line => new MissedLine(Who(line, texts), Previews.Of(line.Kind, line.Text, texts)))], Seq: seq);

    private static string Who(TranscriptLine line, ConsoleTexts texts) => line.By switch
    {
        LineSpeaker.Contact => texts["Contact"],
        LineSpeaker.Bot => texts["Bot"],
        _ => line.OfficerName ?? texts["Officer"],
    };

    internal static IResult Refuse(string why) => Results.Json(new SayAnswer(why), statusCode: StatusCodes.Status422UnprocessableEntity);
}
