using ChatDesk.BrowserTests.Browsing;
using ChatDesk.LinePlatform.Desk;
using ChatDesk.LinePlatform.Hosting;
using ChatDesk.LineSimulator;
using ChatDesk.LineSimulator.Api;
using ChatDesk.LineSimulator.Channel;
using ChatDesk.LineSimulator.Faults;
using ChatDesk.LineSimulator.Webhooks;
using ChatDesk.Tests.Fixtures;

namespace ChatDesk.BrowserTests.Desk;

/// <summary>Two desks, each a process of its own, over one PostgreSQL and one Redis, behind a balancer without memory; LINE is simulated beside them.</summary>
internal sealed class ReplicaScene : IAsyncDisposable
{
    private readonly Chromium _chromium;
    private readonly string _folder;
    private readonly LineHost _line;
    private readonly RedisServer _redis;
    private readonly IReadOnlyList<DeskProcess> _desks;
    private readonly RoundRobin _front;
    private readonly HttpClient _http = new() { Timeout = TestDesk.Patience };
    private readonly WebhookEvents _events;
    private readonly WebhookSender _sender;

    static ReplicaScene() => Microsoft.Playwright.Assertions.SetDefaultExpectTimeout((float)TestDesk.Patience.TotalMilliseconds);

    private ReplicaScene(Chromium chromium, string folder, LineHost line, RedisServer redis, IReadOnlyList<DeskProcess> desks)
    {
        (_chromium, _folder, _line, _redis, _desks) = (chromium, folder, line, redis, desks);
        _front = new RoundRobin([.. desks.Select(d => d.Settings.Port)]);
        _events = new WebhookEvents(line.Channel, TimeProvider.System);
        _sender = new WebhookSender(_http, new Uri($"{_front.Url}/line/demo/webhook"), line.Channel, TimeProvider.System);
    }

    /// <summary>What the browser and LINE speak to.</summary>
    public RoundRobin Front => _front;

    /// <summary>Starts everything; skips the test where PostgreSQL or a browser is missing.</summary>
    public static async Task<ReplicaScene> StartAsync(Chromium chromium)
    {
        _ = chromium.Browser; // Skips before anything is started where there is no browser.
        var cancel = TestContext.Current.CancellationToken;
        var database = await LedgerKind.NewDatabaseAsync();
        var folder = Directory.CreateTempSubdirectory("chatdesk-replicas-").FullName;
        var line = await LineHost.StartAsync(new LineChannelSetup(), new FaultPlan(), new LineApiOptions(), TimeProvider.System);
        var redis = new RedisServer(folder);
        await redis.StartAsync(cancel);
        var desks = Enumerable.Range(1, 2).Select(n => new DeskProcess(new(
            DeskDll.Find(null), line.Url, line.Channel.Setup, FreePort.Pick(), Directory.CreateDirectory(Path.Combine(folder, $"desk{n}")).FullName, Path.Combine(folder, $"desk{n}.log"))
        {
            Extra = new Dictionary<string, string>
            {
                ["Ledger__Provider"] = "Postgres",
                ["Ledger__ConnectionString"] = database,
                ["Redis__Configuration"] = redis.Configuration,
                ["SignIn__DemoOfficers"] = "true",
            },
        })).ToList();
        var scene = new ReplicaScene(chromium, folder, line, redis, desks);
        await Task.WhenAll(desks.Select(d => d.StartAsync(cancel)));
        await Task.WhenAll(desks.Select(d => d.ContentReadAsync(cancel)));
        return scene;
    }

    /// <summary>Signs an officer in through the balancer.</summary>
    public async Task<OfficerWindow> OfficerAsync(string name = "somchai")
    {
        var window = new OfficerWindow(await Visit.OpenAsync(_chromium, [_front.Url]), _front.Url);
        try
        {
            await window.SignInAsync(name);
        }
        catch (InvalidOperationException dead)
        {
            throw new InvalidOperationException($"page from {_front.PageFrom}, socket at {_front.SocketAt}\n{string.Join('\n', _desks.Select(d => $"{d.Settings.Port} said: {d.LastWords()}"))}", dead);
        }
        return window;
    }

    /// <summary>A person on LINE who asked for an officer and heard what happens next.</summary>
    public async Task<ChatSource> WaitingAsync(string name)
    {
        var id = "U" + Guid.NewGuid().ToString("N");
        _line.Channel.People.Add(new LinePerson(id, name));
        var who = ChatSource.User(id);
        await SaysAsync(who, "คุยกับเจ้าหน้าที่");
        return who;
    }

    /// <summary>Delivers a contact's words, again and again if need be, as LINE does.</summary>
    public async Task SaysAsync(ChatSource who, string words)
    {
        var ack = await _sender.DeliverAsync([_events.Message.Text(who, words)], RedeliveryPlan.Patient with { Most = 10 }, cancel: TestContext.Current.CancellationToken);
        Assert.Equal(200, ack.Status);
    }

    /// <summary>Waits until a contact has these words on LINE.</summary>
    /// <returns>How often they stand there.</returns>
    public async Task<int> SeenAsync(ChatSource who, string words)
    {
        using var patience = new CancellationTokenSource(TestDesk.Patience);
        int Count() => _line.Channel.Calls.VisibleTo(who.ChatId).Count(m => m.Text == words);
        while (Count() == 0)
        {
            Assert.False(patience.IsCancellationRequested, $"'{words}' did not reach LINE");
            await Task.Delay(10, TestContext.Current.CancellationToken);
        }
        return Count();
    }

    /// <summary>kill -9 for the desk that holds the newest live socket.</summary>
    public Task KillHolderAsync() => _desks.Single(d => d.Settings.Port == _front.SocketAt).KillAsync();

    /// <summary>kill -9 for Redis; the port answers nobody until <see cref="StartRedisAsync"/>.</summary>
    public Task KillRedisAsync() => _redis.KillAsync();

    public Task StartRedisAsync() => _redis.StartAsync(TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _front.Dispose();
        foreach (var desk in _desks) await desk.DisposeAsync();
        await _redis.DisposeAsync();
        await _line.DisposeAsync();
        _http.Dispose();
        Directory.Delete(_folder, recursive: true);
    }
}
