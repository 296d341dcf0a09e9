using Azure;
using Azure.Core;
using Azure.Core.Pipeline;

namespace ChatDesk.Triage.AzureLanguage;

/// <summary>
/// Azure AI Language over REST (<c>POST language/:analyze-text</c>) on Azure.Core's pipeline: its retries, its Retry-After, its
/// request ids, its traces. The package Azure.AI.TextAnalytics would take this class's place.
/// </summary>
internal sealed class AzureLanguageClient
{
    /// <summary>The service's limit for sentiment in one call.</summary>
    public const int MostDocuments = 10;

    private readonly HttpPipeline _pipeline;
    private readonly AzureLanguageOptions _options;

    public AzureLanguageClient(AzureLanguageOptions options)
    {
        _options = options;
        _pipeline = HttpPipelineBuilder.Build(new PipelineOptions(options.Timeout), new KeyPolicy(options.Key));
    }

    /// <returns>An answer or an error per document; the service may answer for some and refuse others.</returns>
    /// <exception cref="RequestFailedException">The service refused the call, or could not be reached.</exception>
    /// <exception cref="System.Text.Json.JsonException">Something else than the service answered.</exception>
    public async Task<IReadOnlyList<AzureDocumentAnswer>> ReadSentimentAsync(IReadOnlyList<AzureDocument> documents, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfGreaterThan(documents.Count, MostDocuments);
        using var message = _pipeline.CreateMessage();
        message.Request.Method = RequestMethod.Post;
        message.Request.Uri.Reset(_options.Endpoint);
        message.Request.Uri.AppendPath("/language/:analyze-text", escape: false);
        message.Request.Uri.AppendQuery("api-version", _options.ApiVersion);
        message.Request.Headers.Add("Content-Type", "application/json");
        message.Request.Headers.Add("Accept", "application/json");
        message.Request.Content = RequestContent.Create(AzureLanguageJson.WriteSentiment(documents));
        await _pipeline.SendAsync(message, cancel);
        if (message.Response.Status != 200) throw new RequestFailedException(message.Response);
        return AzureLanguageJson.ReadSentiment(message.Response.Content.ToMemory());
    }

    private sealed class PipelineOptions : ClientOptions
    {
        public PipelineOptions(TimeSpan timeout)
        {
            // A chat waits for this: one more try, soon, and all of it inside the caller's patience.
            Retry.MaxRetries = 1;
            Retry.Delay = TimeSpan.FromMilliseconds(100);
            Retry.MaxDelay = TimeSpan.FromMilliseconds(300);
            Retry.NetworkTimeout = timeout;
            // What a contact wrote is never logged.
            Diagnostics.IsLoggingContentEnabled = false;
            Diagnostics.ApplicationId = "ChatDesk";
        }
    }

    private sealed class KeyPolicy(string key) : HttpPipelineSynchronousPolicy
    {
        public override void OnSendingRequest(HttpMessage message) => message.Request.Headers.SetValue("Ocp-Apim-Subscription-Key", key);
    }
}
