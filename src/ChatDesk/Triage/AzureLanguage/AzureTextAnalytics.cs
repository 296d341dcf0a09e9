using System.Collections.Concurrent;
using System.Text.Json;
using Azure;
using ChatDesk.Triage.Local;

namespace ChatDesk.Triage.AzureLanguage;

/// <summary>
/// The local reading, with the sentiment read by Azure for agencies that have set it up. Urgency and topic stay local: Azure
/// knows neither. Late, refused or resting after failures, the local sentiment stands and the reading says so.
/// </summary>
internal sealed class AzureTextAnalytics(LocalTextAnalytics local, IConfiguration configuration, TimeProvider time, ILogger<AzureTextAnalytics> log) : ITextAnalytics
{
    public const string Source = "azure";

    private readonly ConcurrentDictionary<string, Account?> _accounts = new(StringComparer.Ordinal);

    public async ValueTask<TextReading> ReadAsync(string agency, string maskedText, CancellationToken stopping)
    {
        var reading = local.Read(agency, maskedText);
        if (string.IsNullOrWhiteSpace(maskedText) || AccountOf(agency) is not { } account) return reading;
        if (!account.Breaker.MayTry()) return Without(reading, "resting");
        try
        {
            using var late = new CancellationTokenSource(account.Options.Timeout, time);
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping, late.Token);
            // WaitAsync: even a transport that does not listen to the token keeps nobody waiting.
            var answers = await account.Client.ReadSentimentAsync([new AzureDocument("1", LanguageFor(reading), OutgoingText.Of(maskedText))], patience.Token).WaitAsync(patience.Token);
            account.Breaker.Succeeded();
            return answers.FirstOrDefault(a => a.Id == "1") switch
            {
                AzureSentiment found => With(reading, found),
                AzureDocumentError error => Refused(agency, reading, error),
                _ => Without(reading, "no answer"),
            };
        }
        catch (Exception fault) when (fault is RequestFailedException or AggregateException or JsonException || (fault is OperationCanceledException && !stopping.IsCancellationRequested))
        {
            account.Breaker.Failed();
            var reason = fault is RequestFailedException { Status: > 0 } refused ? $"status {refused.Status}" : fault is OperationCanceledException ? "late" : fault.GetType().Name;
            log.LogWarning("Azure AI Language of agency {Agency} failed: {Reason}", agency, reason);
            return Without(reading, reason);
        }
    }

    private Account? AccountOf(string agency) => _accounts.GetOrAdd(agency, id =>
        AzureLanguageOptions.Read(configuration, id) is { } options ? new Account(options, new AzureLanguageClient(options), new CircuitBreaker(time)) : null);

    /// <summary>Thai unless the letters say otherwise: an empty language would be read as English.</summary>
    private static string LanguageFor(TextReading reading) => reading.Language == ScriptLanguage.Unknown ? "th" : reading.Language;

    private static TextReading With(TextReading local, AzureSentiment azure)
    {
        var (sentiment, score) = azure.Sentiment switch
        {
            "positive" => (Sentiment.Positive, azure.Scores.Positive),
            "negative" => (Sentiment.Negative, azure.Scores.Negative),
            "mixed" => (Sentiment.Mixed, Math.Max(azure.Scores.Positive, azure.Scores.Negative)),
            _ => (Sentiment.Neutral, azure.Scores.Neutral ?? 0),
        };
        var opinions = azure.Sentences.SelectMany(s => s.Opinions).Select(o => new ReadingReason(ReadingReason.Opinion, string.Join(' ', o.Assessments.Select(a => a.Text).Prepend(o.Target.Text))));
        return local with
        {
            Sentiment = sentiment,
            SentimentScore = Math.Clamp(score, 0, 1),
            Reasons = [.. local.Reasons.Where(r => r.Code is not (ReadingReason.SoundsNegative or ReadingReason.SoundsPositive)), .. opinions],
            Source = Source,
        };
    }

    private static TextReading Without(TextReading local, string why) =>
        local with { Reasons = [.. local.Reasons, new ReadingReason(ReadingReason.AzureUnavailable, why)] };

    private TextReading Refused(string agency, TextReading local, AzureDocumentError error)
    {
        log.LogWarning("Azure AI Language of agency {Agency} could not read a text: {Code}", agency, error.Code);
        return Without(local, error.Code);
    }

    private sealed record Account(AzureLanguageOptions Options, AzureLanguageClient Client, CircuitBreaker Breaker);
}
