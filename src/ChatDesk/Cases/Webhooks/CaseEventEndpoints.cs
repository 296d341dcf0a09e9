using ChatDesk.Cases.Open311;
using Microsoft.AspNetCore.Mvc;

namespace ChatDesk.Cases.Webhooks;

/// <summary>Case events for other systems that hold one of the agency's keys (header <c>X-Api-Key</c>): read them, or have one sent again.</summary>
internal static class CaseEventEndpoints
{
    private const int MostEvents = 500;

    public static void MapCaseEvents(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/api/v1/{agency}/case-events").WithTags("Case events").AllowAnonymous().DisableAntiforgery();
        api.MapGet("/", ReadAsync).WithSummary("Events after the id given, oldest first, at most 500.").Produces<IReadOnlyList<PublicCaseEvent>>().Produces(StatusCodes.Status403Forbidden);
        api.MapPost("/{id:long}/replay", ReplayAsync).WithSummary("Sends one event again to every webhook of the agency.").Produces(StatusCodes.Status202Accepted).Produces(StatusCodes.Status403Forbidden).Produces(StatusCodes.Status404NotFound);
    }

    private static async Task<IResult> ReadAsync(string agency, [FromHeader(Name = "X-Api-Key")] string? key, long? after, Open311Access access, CaseHooks hooks, CancellationToken stopping) =>
        access.MayWrite(agency, key) ? Results.Ok(await hooks.ReadAsync(agency, after ?? 0, MostEvents, stopping)) : Results.StatusCode(StatusCodes.Status403Forbidden);

    private static async Task<IResult> ReplayAsync(string agency, long id, [FromHeader(Name = "X-Api-Key")] string? key, Open311Access access, CaseHooks hooks, CancellationToken stopping)
    {
        if (!access.MayWrite(agency, key)) return Results.StatusCode(StatusCodes.Status403Forbidden);
        return await hooks.ReplayAsync(agency, id, stopping) is { } taken ? Results.Accepted(null, new { taken }) : Results.NotFound();
    }
}
