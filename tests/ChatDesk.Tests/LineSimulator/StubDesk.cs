using System.Net;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading.Channels;
using ChatDesk.LinePlatform.Hosting;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;

namespace ChatDesk.Tests.LineSimulator;

/// <summary>What a stub desk does wrong, once, on its fifth event.</summary>
internal enum Vice
{
    None,
    AcknowledgesWithoutStoring,
    StoresTwice,
    SaysItTwice,
    StaysSilent,
    SaysSentWithoutSending,
    AnswersLaterFirst,
    TranscriptOutOfOrder,
    TranscriptForgets,
    HidesAPendingAnswer,
    RefusesAtFirst,
}

/// <summary>The smallest desk that can be judged: takes webhooks, keeps three lists, answers each text once, and has one vice.</summary>
internal sealed class StubDesk : IAsyncDisposable
{
    private readonly WebApplication application;
    private readonly LineHost line;
    private readonly HttpClient http = new();
    private readonly Vice vice;
    private readonly Channel<JsonNode> queue = Channel.CreateUnbounded<JsonNode>();
    private readonly List<JsonNode> stored = [];
    private readonly HashSet<string> known = [];
    private readonly List<(string Id, string User, string State)> outbox = [];
    private readonly Task worker;
    private JsonNode? heldBack;
    private int refusals;

    private StubDesk(WebApplication application, LineHost line, Vice vice)
    {
        this.application = application;
        this.line = line;
        this.vice = vice;
        http.BaseAddress = line.Url;
        http.DefaultRequestHeaders.Authorization = new("Bearer", line.Channel.Setup.AccessToken);
        worker = Task.Run(WorkAsync);
    }

    public Uri Webhook => new(application.Urls.First() + "/line/demo/webhook");

    public static async Task<StubDesk> StartAsync(LineHost line, Vice vice)
    {
        var builder = WebApplication.CreateEmptyBuilder(new());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen(IPAddress.Loopback, 0));
        var application = builder.Build();
        StubDesk? desk = null;
        application.Run(context => desk!.TakeAsync(context));
        await application.StartAsync();
        return desk = new(application, line, vice);
    }

    /// <summary>Waits until every stored event was worked on.</summary>
    public async Task FinishAsync()
    {
        queue.Writer.Complete();
        await worker;
    }

    /// <summary>The ledger in the form of the desk's verb.</summary>
    public IEnumerable<string> Dump()
    {
        var arrival = 0;
        foreach (var e in stored)
        {
            var row = new JsonObject { ["t"] = "inbox", ["agency"] = "demo", ["channel"] = "line", ["address"] = User(e), ["eventId"] = Id(e), ["eventTime"] = Time(e), ["arrival"] = ++arrival, ["state"] = "done", ["turn"] = arrival };
            yield return row.ToJsonString();
            if (vice == Vice.StoresTwice && arrival == 5) yield return row.ToJsonString();
        }

        var turn = 0;
        foreach (var (id, user, state) in outbox)
        {
            yield return new JsonObject { ["t"] = "outbox", ["id"] = id + ":0", ["agency"] = "demo", ["channel"] = "line", ["address"] = user, ["turn"] = ++turn, ["state"] = state, ["reason"] = null }.ToJsonString();
        }

        var transcript = stored.OrderBy(Time).ToList();
        if (vice == Vice.TranscriptOutOfOrder) transcript.Reverse();
        if (vice == Vice.TranscriptForgets) transcript.RemoveAt(4);
        foreach (var e in transcript)
        {
            yield return new JsonObject { ["t"] = "transcript", ["agency"] = "demo", ["channel"] = "line", ["address"] = User(e), ["at"] = Time(e), ["n"] = 1, ["direction"] = "in", ["activityId"] = Id(e) }.ToJsonString();
        }
    }

    public async ValueTask DisposeAsync()
    {
        queue.Writer.TryComplete();
        await application.DisposeAsync();
        http.Dispose();
    }

    private async Task TakeAsync(HttpContext context)
    {
        var body = await JsonSerializer.DeserializeAsync<JsonNode>(context.Request.Body);
        if (vice == Vice.RefusesAtFirst && Interlocked.Increment(ref refusals) <= 5)
        {
            context.Response.StatusCode = 503;
            return;
        }

        lock (known)
        {
            foreach (var e in body!["events"]!.AsArray().Select(e => e!.DeepClone()))
            {
                if (!known.Add(Id(e)) || (vice == Vice.AcknowledgesWithoutStoring && known.Count == 5)) continue;
                stored.Add(e);
                queue.Writer.TryWrite(e);
            }
        }
    }

    private async Task WorkAsync()
    {
        var number = 0;
        await foreach (var e in queue.Reader.ReadAllAsync()) await TurnAsync(e, ++number);
    }

    private async Task TurnAsync(JsonNode e, int number)
    {
        var wicked = number == 5;
        var state = wicked && vice == Vice.HidesAPendingAnswer ? "pending" : "sent";
        if (!wicked || vice != Vice.StaysSilent) outbox.Add((Id(e), User(e), state));
        if (wicked && vice is Vice.StaysSilent or Vice.SaysSentWithoutSending or Vice.HidesAPendingAnswer) return;
        if (wicked && vice == Vice.AnswersLaterFirst)
        {
            heldBack = e;
            return;
        }

        await SayAsync(e);
        if (wicked && vice == Vice.SaysItTwice) await PushAsync(e);
        if (heldBack is null || User(heldBack) != User(e)) return;
        await SayAsync(heldBack);
        heldBack = null;
    }

    private Task SayAsync(JsonNode e) => e["replyToken"] is { } token
        ? PostAsync("/v2/bot/message/reply", LineBodies.Reply("""{"type":"text","text":"ok"}""", token.GetValue<string>()))
        : PushAsync(e);

    private Task PushAsync(JsonNode e) => PostAsync("/v2/bot/message/push", LineBodies.Push("""{"type":"text","text":"ok"}""", User(e)));

    private async Task PostAsync(string path, string json)
    {
        using var content = new StringContent(json);
        using var answer = await http.PostAsync(path, content);
        answer.EnsureSuccessStatusCode();
    }

    private static string Id(JsonNode e) => e["webhookEventId"]!.GetValue<string>();

    private static string User(JsonNode e) => e["source"]!["userId"]!.GetValue<string>();

    private static long Time(JsonNode e) => e["timestamp"]!.GetValue<long>();
}
