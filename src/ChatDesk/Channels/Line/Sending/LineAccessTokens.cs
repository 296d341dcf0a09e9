using System.Text.Json;

namespace ChatDesk.Channels.Line.Sending;

/// <summary>
/// The channel access token of each agency: the fixed one from the settings, or a stateless one issued by
/// <c>POST /oauth2/v3/token</c> (reference: issue stateless channel access token; 15 minutes, any number, not revocable).
/// However many callers wait, one call is made.
/// </summary>
internal sealed class LineAccessTokens
{
    /// <summary>After a failed issue nobody asks again for this long.</summary>
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(2);

    private readonly Dictionary<string, Issuer> _issuers = new(StringComparer.Ordinal);

    public LineAccessTokens(LineOptions options, LineWire wire, TimeProvider time)
    {
        var call = new LineCall(HttpMethod.Post, LineClient.At(options.ApiBaseUrl, "/oauth2/v3/token"), "token");
        foreach (var (id, agency) in options.Agencies) _issuers[id] = new(id, agency, call, options.RequestTimeout, wire, time);
    }

    /// <returns>A token to call with, or null when there is none to be had now.</returns>
    public ValueTask<LineToken?> GetAsync(string agency, CancellationToken stopping) =>
        _issuers.TryGetValue(agency, out var issuer) ? issuer.GetAsync(stopping) : default;

    /// <summary>After LINE refused <paramref name="refused"/> with 401.</summary>
    /// <returns>Another token, or null when there is no other (a fixed one cannot be renewed).</returns>
    public ValueTask<LineToken?> RenewAsync(string agency, LineToken refused, CancellationToken stopping) =>
        _issuers.TryGetValue(agency, out var issuer) ? issuer.RenewAsync(refused, stopping) : default;

    private sealed class Issuer(string id, LineAgencyOptions agency, LineCall call, TimeSpan timeout, LineWire wire, TimeProvider time)
    {
        private readonly Lock _gate = new();
        private volatile LineToken? _token = agency.ChannelAccessToken is { } token ? LineToken.Fixed(token) : null;
        private Task<LineToken?>? _issuing;
        private DateTimeOffset _notBefore;

        private bool CanIssue => agency is { ChannelAccessToken: null, ChannelId: not null, ChannelSecrets.Count: > 0 };

        public async ValueTask<LineToken?> GetAsync(CancellationToken stopping)
        {
            var (token, now) = (_token, time.GetUtcNow());
            if (token is not null && now < token.RenewAt) return token;
            var issuing = Issue(token);
            // While the old one lives nobody waits for the new one.
            return token is not null && now < token.DeadAt ? token : await issuing.WaitAsync(stopping);
        }

        public async ValueTask<LineToken?> RenewAsync(LineToken refused, CancellationToken stopping)
        {
            if (!CanIssue) return null;
            // Somebody else may have met the same 401 a moment ago.
            if (_token is { } other && other != refused) return other;
            var renewed = await Issue(refused).WaitAsync(stopping);
            return renewed == refused ? null : renewed;
        }

        /// <param name="seen">The token that will not do any more; one that came meanwhile will.</param>
        private Task<LineToken?> Issue(LineToken? seen)
        {
            lock (_gate)
            {
                if (_issuing is { IsCompleted: false }) return _issuing;
                if (_token is { } other && other != seen) return Task.FromResult<LineToken?>(other);
                if (!CanIssue || time.GetUtcNow() < _notBefore) return Task.FromResult<LineToken?>(null);
                return _issuing = IssueAsync();
            }
        }

        // Shared by all who wait, so no single caller's cancellation may end it; the wire's deadline does.
        private async Task<LineToken?> IssueAsync()
        {
            await Task.Yield();
            LineToken? issued = null;
            using var request = new HttpRequestMessage(call.Method, call.Url)
            {
                Content = new FormUrlEncodedContent(
                [
                    new("grant_type", "client_credentials"), new("client_id", agency.ChannelId), new("client_secret", agency.ChannelSecrets[0]),
                ]),
            };
            await wire.SendAsync(id, call, request, timeout, async (response, stop) => issued = Read(await response.Content.ReadAsByteArrayAsync(stop)), CancellationToken.None);
            lock (_gate)
            {
                if (issued is not null) _token = issued;
                _notBefore = issued is null ? time.GetUtcNow() + Pause : default;
            }
            return issued;
        }

        private LineToken? Read(byte[] body)
        {
            try
            {
                using var json = JsonDocument.Parse(body);
                var token = json.RootElement.GetProperty("access_token").GetString();
                var seconds = json.RootElement.GetProperty("expires_in").GetInt32();
                return string.IsNullOrEmpty(token) || seconds <= 0 ? null : LineToken.Issued(token, TimeSpan.FromSeconds(seconds), time.GetUtcNow());
            }
            catch (Exception e) when (e is JsonException or KeyNotFoundException or InvalidOperationException or FormatException)
            {
                return null;
            }
        }
    }
}
