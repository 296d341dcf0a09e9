using System.Globalization;
using ChatDesk.Cases.Officers;
using ChatDesk.Cases.Rules;
using ChatDesk.People;
using ChatDesk.People.Audit;

namespace ChatDesk.Desk.Casework;

/// <summary><c>GET /desk/cases/export</c>: the list that the same address shows, whole, as CSV for a spreadsheet. Who took it stands in the audit log.</summary>
internal static class CaseExportEndpoint
{
    public static async Task<IResult> WriteAsync(HttpContext http, CaseDesk desk, CaseBasisOf basisOf, AuditLog log, TimeProvider time)
    {
        var me = OfficerIdentity.Of(http.User);
        var basis = basisOf(me.Agency);
        var (query, now) = (CaseQuery.Read(http.Request.Query) with { Page = 1 }, time.GetUtcNow());
        var csv = new MemoryStream();
        var count = await desk.ExportAsync(me.Agency, query.Filter(me, basis.Hours.Calendar, now), CaseViewers.Of(me, basis.Rules), csv, http.RequestAborted);
        // Written down before the first byte leaves: a file without its line in the log must not be.
        await log.WriteAsync(me, "case.export", "cases", new { filter = query.Write(), count });
        csv.Position = 0;
        http.Response.Headers.CacheControl = "no-store";
        return Results.Stream(csv, "text/csv; charset=utf-8", $"cases-{basis.Hours.Calendar.DateOf(now).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)}.csv");
    }
}
