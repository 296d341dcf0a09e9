using System.Text.Json;
using ChatDesk.Startup;
using ChatDesk.Tests.Fixtures;
using ChatDesk.Triage;
using ChatDesk.Triage.AzureLanguage;
using ChatDesk.Triage.Local;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatDesk.Tests.Triage;

/// <summary>Azure reads the sentiment when it answers; whatever else it does, nobody waits and the local reading stands.</summary>
public sealed class AzureTextAnalyticsTests
{
    private const string Text = "ขอเบอร์โทรสำนักงานหน่อยค่ะ";

    private static readonly Lazy<TriageContent> Content = new(() => TriageContentFile.Load(ContentFolders.Lists(DemoFolders.Root, "demo"), out _));

    private static readonly LocalTextAnalytics Local = new(_ => Content.Value);

    [Fact]
    public async Task The_request_is_the_services_and_the_sentiment_is_its_own()
    {
        await using var azure = await FakeAzure.StartAsync();

        var read = await Reader(azure).ReadAsync("demo", Text, Cancel);

        Assert.Equal((Sentiment.Negative, 0.95, "azure"), (read.Sentiment, read.SentimentScore, read.Source));
        Assert.Equal(Local.Read("demo", Text).Topic, read.Topic);
        var call = Assert.Single(azure.Calls);
        Assert.Equal(("/language/:analyze-text?api-version=2023-04-01", "key"), (call.Path, call.Key));
        var body = JsonDocument.Parse(call.Body).RootElement;
        Assert.Equal("SentimentAnalysis", body.GetProperty("kind").GetString());
        var parameters = body.GetProperty("parameters");
        Assert.Equal("Utf16CodeUnit", parameters.GetProperty("stringIndexType").GetString());
        Assert.True(parameters.GetProperty("opinionMining").GetBoolean() && parameters.GetProperty("loggingOptOut").GetBoolean());
        var document = body.GetProperty("analysisInput").GetProperty("documents")[0];
        Assert.Equal(("th", Text), (document.GetProperty("language").GetString(), document.GetProperty("text").GetString()));
    }

    [Theory]
    [InlineData("โทร 081-234-5678 นะคะ", "081")]
    [InlineData("เลขบัตร ๑-๙๙๙๙-๐๐๐๐๐-๐๑-๓", "๙๙๙๙")]
    [InlineData("ส่งที่ somchai@example.com", "somchai")]
    public async Task What_callers_forgot_to_hide_does_not_leave_the_machine(string text, string secret)
    {
        await using var azure = await FakeAzure.StartAsync();

        await Reader(azure).ReadAsync("demo", text, Cancel);

        Assert.DoesNotContain(secret, JsonDocument.Parse(Assert.Single(azure.Calls).Body).RootElement.GetProperty("analysisInput").ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task One_429_is_tried_again_after_the_time_it_names()
    {
        await using var azure = (await FakeAzure.StartAsync()).Then(429, retryAfterMs: 10);

        Assert.Equal("azure", (await Reader(azure).ReadAsync("demo", Text, Cancel)).Source);

        Assert.Equal(2, azure.Calls.Count);
    }

    [Theory]
    [InlineData(500, "{}", "status 500")]
    [InlineData(401, """{"error":{"code":"401","message":"Access denied."}}""", "status 401")]
    [InlineData(200, "<html>", "JsonReaderException")]
    [InlineData(200, "[]", "JsonException")]
    [InlineData(200, """{"results":{"documents":[],"errors":[]}}""", "no answer")]
    [InlineData(200, """{"results":{"documents":[],"errors":[{"id":"1","error":{"code":"InvalidArgument","innererror":{"code":"InvalidDocument","message":"x"}}}]}}""", "InvalidDocument")]
    public async Task Whatever_else_it_answers_the_local_reading_stands_and_says_why(int status, string body, string why)
    {
        await using var azure = (await FakeAzure.StartAsync()).Then(status, body).Then(status, body);

        var read = await Reader(azure).ReadAsync("demo", Text, Cancel);

        var local = Local.Read("demo", Text);
        Assert.Equal((local.Sentiment, local.SentimentScore, "local"), (read.Sentiment, read.SentimentScore, read.Source));
        Assert.Equal(new ReadingReason(ReadingReason.AzureUnavailable, why), read.Reasons[^1]);
    }

    [Fact]
    public async Task A_silent_service_is_given_up_after_two_seconds_at_most()
    {
        await using var azure = await FakeAzure.StartAsync();
        azure.Silent = true;
        var time = new FakeTimeProvider();

        var reading = Reader(azure, time, timeout: "00:10:00").ReadAsync("demo", Text, Cancel).AsTask();
        Assert.False(reading.IsCompleted);
        time.Advance(TimeSpan.FromSeconds(2));

        Assert.Equal("late", (await reading.WaitAsync(TestDesk.Patience, Cancel)).Reasons[^1].Evidence);
    }

    [Fact]
    public async Task After_three_failures_it_is_left_alone_until_one_try_succeeds()
    {
        await using var azure = await FakeAzure.StartAsync();
        var time = new FakeTimeProvider();
        var reader = Reader(azure, time);
        for (var n = 0; n < CircuitBreaker.FailuresToOpen; n++) azure.Then(400, "{}");
        for (var n = 0; n < CircuitBreaker.FailuresToOpen; n++) await reader.ReadAsync("demo", Text, Cancel);
        var asked = azure.Calls.Count;

        Assert.Equal("resting", (await reader.ReadAsync("demo", Text, Cancel)).Reasons[^1].Evidence);
        Assert.Equal(asked, azure.Calls.Count);

        time.Advance(CircuitBreaker.Rest);
        Assert.Equal("azure", (await reader.ReadAsync("demo", Text, Cancel)).Source);
        Assert.Equal("azure", (await reader.ReadAsync("demo", Text, Cancel)).Source);
    }

    [Fact]
    public async Task An_agency_without_an_account_asks_nobody()
    {
        await using var azure = await FakeAzure.StartAsync();

        Assert.Equal("local", (await Reader(azure).ReadAsync("other", Text, Cancel)).Source);

        Assert.Empty(azure.Calls);
    }

    [Fact]
    public async Task What_people_have_an_opinion_of_becomes_a_reason()
    {
        await using var azure = (await FakeAzure.StartAsync()).Then(200, Recorded("opinions.json").Replace("\"id\":\"0\"", "\"id\":\"1\"", StringComparison.Ordinal));

        var read = await Reader(azure).ReadAsync("demo", Text, Cancel);

        Assert.Contains(new ReadingReason(ReadingReason.Opinion, "เจ้าหน้าที่ หยาบคาย"), read.Reasons);
    }

    internal static CancellationToken Cancel => TestContext.Current.CancellationToken;

    internal static string Recorded(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var file = Path.Combine(folder.FullName, "tests", "azure-language", "recorded", name);
            if (File.Exists(file)) return File.ReadAllText(file);
        }
        throw new FileNotFoundException(name);
    }

    private static AzureTextAnalytics Reader(FakeAzure azure, TimeProvider? time = null, string? timeout = null) => new(
        Local,
        new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Agencies:demo:TextAnalytics:Azure:Endpoint"] = azure.Url,
            ["Agencies:demo:TextAnalytics:Azure:Key"] = "key",
            ["Agencies:demo:TextAnalytics:Azure:Timeout"] = timeout,
        }).Build(),
        time ?? new FakeTimeProvider(),
        NullLogger<AzureTextAnalytics>.Instance);
}
