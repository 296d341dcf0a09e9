using ChatDesk.Cases.Officers;
using ChatDesk.Cases.Rules;
using ChatDesk.Delivery;
using ChatDesk.People;

namespace ChatDesk.Desk.Casework;

/// <summary>
/// <c>GET /desk/cases/{id}/files/{number}</c>: a file of a case, from the contact or as an officer's evidence, for whoever may
/// see the case. Pictures are shown; anything else is only ever saved.
/// </summary>
internal static class CaseFileEndpoint
{
    public static async Task<IResult> OpenAsync(long id, int number, HttpContext http, CaseDesk desk, CaseBasisOf basisOf, FileStore files)
    {
        var me = OfficerIdentity.Of(http.User);
        if (await desk.ReadAsync(me.Agency, id, CaseViewers.Of(me, basisOf(me.Agency).Rules), http.RequestAborted) is not { } view) return Results.NotFound();
        var all = CaseFiles.Of(view);
        if (number < 0 || number >= all.Count || CaseFiles.Open(files, me.Agency, view.FilesFrom, all[number]) is not { } stream) return Results.NotFound();
        http.Response.Headers.CacheControl = "private, max-age=3600";
        return CaseFiles.Picture(stream) is { } picture
            ? Results.Stream(stream, picture, enableRangeProcessing: true)
            : Results.Stream(stream, "application/octet-stream", $"{view.Case.Number}-{number + 1}");
    }
}
