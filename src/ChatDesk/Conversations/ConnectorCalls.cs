using System.Globalization;
using System.Text.Json;
using ChatDesk.Cases.Tracking;
using ChatDesk.Conversations.Samples;
using ChatDesk.Dialogs.Engine;

namespace ChatDesk.Conversations;

/// <summary>
/// Asks other systems of the agency on behalf of a dialog: POST of the parameters as a JSON object to
/// <c>Agencies:{id}:Connectors:{name}:Url</c>; a JSON object of texts comes back. Without an address the agency's samples answer
/// where they may (<see cref="SampleAnswers.MayServe"/>). Otherwise, or late, or with anything but 200 and an object, the step
/// has failed and the dialog says so in its own words.
/// </summary>
internal sealed class ConnectorCalls(IConfiguration configuration, TimeProvider time, ILogger<ConnectorCalls> log, CaseTracking? cases = null) : IDisposable
{
    /// <summary>The connector that the desk answers itself when no address is configured for it.</summary>
    private const string OwnCases = "case_status";

    private const int LargestAnswer = 64 * 1024;

    private readonly HttpClient _http = new(new SocketsHttpHandler { AllowAutoRedirect = false, PooledConnectionLifetime = TimeSpan.FromMinutes(5) })
    {
        MaxResponseContentBufferSize = LargestAnswer,
        Timeout = Timeout.InfiniteTimeSpan,
    };

    public async ValueTask<StepResult> CallAsync(TurnContext turn, CallConnector call, CancellationToken stopping)
    {
        var agency = turn.Activity.Conversation.Agency;
        using var late = new CancellationTokenSource(call.Timeout, time);
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping, late.Token);
        try
        {
            if (Uri.TryCreate(configuration[$"Agencies:{agency}:Connectors:{call.Connector}:Url"], UriKind.Absolute, out var url))
                return new StepResult(true, await PostAsync(url, call, patience.Token));
            if (call.Connector == OwnCases && cases is not null && await FindCaseAsync(cases, turn, call, patience.Token) is { } own) return new StepResult(true, own);
            return Sample(turn, agency, call) is { } sample ? new StepResult(true, await PlayAsync(sample, turn, patience.Token)) : StepResult.Failure;
        }
        catch (Exception fault) when (fault is HttpRequestException or JsonException or NotSupportedException or InvalidOperationException
            || (fault is OperationCanceledException && !stopping.IsCancellationRequested))
        {
            log.LogWarning("Connector {Connector} of agency {Agency} failed: {Reason}", call.Connector, agency, fault is HttpRequestException ? fault.Message : fault.GetType().Name);
            return StepResult.Failure;
        }
    }

    public void Dispose() => _http.Dispose();

    private async Task<IReadOnlyDictionary<string, string>> PostAsync(Uri url, CallConnector call, CancellationToken cancel)
    {
        using var answer = await _http.PostAsJsonAsync(url, call.Send, cancel);
        if (!answer.IsSuccessStatusCode) throw new HttpRequestException($"status {(int)answer.StatusCode}");
        using var json = await answer.Content.ReadFromJsonAsync<JsonDocument>(cancel);
        if (json?.RootElement.ValueKind != JsonValueKind.Object) throw new JsonException("no JSON object");
        return json.RootElement.EnumerateObject().ToDictionary(f => f.Name, f => f.Value.ValueKind == JsonValueKind.String ? f.Value.GetString()! : f.Value.GetRawText());
    }

    /// <summary>The desk's own cases, by number and code. What is not among them may still be among the samples.</summary>
    private async ValueTask<IReadOnlyDictionary<string, string>?> FindCaseAsync(CaseTracking cases, TurnContext turn, CallConnector call, CancellationToken cancel)
    {
        var found = await cases.FindAsync(turn.Activity.Conversation.Agency, call.Send.GetValueOrDefault("number"), call.Send.GetValueOrDefault("code"), cancel);
        if (found is null) return SampleAnswers.MayServe(turn.Activity.Conversation.Agency, configuration) ? null : new Dictionary<string, string> { ["result"] = "not_found" };
        var shown = new Dictionary<string, string> { ["result"] = "found", ["state"] = turn.Content.Cases.Words.Say(found.State, turn.Language) };
        if (found.AnswerDue is { } due) shown["next_date"] = turn.Content.Hours.Calendar.DateOf(due).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
        return shown;
    }

    private SampleRecord? Sample(TurnContext turn, string agency, CallConnector call) =>
        SampleAnswers.MayServe(agency, configuration) ? turn.Content.Samples.Find(call.Connector, call.Send) : null;

    private async Task<IReadOnlyDictionary<string, string>> PlayAsync(SampleRecord sample, TurnContext turn, CancellationToken cancel)
    {
        if (sample.After > TimeSpan.Zero) await Task.Delay(sample.After, time, cancel);
        if (sample.Fails is { } reason) throw new HttpRequestException(reason);
        return sample.Fields(turn.Today, turn.Language);
    }
}
