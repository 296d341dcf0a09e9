using ChatDesk.Activities;
using ChatDesk.Delivery;
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

    public static async Task<IResult> SayAsync(string conversation, HttpRequest request, OfficerActs acts, DeskFeed feed, FileLinks links)
    {
        var me = OfficerIdentity.Of(request.HttpContext.User);
        var texts = ConsoleTexts.For(me.Language);
        if (await JsonBody.ReadAsync<SayRequest>(request) is not { } order) return Results.BadRequest();
        if (Paths.Read(me.Agency, conversation) is not { } key) return Results.NotFound();
        var text = order.Text?.Trim() ?? "";
        if (FilesOf(order, key, links, request) is not { } files) return Refuse(texts["Why_FileGone"]);
        if (order.ClientId is not { Length: > 0 and <= LongestId } || (text.Length == 0 && files.Count == 0) || text.Length > LongestText || files.Count > MostFiles)
            return Refuse(texts["Why_Invalid"]);

        var result = order.Note
            ? await acts.NoteAsync(me, key, order.ClientId, text)
            : order.Handover is { } id
                ? await acts.SayAsync(me, new SayOrder(id, order.ClientId, order.Seen, text) { Quotes = order.Quote, Files = files })
                : new SayResult(QueueStatus.Gone);
        return result.Status switch
        {
            QueueStatus.Done or QueueStatus.Repeated => Results.Ok(new SayAnswer()),
            QueueStatus.Outdated => Results.Json(Missed(result.Missed ?? [], feed.Last(me.Agency), texts), statusCode: StatusCodes.Status409Conflict),
            _ => Refuse(texts[$"Why_{result.Status}"]),
        };
    }

    /// <returns>Null when one of them is none of this conversation's, or no longer there.</returns>
    private static List<OutboundFile>? FilesOf(SayRequest order, ConversationKey key, FileLinks links, HttpRequest request)
    {
        var files = new List<OutboundFile>();
        foreach (var seal in order.Note ? [] : order.Files ?? [])
        {
            if (links.Open(seal) is not { } file || file.For != key.ToString()) return null;
            files.Add(links.Outbound(key.Agency, file, seal, request));
        }
        return files;
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
