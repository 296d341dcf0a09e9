using System.Security.Claims;
using ChatDesk.Conversations;
using ChatDesk.People;

namespace ChatDesk.Desk.Api;

/// <summary>A canned reply as the composer lists it: both languages, since the contact's may differ from the officer's.</summary>
internal sealed record CannedRow(string Key, string Group, string Title, string Body);

/// <summary><c>GET /desk/api/canned?language=th</c>: the agency's canned replies in the contact's language, as the files are now.</summary>
internal static class CannedEndpoint
{
    public static IResult List(string? language, ClaimsPrincipal user, ContentLibrary library)
    {
        var me = OfficerIdentity.Of(user);
        var words = language == "en" ? "en" : "th";
        return Results.Ok(library.For(me.Agency).Canned.Select(reply =>
            new CannedRow(reply.Key, reply.Group.In(me.Language), reply.Title.In(me.Language), reply.Body.In(words))).ToList());
    }
}
