using Microsoft.AspNetCore.Mvc;

namespace ChatDesk.Cases.Open311;

/// <summary>Open311 GeoReport v2 under <c>/open311/v2</c>, every call as <c>.json</c> or <c>.xml</c>.</summary>
internal static class Open311Endpoints
{
    private const int BodyLimit = 64 * 1024;

    public static void MapOpen311(this IEndpointRouteBuilder routes)
    {
        var api = routes.MapGroup("/open311/v2").WithTags("Open311 GeoReport v2").AllowAnonymous().DisableAntiforgery();
        api.MapGet("/services.{format}", Services).WithSummary("Kinds of requests that can be filed.");
        api.MapGet("/services/{service_code}.{format}", Service).WithSummary("What a kind asks beyond the usual: nothing here, so no kind has metadata.");
        api.MapPost("/requests.{format}", FileAsync).WithSummary("Files a request (form fields, api_key needed); answers with its id and a token.");
        api.MapGet("/requests.{format}", ListAsync).WithSummary("Requests by id, kind, state and time; public fields only.");
        api.MapGet("/requests/{service_request_id}.{format}", ReadAsync).WithSummary("One request; public fields only.");
        api.MapGet("/tokens/{token}.{format}", TokenAsync).WithSummary("The id of a request filed with this token.");
    }

    private static IResult Services(string format, [FromQuery(Name = "jurisdiction_id")] string? jurisdiction, Open311Access access, Open311Requests requests)
    {
        if (Unknown(format) is { } wrong) return wrong;
        var (agency, error) = access.Jurisdiction(jurisdiction);
        return error ?? Open311Answer.Of("services", "service", [.. Open311Requests.Services.Select(kind => requests.Describe(agency, kind))]);
    }

    private static IResult Service(string format, [FromRoute(Name = "service_code")] string code, [FromQuery(Name = "jurisdiction_id")] string? jurisdiction, Open311Access access)
    {
        if (Unknown(format) is { } wrong) return wrong;
        if (access.Jurisdiction(jurisdiction).Error is { } error) return error;
        return Open311Requests.Service(code) is null
            ? Open311Answer.Error(StatusCodes.Status404NotFound, "service_code provided was not found")
            : Open311Answer.Of("service_definition", "attributes");
    }

    private static async Task<IResult> FileAsync(HttpContext http, string format, Open311Access access, Open311Requests requests)
    {
        if (Unknown(format) is { } wrong) return wrong;
        if (!http.Request.HasFormContentType || http.Request.ContentLength is null or > BodyLimit)
            return Open311Answer.Error(StatusCodes.Status400BadRequest, "send form fields, at most 64 KB");
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        var (agency, error) = access.Jurisdiction(form["jurisdiction_id"].FirstOrDefault() ?? http.Request.Query["jurisdiction_id"]);
        if (error is not null) return error;
        if (!access.MayWrite(agency, form["api_key"].FirstOrDefault() ?? http.Request.Query["api_key"])) return Open311Access.NoKey();
        if (form["service_code"].ToString() is not { Length: > 0 } code) return Open311Answer.Error(StatusCodes.Status400BadRequest, "service_code was not provided");
        if (Open311Requests.Service(code) is not { } kind) return Open311Answer.Error(StatusCodes.Status404NotFound, "service_code provided was not found");
        var (report, problem) = Open311Reading.Report(form);
        return report is null
            ? Open311Answer.Error(StatusCodes.Status400BadRequest, problem!)
            : Open311Answer.Of("service_requests", "request", await requests.FileAsync(agency, kind, report, http.RequestAborted));
    }

    private static async Task<IResult> ListAsync(HttpContext http, string format, [FromQuery(Name = "jurisdiction_id")] string? jurisdiction, Open311Access access, Open311Requests requests, TimeProvider time)
    {
        if (Unknown(format) is { } wrong) return wrong;
        var (agency, error) = access.Jurisdiction(jurisdiction);
        if (error is not null) return error;
        var (query, problem) = Open311Reading.Query(http.Request.Query, time.GetUtcNow());
        return query is null
            ? Open311Answer.Error(StatusCodes.Status400BadRequest, problem!)
            : Open311Answer.Of("service_requests", "request", await requests.ListAsync(agency, query, http.RequestAborted));
    }

    private static async Task<IResult> ReadAsync(
        HttpContext http, string format, [FromRoute(Name = "service_request_id")] string id, [FromQuery(Name = "jurisdiction_id")] string? jurisdiction, Open311Access access, Open311Requests requests)
    {
        if (Unknown(format) is { } wrong) return wrong;
        var (agency, error) = access.Jurisdiction(jurisdiction);
        if (error is not null) return error;
        var found = CaseNumber.Read(id) is { } number ? await requests.ListAsync(agency, new Open311Query { Ids = [number] }, http.RequestAborted) : [];
        return found.Count == 0
            ? Open311Answer.Error(StatusCodes.Status404NotFound, "service_request_id provided was not found")
            : Open311Answer.Of("service_requests", "request", found);
    }

    private static async Task<IResult> TokenAsync(HttpContext http, string format, string token, [FromQuery(Name = "jurisdiction_id")] string? jurisdiction, Open311Access access, Open311Requests requests)
    {
        if (Unknown(format) is { } wrong) return wrong;
        var (agency, error) = access.Jurisdiction(jurisdiction);
        if (error is not null) return error;
        return await requests.NumberOfAsync(agency, token, http.RequestAborted) is { } number
            ? Open311Answer.Of("service_requests", "request", [[("service_request_id", number), ("token", token)]])
            : Open311Answer.Error(StatusCodes.Status404NotFound, "token provided was not found");
    }

    private static Open311Answer? Unknown(string format) => format is "json" or "xml" ? null : Open311Answer.Error(StatusCodes.Status404NotFound, "write .json or .xml");
}
