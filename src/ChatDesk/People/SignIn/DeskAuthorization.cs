using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Authorization.Policy;

namespace ChatDesk.People.SignIn;

/// <summary>
/// Refuses what a policy refuses. An address that is no route at all (404), or not by this method (405), says so to
/// everybody: the default refusal is for routes.
/// </summary>
internal sealed class DeskAuthorization : IAuthorizationMiddlewareResultHandler
{
    private readonly AuthorizationMiddlewareResultHandler _inner = new();

    public Task HandleAsync(RequestDelegate next, HttpContext context, AuthorizationPolicy policy, PolicyAuthorizationResult authorizeResult) =>
        !authorizeResult.Succeeded && context.GetEndpoint() is not RouteEndpoint ? next(context) : _inner.HandleAsync(next, context, policy, authorizeResult);
}
