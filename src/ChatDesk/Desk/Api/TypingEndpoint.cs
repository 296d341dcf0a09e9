using ChatDesk.Desk.Live;
using ChatDesk.Handover;
using ChatDesk.People;

namespace ChatDesk.Desk.Api;

/// <summary>Whether the officer types a note.</summary>
internal sealed record TypingRequest(bool Note);

/// <summary><c>POST /desk/api/{conversation}/typing</c>: a fleeting sign for colleagues, and for contacts where the channel has one.</summary>
internal static class TypingEndpoint
{
    public static async Task<IResult> SignAsync(string conversation, HttpRequest request, DeskFeed feed, TimeProvider time)
    {
        var me = OfficerIdentity.Of(request.HttpContext.User);
        if (await JsonBody.ReadAsync<TypingRequest>(request) is not { } sign) return Results.BadRequest();
        if (Paths.Read(me.Agency, conversation) is not { } key) return Results.NotFound();
        feed.Sign(new DeskSign(key, sign.Note ? "typing-note" : "typing", me.Id, me.Name, time.GetUtcNow()));
        return Results.NoContent();
    }
}
