using System.Diagnostics;
using System.Text.Json;
using System.Text.Json.Nodes;
using ChatDesk.Triage.AzureLanguage;

namespace ChatDesk.Tests.Triage;

/// <summary>Microsoft's own client (npm, <c>tests/azure-language</c>) and ours make the same of the same recorded answers.</summary>
public sealed class MicrosoftClientTests
{
    private static readonly string? Folder = FindFolder();

    [Theory]
    [InlineData("opinions.json")]
    [InlineData("plain.json")]
    [InlineData("refused.json")]
    public async Task Both_read_the_same(string recorded)
    {
        if (Folder is null) Assert.Skip("npm's @azure/ai-language-text is not installed: run npm ci in tests/azure-language");
        var answer = AzureTextAnalyticsTests.Recorded(recorded);
        await using var azure = (await FakeAzure.StartAsync()).Then(200, answer).Then(200, answer);
        var client = new AzureLanguageClient(new AzureLanguageOptions(new Uri(azure.Url), "key", AzureLanguageOptions.DefaultApiVersion, TimeSpan.FromMinutes(1)));

        var theirs = JsonNode.Parse(await AskMicrosoftsAsync(azure.Url))!.AsArray();
        var ours = await client.ReadSentimentAsync([new("0", "th", "a"), new("1", "th", "b")], AzureTextAnalyticsTests.Cancel);

        Assert.Equal(Ordered(theirs), ours.OrderBy(a => a.Id, StringComparer.Ordinal).Select(a => Shape(a).ToJsonString()));
        var (first, second) = (azure.Calls.First(), azure.Calls.Last());
        Assert.Equal((first.Path, first.Key), (second.Path, second.Key));
    }

    private static IEnumerable<string> Ordered(JsonArray answers)
    {
        foreach (var answer in answers.OrderBy(a => (string?)a!["id"], StringComparer.Ordinal))
        {
            answer!.AsObject().Remove("warnings");
            yield return Sorted(answer).ToJsonString();
        }
    }

    private static JsonNode Shape(AzureDocumentAnswer answer) => Sorted(JsonSerializer.SerializeToNode<object>(answer switch
    {
        AzureDocumentError error => new { id = error.Id, error = new { code = error.Code, message = error.Message } },
        AzureSentiment found => new
        {
            id = found.Id,
            sentiment = found.Sentiment,
            confidenceScores = Scores(found.Scores),
            sentences = found.Sentences.Select(s => new
            {
                text = s.Text,
                sentiment = s.Sentiment,
                confidenceScores = Scores(s.Scores),
                offset = s.Offset,
                length = s.Length,
                opinions = s.Opinions.Select(o => new { target = Span(o.Target), assessments = o.Assessments.Select(Span) }),
            }),
        },
        _ => throw new InvalidOperationException(answer.GetType().Name),
    })!);

    private static Dictionary<string, double> Scores(AzureScores scores) => scores.Neutral is { } neutral
        ? new() { ["positive"] = scores.Positive, ["neutral"] = neutral, ["negative"] = scores.Negative }
        : new() { ["positive"] = scores.Positive, ["negative"] = scores.Negative };

    private static Dictionary<string, object> Span(AzureSpan span)
    {
        var shape = new Dictionary<string, object> { ["text"] = span.Text, ["sentiment"] = span.Sentiment, ["confidenceScores"] = Scores(span.Scores), ["offset"] = span.Offset, ["length"] = span.Length };
        if (span.IsNegated is { } negated) shape["isNegated"] = negated;
        return shape;
    }

    /// <summary>The same order of fields, and numbers as numbers: 1.0 and 1 are equal.</summary>
    private static JsonNode Sorted(JsonNode node) => node switch
    {
        JsonObject map => new JsonObject(map.OrderBy(f => f.Key, StringComparer.Ordinal).Select(f => KeyValuePair.Create(f.Key, f.Value is null ? null : Sorted(f.Value)))),
        JsonArray list => new JsonArray([.. list.Select(item => Sorted(item!))]),
        JsonValue value when value.GetValueKind() == JsonValueKind.Number => JsonValue.Create(double.Parse(value.ToJsonString(), System.Globalization.CultureInfo.InvariantCulture)),
        _ => node.DeepClone(),
    };

    private static async Task<string> AskMicrosoftsAsync(string url)
    {
        using var node = Process.Start(new ProcessStartInfo("node", [Path.Combine(Folder!, "sentiment.mjs"), url]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = Folder })!;
        var (said, failed) = (node.StandardOutput.ReadToEndAsync(AzureTextAnalyticsTests.Cancel), node.StandardError.ReadToEndAsync(AzureTextAnalyticsTests.Cancel));
        await node.WaitForExitAsync(AzureTextAnalyticsTests.Cancel);
        Assert.True(node.ExitCode == 0, await failed);
        return await said;
    }

    private static string? FindFolder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var tests = Path.Combine(folder.FullName, "tests", "azure-language");
            if (Directory.Exists(Path.Combine(tests, "node_modules", "@azure", "ai-language-text"))) return tests;
        }
        return null;
    }
}
