using ChatDesk.People;

namespace ChatDesk.Desk.Casework;

/// <summary>What the case pages give out besides pages: the list as a file, and the files of a case.</summary>
internal static class CaseworkEndpoints
{
    public static void MapCasework(this IEndpointRouteBuilder routes)
    {
        routes.MapGet("/desk/cases/export", CaseExportEndpoint.WriteAsync).RequireAuthorization(DeskPolicies.Desk).ExcludeFromDescription();
        routes.MapGet("/desk/cases/{id:long}/files/{number:int}", CaseFileEndpoint.OpenAsync).RequireAuthorization(DeskPolicies.Desk).ExcludeFromDescription();
    }
}
