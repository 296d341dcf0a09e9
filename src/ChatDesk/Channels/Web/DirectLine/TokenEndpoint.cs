using System.Text.Json;
using ChatDesk.Channels.Web.Access;

namespace ChatDesk.Channels.Web.DirectLine;

/// <summary><c>POST tokens/generate</c>, <c>refresh</c> and <c>forget</c>: who gets a token, and which conversation it opens.</summary>
internal sealed class TokenEndpoint(WebOptions options, WebAgencies agencies, WebSeals seals, TrustedOrigins origins, VisitorCookie cookie, WebThrottles throttles, TimeProvider time)
{
    private const int BodyLimit = 16 * 1024;
    private const int LongestUserId = 64;
    private const int MostOrigins = 10;

    /// <summary>Ids that begin so are only believed from tokens (directLine.ts).</summary>
    private const string IdPrefix = "dl_";

    public async Task<DirectLineError?> GenerateAsync(HttpContext http)
    {
        if (await throttles.Tokens.TakeAsync(WebThrottles.AddressOf(http)) is { } wait) return DirectLineError.TooMany(wait);
        if (WebEntrance.Bearer(http.Request) is { } secret) return await ForServerAsync(http, secret);
        if (http.Request.Headers.Authorization.Count > 0) return DirectLineError.NoAuthorization;
        if (agencies.Of(http.Request) is not { } agency) return DirectLineError.Bad("Name the agency: ?agency=ID.", "UnknownAgency");
        if (!origins.Allows(http.Request, agency, needed: true)) return DirectLineError.OriginNotTrusted;

        var known = cookie.Read(http.Request, agency);
        var visitor = known?.Visitor ?? IdPrefix + WebSeals.NewId();
        var conversation = known is null || http.Request.Query.ContainsKey("new") ? WebSeals.NewId() : known.Conversation;
        cookie.Write(http, agency, visitor, conversation);
        await WriteAsync(http, Token(agency, visitor, conversation));
        return null;
    }

    public async Task<DirectLineError?> RefreshAsync(HttpContext http, WebToken token)
    {
        await WriteAsync(http, Renewed(token));
        return null;
    }

    public Task<DirectLineError?> ForgetAsync(HttpContext http)
    {
        if (agencies.Of(http.Request) is not { } agency) return Task.FromResult<DirectLineError?>(DirectLineError.Bad("Name the agency: ?agency=ID.", "UnknownAgency"));
        if (!origins.Allows(http.Request, agency, needed: true)) return Task.FromResult<DirectLineError?>(DirectLineError.OriginNotTrusted);
        cookie.Forget(http, agency);
        http.Response.StatusCode = StatusCodes.Status204NoContent;
        return Task.FromResult<DirectLineError?>(null);
    }

    /// <summary>A token of a new conversation for a server that knows the agency's secret; null when it does not.</summary>
    /// <param name="secret">What it sent.</param>
    /// <param name="body">May name the user and the origins: <c>{user:{id}, trustedOrigins}</c>, in any case of letters.</param>
    /// <param name="error">Why there is none.</param>
    public WebToken? ForSecret(string secret, JsonElement body, out DirectLineError? error)
    {
        error = null;
        if (agencies.OfSecret(secret) is not { } agency) error = DirectLineError.BadSecret;
        else if (Visitor(body) is not { } visitor) error = DirectLineError.Bad($"user.id must begin with '{IdPrefix}' and have at most {LongestUserId} letters.");
        else if (Origins(body) is not { } allowed) error = DirectLineError.Bad($"trustedOrigins must be a list of at most {MostOrigins} sites such as https://www.agency.go.th.");
        else return Token(agency, visitor, WebSeals.NewId()) with { Origins = allowed };
        return null;
    }

    /// <summary>The same rights, from now on for the whole time.</summary>
    public WebToken Renewed(WebToken token) => token with { Expires = time.GetUtcNow() + options.TokenLife };

    /// <summary>In whole seconds.</summary>
    public int ExpiresIn(WebToken token) => (int)Math.Ceiling((token.Expires - time.GetUtcNow()).TotalSeconds);

    private async Task<DirectLineError?> ForServerAsync(HttpContext http, string secret)
    {
        var body = await JsonBody.ReadAsync(http.Request, BodyLimit);
        if (body.Error is not null) return body.Error;
        if (ForSecret(secret, body.Root, out var error) is not { } token) return error;
        await WriteAsync(http, token);
        return null;
    }

    private WebToken Token(string agency, string visitor, string conversation) => new(agency, visitor, conversation, time.GetUtcNow() + options.TokenLife);

    private Task WriteAsync(HttpContext http, WebToken token) => http.Response.WriteAsJsonAsync(
        new ConversationAnswer(token.Conversation, seals.Seal(token), ExpiresIn(token)), WebJson.Context.ConversationAnswer, cancellationToken: http.RequestAborted);

    private static string? Visitor(JsonElement body)
    {
        if (Any(body, "user") is not { } user || Any(user, "id") is not { ValueKind: JsonValueKind.String } id) return IdPrefix + WebSeals.NewId();
        var given = id.GetString()!;
        return given.StartsWith(IdPrefix, StringComparison.Ordinal) && given.Length <= LongestUserId && given.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-' or '.' or '@') ? given : null;
    }

    private static string? Origins(JsonElement body)
    {
        if (Any(body, "trustedOrigins") is not { } list || list.ValueKind == JsonValueKind.Null) return "";
        if (list.ValueKind != JsonValueKind.Array || list.GetArrayLength() > MostOrigins) return null;
        var sites = new List<string>();
        foreach (var entry in list.EnumerateArray())
        {
            if (entry.ValueKind != JsonValueKind.String || !Uri.TryCreate(entry.GetString(), UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http")) return null;
            sites.Add(url.GetLeftPart(UriPartial.Authority));
        }
        return string.Join(' ', sites);
    }

    /// <summary>Microsoft's own samples write the names in any case.</summary>
    private static JsonElement? Any(JsonElement from, string name)
    {
        if (from.ValueKind != JsonValueKind.Object) return null;
        foreach (var field in from.EnumerateObject())
        {
            if (field.Name.Equals(name, StringComparison.OrdinalIgnoreCase)) return field.Value;
        }
        return null;
    }
}
