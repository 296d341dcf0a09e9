using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Routing;

namespace ChatDesk.LineSimulator.Api;

/// <summary>How the API side behaves.</summary>
internal sealed record LineApiOptions
{
    /// <summary>Keep every request for tests to read. Off in benchmarks.</summary>
    public bool Record { get; init; } = true;

    /// <summary>Hold every message object against LINE's limits. Off only in benchmarks, where the two share the processors.</summary>
    public bool Strict { get; init; } = true;
}

/// <summary>Puts a simulated LINE into a web application.</summary>
internal static class LineApiEndpoints
{
    /// <summary>Serves LINE's paths (<c>/v2/bot/…</c>, <c>/oauth2/…</c>) beside whatever else the application has.</summary>
    public static void MapLineApi(this IEndpointRouteBuilder routes, LineApi api)
    {
        routes.Map("/v2/bot/{**path}", api.HandleAsync);
        routes.Map("/oauth2/{**path}", api.HandleAsync);
    }

    /// <summary>Serves LINE and nothing else, without routing.</summary>
    public static void RunLineApi(this IApplicationBuilder application, LineApi api) => application.Run(api.HandleAsync);
}
