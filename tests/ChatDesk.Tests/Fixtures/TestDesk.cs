using ChatDesk.Conversations;
using ChatDesk.LineSimulator;
using ChatDesk.LineSimulator.Api;
using ChatDesk.LineSimulator.Channel;
using ChatDesk.LineSimulator.Faults;
using ChatDesk.LineSimulator.Webhooks;
using ChatDesk.Startup;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using TaughtShelf = ChatDesk.LinePlatform.Desk.TaughtShelf;

namespace ChatDesk.Tests.Fixtures;

/// <summary>The whole desk in this process, on a real port and a ledger file of its own, with LINE (simulated) on another port.</summary>
internal sealed class TestDesk : IAsyncDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(15);

    public static readonly Lazy<AgencyContent> DemoContent = new(() =>
    {
        var content = ContentFolders.Read(DemoFolders.Root, "demo", new DateOnly(2026, 11, 23), before: null, out var problems, TaughtShelf.Shared);
        return content ?? throw new StartupException(problems);
    });

    private readonly WebApplication _line;
    private readonly Dictionary<string, string?> _settings;
    private readonly Action<WebApplicationBuilder>? _change;
    private readonly HttpClient _http = new() { Timeout = Patience };
    private WebApplication? _desk;
    private WebhookSender? _sender;

    private TestDesk(WebApplication line, LineCloud cloud, LineChannel channel, LineApi api, Dictionary<string, string?> settings, Action<WebApplicationBuilder>? change)
    {
        (_line, Cloud, Channel, Api, _settings, _change) = (line, cloud, channel, api, settings, change);
        Events = new WebhookEvents(channel, TimeProvider.System);
    }

    public LineCloud Cloud { get; }

    public LineChannel Channel { get; }

    public LineApi Api { get; }

    public WebhookEvents Events { get; }

    public CapturedLog Log { get; } = new();

    public string DataDirectory => _settings["DataDirectory"]!;

    public HttpClient Http => _http;

    public string Url => _desk!.Urls.First();

    public string LedgerPath => Path.Combine(DataDirectory, "ledger.db");

    public WebhookSender Sender => _sender!;

    public T Get<T>() where T : notnull => _desk!.Services.GetRequiredService<T>();

    public static async Task<TestDesk> StartAsync(
        Action<Dictionary<string, string?>>? settings = null, Action<WebApplicationBuilder>? change = null, FaultPlan? faults = null, LineChannelSetup? setup = null)
    {
        var cloud = new LineCloud(TimeProvider.System);
        var channel = cloud.Open(setup ?? new LineChannelSetup());
        var api = new LineApi(cloud, faults ?? new FaultPlan(), new LineApiOptions());
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0");
        var line = builder.Build();
        line.Run(api.HandleAsync);
        await line.StartAsync(TestContext.Current.CancellationToken);

        var all = new Dictionary<string, string?>
        {
            ["Urls"] = "http://127.0.0.1:0",
            // Hashing the demo officers' passwords costs half a second; tests of sign-in ask for them.
            ["SignIn:DemoOfficers"] = "false",
            ["DataDirectory"] = Directory.CreateTempSubdirectory("chatdesk-test-").FullName,
            ["Line:ApiBaseUrl"] = line.Urls.First(),
            ["Line:DataApiBaseUrl"] = line.Urls.First(),
            ["Agencies:demo:Line:ChannelSecrets:0"] = channel.Setup.Secret,
            ["Agencies:demo:Line:ChannelAccessToken"] = channel.Setup.AccessToken,
            ["Agencies:demo:Line:ChannelId"] = channel.Setup.Id,
        };
        settings?.Invoke(all);
        await LedgerKind.ConfigureAsync(all);
        var desk = new TestDesk(line, cloud, channel, api, all, change);
        await desk.StartDeskAsync();
        return desk;
    }

    /// <summary>Stops the desk and starts it again on the same data.</summary>
    public async Task RestartAsync()
    {
        await StopDeskAsync();
        await StartDeskAsync();
    }

    public async Task StopDeskAsync()
    {
        if (_desk is null) return;
        await _desk.StopAsync();
        await _desk.DisposeAsync();
        _desk = null;
    }

    public async Task StartDeskAsync()
    {
        _desk = DeskHost.Build([], builder =>
        {
            builder.Configuration.AddInMemoryCollection(_settings);
            builder.Logging.ClearProviders().AddProvider(Log);
            _change?.Invoke(builder);
        });
        // The demo's content is the same for every test: it is read once.
        if (!_settings.ContainsKey("ContentDirectory")) Get<ContentLibrary>().Replace("demo", DemoContent.Value);
        var read = Get<DeskSettings>();
        foreach (var agency in read.Agencies) TaughtShelf.Lend(read.DataDirectory, agency);
        ContentFolders.Load(read, Get<ContentLibrary>(), TimeProvider.System);
        await _desk.StartAsync();
        _sender = new WebhookSender(_http, new Uri($"{Url}/line/demo/webhook"), Channel, TimeProvider.System);
    }

    /// <summary>A person who has added the account.</summary>
    public ChatSource Person(string? id = null)
    {
        id ??= "U" + Guid.NewGuid().ToString("N");
        Channel.People.Add(new LinePerson(id, "คุณทดสอบ"));
        return ChatSource.User(id);
    }

    /// <summary>Delivers events and requires the 200.</summary>
    public async Task PostAsync(params WebhookEvent[] events)
    {
        // A machine under load may let LINE's two seconds pass; then LINE delivers again, and what was stored is not stored twice.
        var ack = await Sender.DeliverAsync(events, RedeliveryPlan.Patient with { Most = 10 }, cancel: TestContext.Current.CancellationToken);
        Assert.Equal(200, ack.Status);
    }

    /// <summary>Delivers one text and waits for the call that answers it.</summary>
    public async Task<IReadOnlyList<VisibleMessage>> SayAsync(ChatSource who, string text)
    {
        var before = Channel.Calls.VisibleTo(who.ChatId).Count;
        await PostAsync(Events.Message.Text(who, text));
        return await SeenAsync(who, before + 1);
    }

    /// <summary>Waits until this chat has seen at least so many message objects.</summary>
    public async Task<IReadOnlyList<VisibleMessage>> SeenAsync(ChatSource who, int atLeast)
    {
        await UntilAsync(() => Channel.Calls.VisibleTo(who.ChatId).Count >= atLeast, $"{atLeast} messages for {who.ChatId}");
        return Channel.Calls.VisibleTo(who.ChatId);
    }

    /// <summary>Waits until every stored event has had its turn and every answer has ended.</summary>
    public Task SettledAsync() => UntilAsync(
        () => Count("SELECT (SELECT count(*) FROM inbox WHERE state = 0) + (SELECT count(*) FROM outbox WHERE state = 0)") == 0, "everything settled");

    /// <summary>Waits until every stored event has had its turn.</summary>
    public Task TurnsTakenAsync() => UntilAsync(() => Count("SELECT count(*) FROM inbox WHERE state = 0") == 0, "every event had its turn");

    /// <summary>A query with one number as its result, written for SQLite.</summary>
    public long Count(string sql, string? text = null) => Database is { } postgres ? LedgerKind.Count(postgres, sql, text) : LedgerFile.Count(LedgerPath, sql, text);

    /// <summary>The first column of a query written for SQLite.</summary>
    public IReadOnlyList<string?> Column(string sql, string? text = null) => Database is { } postgres ? LedgerKind.Column(postgres, sql, text) : LedgerFile.Column(LedgerPath, sql, text);

    /// <summary>How many files of contacts there are.</summary>
    public long StoredFiles() => Database is not null
        ? Count("SELECT count(DISTINCT path) FROM file_bodies")
        : Directory.GetFiles(Path.Combine(DataDirectory, "files"), "*", SearchOption.AllDirectories).Length;

    /// <summary>How to reach the desk's database; null when it keeps everything in files.</summary>
    public string? Database => _settings.GetValueOrDefault("Ledger:Provider") == "Postgres" ? _settings["Ledger:ConnectionString"] : null;

    /// <summary>Waits for a condition that other threads bring about; fails by name when it does not come.</summary>
    public async Task UntilAsync(Func<bool> holds, string what)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!holds())
        {
            if (patience.IsCancellationRequested) Assert.Fail($"waited {Patience.TotalSeconds} s in vain for: {what}\n{string.Join('\n', Log.Lines.Where(l => l[0] is 'W' or 'E' or 'C').TakeLast(5))}");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopDeskAsync();
        await _line.DisposeAsync();
        _http.Dispose();
        Directory.Delete(DataDirectory, recursive: true);
    }
}
