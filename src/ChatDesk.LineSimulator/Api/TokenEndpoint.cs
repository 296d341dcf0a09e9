using System.Text;
using Microsoft.AspNetCore.WebUtilities;

namespace ChatDesk.LineSimulator.Api;

/// <summary>POST /oauth2/v3/token: a stateless channel access token for 15 minutes (t:16, ref@117500).</summary>
internal static class TokenEndpoint
{
    public static LineAnswer Issue(LineCloud cloud, LineRequest request)
    {
        var form = QueryHelpers.ParseQuery(Encoding.UTF8.GetString(request.Body.Span));
        if (form["grant_type"] != "client_credentials") return LineErrors.OAuth("invalid_request", "Invalid 'client_credentials'.");
        if (cloud.ById(form["client_id"].ToString()) is not { } channel) return LineErrors.OAuth("invalid_client", "invalid client_id");
        if (!channel.Rates.TryPass(LineEndpoint.Token)) return LineErrors.RateLimited;
        if (form["client_secret"] != channel.Setup.Secret) return LineErrors.OAuth("invalid_client", "invalid client_secret");
        var (token, seconds) = channel.AccessTokens.Issue();
        return LineAnswer.Object(200, json =>
        {
            json.WriteString("token_type", "Bearer");
            json.WriteString("access_token", token);
            json.WriteNumber("expires_in", seconds);
        });
    }
}
