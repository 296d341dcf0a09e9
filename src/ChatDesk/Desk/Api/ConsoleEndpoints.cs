using ChatDesk.Desk.Shell;
using ChatDesk.People;

namespace ChatDesk.Desk.Api;

/// <summary>
/// What the console asks by plain HTTP rather than through its circuit: words on their way to a contact must not depend on
/// the live line. Every post carries the page's antiforgery token.
/// </summary>
internal static class ConsoleEndpoints
{
    public static void MapConsole(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/desk/api").RequireAuthorization(DeskPolicies.Desk);
        api.MapGet("/canned", CannedEndpoint.List);
        var conversation = api.MapGroup("/{conversation}").AddEndpointFilter(HoldsTokenAsync);
        conversation.MapPost("/say", SayEndpoint.SayAsync);
        conversation.MapPost("/files", AttachEndpoint.AttachAsync);
        conversation.MapPost("/typing", TypingEndpoint.SignAsync);
        routes.MapGet("/desk/files/{agency}/{folder}/{hash}", ContactFileEndpoint.Open).RequireAuthorization(DeskPolicies.Desk);
    }

    private static async ValueTask<object?> HoldsTokenAsync(EndpointFilterInvocationContext call, EndpointFilterDelegate next) =>
        await DeskForms.HoldsTokenAsync(call.HttpContext) ? await next(call) : Results.Empty;
}
