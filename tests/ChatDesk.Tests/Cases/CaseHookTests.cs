using System.Collections.Concurrent;
using System.Globalization;
using System.Net;
using System.Text.Json;
using ChatDesk.Cases.Webhooks;
using ChatDesk.Tests.Fixtures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Logging;

namespace ChatDesk.Tests.Cases;

/// <summary>What another system hears of cases: signed, in order, again after a failure and over a restart, and once more when it asks.</summary>
public sealed class CaseHookTests : IAsyncDisposable
{
    private const string Key = "a-key-of-an-open311-client";
    private const string Secret = "a-secret-of-the-other-system";

    private readonly ConcurrentQueue<(long Id, string Signature, byte[] Body, int Answered)> _heard = new();
    private readonly WebApplication _other;
    private int _refusals;

    public CaseHookTests()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        _other = builder.Build();
        _other.MapPost("/hook", HearAsync);
    }

    public async ValueTask DisposeAsync() => await _other.DisposeAsync();

    [Fact]
    public async Task Events_arrive_signed_and_in_order_again_after_a_refusal_and_over_a_restart_and_once_more_when_asked_for()
    {
        await _other.StartAsync(TestContext.Current.CancellationToken);
        await using var desk = await TestDesk.StartAsync(settings =>
        {
            settings["Agencies:demo:Open311:ApiKeys:0"] = Key;
            settings["Agencies:demo:CaseWebhooks:0:Url"] = $"{_other.Urls.First()}/hook";
            settings["Agencies:demo:CaseWebhooks:0:Secret"] = Secret;
        });
        _refusals = 1;
        await FileAsync(desk);
        await desk.UntilAsync(() => _heard.Any(h => h.Answered == 200), "the first event was taken");
        Assert.Equal([500, 200], _heard.Select(h => h.Answered));
        Assert.Single(_heard.Select(h => h.Id).Distinct());

        await desk.RestartAsync();
        await FileAsync(desk);
        await FileAsync(desk);
        await desk.UntilAsync(() => _heard.Count(h => h.Answered == 200) >= 3, "the others were taken");

        var taken = _heard.Where(h => h.Answered == 200).ToList();
        Assert.Equal(taken.Select(h => h.Id).Order().Distinct(), taken.Select(h => h.Id));
        Assert.All(taken, one => Assert.Equal(one.Id, JsonDocument.Parse(one.Body).RootElement.GetProperty("id").GetInt64()));
        Assert.All(_heard, one => Assert.Equal(one.Signature, CaseHooks.Sign(Secret, SignedAt(one.Signature), one.Body)));

        using var again = new HttpRequestMessage(HttpMethod.Post, new Uri($"{desk.Url}/api/v1/demo/case-events/{taken[0].Id}/replay")) { Headers = { { "X-Api-Key", Key } } };
        using var answer = await desk.Http.SendAsync(again, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.Accepted, answer.StatusCode);
        Assert.Equal(taken[0].Id, _heard.Last().Id);
    }

    [Fact]
    public async Task Of_two_replicas_one_tells_each_event_and_when_it_stops_the_other_goes_on()
    {
        await _other.StartAsync(TestContext.Current.CancellationToken);
        var database = await LedgerKind.NewDatabaseAsync();
        void OnOneDatabase(Dictionary<string, string?> settings)
        {
            (settings["Ledger:Provider"], settings["Ledger:ConnectionString"]) = ("Postgres", database);
            settings["Agencies:demo:Open311:ApiKeys:0"] = Key;
            settings["Agencies:demo:CaseWebhooks:0:Url"] = $"{_other.Urls.First()}/hook";
            settings["Agencies:demo:CaseWebhooks:0:Secret"] = Secret;
        }
        await using var one = await TestDesk.StartAsync(OnOneDatabase);
        await using var two = await TestDesk.StartAsync(OnOneDatabase);
        for (var n = 0; n < 8; n++) await FileAsync(n % 2 == 0 ? one : two);
        await one.UntilAsync(() => _heard.Count >= 8, "all were told");

        await one.StopDeskAsync();
        await FileAsync(two);
        await two.UntilAsync(() => _heard.Count >= 9, "the other went on");

        var ids = _heard.Select(h => h.Id).ToList();
        Assert.Equal(ids.Order().Distinct(), ids);
    }

    [Theory]
    [InlineData("ftp://x/y", Secret, "CaseWebhooks:0:Url")]
    [InlineData("http://elsewhere.example/hook", Secret, "CaseWebhooks:0:Url")]
    [InlineData("https://elsewhere.example/hook", "short", "CaseWebhooks:0:Secret")]
    public void What_cannot_be_used_is_named_at_the_start(string url, string secret, string named)
    {
        var settings = new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["Agencies:demo:CaseWebhooks:0:Url"] = url,
            ["Agencies:demo:CaseWebhooks:0:Secret"] = secret,
        }).Build();
        var problems = new List<string>();

        Assert.Empty(CaseHookOptions.Read(settings, ["demo"], problems).Hooks);
        Assert.Contains(named, Assert.Single(problems), StringComparison.Ordinal);
    }

    private async Task HearAsync(HttpContext http)
    {
        using var body = new MemoryStream();
        await http.Request.Body.CopyToAsync(body);
        http.Response.StatusCode = Interlocked.Decrement(ref _refusals) >= 0 ? 500 : 200;
        _heard.Enqueue((
            long.Parse(http.Request.Headers["X-ChatDesk-Event"].ToString(), CultureInfo.InvariantCulture), http.Request.Headers["X-ChatDesk-Signature"].ToString(),
            body.ToArray(), http.Response.StatusCode));
    }

    private static DateTimeOffset SignedAt(string signature) =>
        DateTimeOffset.FromUnixTimeSeconds(long.Parse(signature.Split(',')[0][2..], CultureInfo.InvariantCulture));

    private static async Task FileAsync(TestDesk desk)
    {
        using var form = new FormUrlEncodedContent(new Dictionary<string, string> { ["api_key"] = Key, ["service_code"] = "complaint", ["description"] = "x", ["address_string"] = "y" });
        using var answer = await desk.Http.PostAsync(new Uri($"{desk.Url}/open311/v2/requests.json"), form, TestContext.Current.CancellationToken);
        Assert.Equal(HttpStatusCode.OK, answer.StatusCode);
    }
}
