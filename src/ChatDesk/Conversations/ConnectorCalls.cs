using System.Text.Json;
using ChatDesk.Dialogs.Engine;

namespace ChatDesk.Conversations;

/// <summary>
/// Asks other systems of the agency on behalf of a dialog: POST of the parameters as a JSON object to
/// <c>Agencies:{id}:Connectors:{name}:Url</c>; a JSON object of texts comes back. Without an address, late, or with anything
/// but 200 and an object, the step has failed and the dialog says so in its own words.
/// </summary>
internal sealed class ConnectorCalls(IConfiguration configuration, ILogger<ConnectorCalls> log) : IDisposable
{
    private const int LargestAnswer = 64 * 1024;

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        MaxResponseContentBufferSize = LargestAnswer,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public async ValueTask<StepResult> CallAsync(string agency, CallConnector call, CancellationToken stopping)
    {
        if (!Uri.TryCreate(configuration[$"Agencies:{agency}:Connectors:{call.Connector}:Url"], UriKind.Absolute, out var url)) return StepResult.Failure;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        patience.CancelAfter(call.Timeout);
        try
        {
            using var answer = await _http.PostAsJsonAsync(url, call.Send, patience.Token);
            if (!answer.IsSuccessStatusCode) return Failed(agency, call, $"status {(int)answer.StatusCode}");
            using var json = await answer.Content.ReadFromJsonAsync<JsonDocument>(patience.Token);
            return json?.RootElement.ValueKind == JsonValueKind.Object
                ? new StepResult(true, json.RootElement.EnumerateObject().ToDictionary(f => f.Name, f => f.Value.ValueKind == JsonValueKind.String ? f.Value.GetString()! : f.Value.GetRawText()))
                : Failed(agency, call, "no JSON object");
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException or NotSupportedException or InvalidOperationException
            || (fault is OperationCanceledException && !stopping.IsCancellationRequested))
        {
            return Failed(agency, call, fault.GetType().Name);
        }
    }

    public void Dispose() => _http.Dispose();

    private StepResult Failed(string agency, CallConnector call, string reason)
    {
        log.LogWarning("Connector {Connector} of agency {Agency} failed: {Reason}", call.Connector, agency, reason);
        return StepResult.Failure;
    }
}
