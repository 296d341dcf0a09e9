using ChatDesk.Activities;
using ChatDesk.Conversations;
using ChatDesk.Delivery;
using ChatDesk.Delivery.Sqlite;
using ChatDesk.Handover;
using ChatDesk.Startup;
using ChatDesk.Tests.Fixtures;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace ChatDesk.Tests.Handover;

/// <summary>The whole desk without a network: real ledger, real pipeline with the demo's content, channels that remember, and a clock that stands still until it is moved.</summary>
internal sealed class QueueDesk : IAsyncDisposable
{
    public const string Agency = "demo";

    /// <summary>Monday, 10:00 in Bangkok.</summary>
    public static readonly DateTimeOffset Morning = new(2026, 11, 23, 3, 0, 0, TimeSpan.Zero);

    private const string UnsettledRows = "SELECT (SELECT count(*) FROM inbox WHERE state = 0) + (SELECT count(*) FROM outbox WHERE state = 0)";
    private const string NewestEvent = $"SELECT coalesce(max(seq), 0) FROM desk_events WHERE agency = '{Agency}'";

    private readonly string _data = Directory.CreateTempSubdirectory("chatdesk-queue-").FullName;
    private IHost? _host;
    private readonly Dictionary<string, string?> _settings = [];
    private SqliteDatabase? _look;
    private SqliteStatement? _unsettled;
    private SqliteStatement? _seq;
    private int _number;

    private QueueDesk(DateTimeOffset at)
    {
        Time = new FakeTimeProvider(at);
        Line = new FakeChannel("line", handles: true, Time);
        Web = new FakeChannel("web", handles: false, Time);
    }

    public FakeTimeProvider Time { get; }

    public FakeChannel Line { get; }

    public FakeChannel Web { get; }

    public CapturedLog Log { get; } = new();

    public IOfficerQueue Queue => _host!.Services.GetRequiredService<IOfficerQueue>();

    public ILedger Ledger => _host!.Services.GetRequiredService<ILedger>();

    public DeskFeed Feed => _host!.Services.GetRequiredService<DeskFeed>();

    public string LedgerPath => Path.Combine(_data, "ledger.db");

    public static async Task<QueueDesk> StartAsync(DateTimeOffset? at = null)
    {
        var desk = new QueueDesk(at ?? Morning);
        await desk.StartHostAsync();
        return desk;
    }

    public static ConversationKey Key(string contact, string channel = "line") => new(Agency, channel, contact);

    public async Task RestartAsync()
    {
        await StopHostAsync();
        await StartHostAsync();
    }

    public async Task<Officer> ArriveAsync(string name, int capacity = 4, string? unit = null, IReadOnlyList<string>? languages = null)
    {
        var officer = new Officer(Agency, $"id-{name}", name);
        await Queue.ArriveAsync(new OfficerCard { Officer = officer, Capacity = capacity, Unit = unit, Languages = languages ?? [] });
        return officer;
    }

    /// <summary>The contact says something; returns when it is stored.</summary>
    public Task PostAsync(ConversationKey who, string text) => PostAsync(who, InboundKind.Text, text);

    public Task PostAsync(ConversationKey who, InboundKind kind, string? text = null, string? message = null)
    {
        var id = $"e{Interlocked.Increment(ref _number)}";
        var now = Time.GetUtcNow();
        return Ledger.AcceptAsync([new InboxEntry(
            new InboundActivity
            {
                Id = id, Conversation = who, Kind = kind, At = now, Text = text, MessageId = message ?? $"m-{id}",
                ReplyHandle = who.Channel == "line" ? $"token-{id}" : null,
            },
            now, default)]);
    }

    /// <summary>The contact says something, and everything that comes of it is done.</summary>
    public async Task SayAsync(ConversationKey who, string text)
    {
        await PostAsync(who, text);
        await SettledAsync();
    }

    /// <summary>The contact asks for a person; the handover that comes of it.</summary>
    public async Task<HandoverRow> AskAsync(ConversationKey who)
    {
        await SayAsync(who, "คุยกับเจ้าหน้าที่");
        return (await Queue.OpenInAsync(who))!;
    }

    public async Task<SayResult> SpeakAsync(Officer by, HandoverRow row, string text, string? clientId = null)
    {
        var seq = (await Queue.SnapshotAsync(Agency)).Seq;
        return await Queue.SayAsync(by, new SayOrder(row.Id, clientId ?? Guid.NewGuid().ToString("N"), seq, text));
    }

    /// <summary>Moves the clock, then does what has become due. Officers named stay alive.</summary>
    public async Task PassAsync(TimeSpan time, params Officer[] alive)
    {
        Time.Advance(time);
        foreach (var officer in alive) Queue.Seen(officer);
        await Ledger.SweepAsync(Time.GetUtcNow());
        await Queue.SweepAsync();
        await SettledAsync();
    }

    /// <summary>Lets the clock run, with everything that comes round by it, until this is done.</summary>
    public async Task RunAsync(Task work)
    {
        using var patience = new CancellationTokenSource(TestDesk.Patience * 2);
        while (!work.IsCompleted)
        {
            if (patience.IsCancellationRequested) Assert.Fail($"waited in vain; last words: {string.Join('\n', Log.Lines.TakeLast(5))}");
            Time.Advance(TimeSpan.FromMilliseconds(20));
            await Ledger.SweepAsync(Time.GetUtcNow());
            await Task.Delay(2, TestContext.Current.CancellationToken);
        }
        await work;
    }

    /// <summary>Everything has had its turn and its end, and the books in memory show what the file holds.</summary>
    public Task SettledAsync() => UntilAsync(
        () => Unsettled() == 0 && Seq() == Queue.SnapshotAsync(Agency).Result.Seq, "everything settled");

    public async Task UntilAsync(Func<bool> holds, string what)
    {
        using var patience = new CancellationTokenSource(TestDesk.Patience * 2);
        while (!holds())
        {
            if (patience.IsCancellationRequested) Assert.Fail($"waited in vain for: {what}\n{string.Join('\n', Log.Lines.Where(l => l[0] is 'W' or 'E' or 'C').TakeLast(5))}");
            await Task.Delay(2, TestContext.Current.CancellationToken);
        }
    }

    public long Count(string sql) => Database is { } postgres ? LedgerKind.Count(postgres, sql) : LedgerFile.Count(LedgerPath, sql);

    private string? Database => _settings.GetValueOrDefault("Ledger:ConnectionString");

    private long? Unsettled() => _unsettled is { } here ? here.ReadOne() : Count(UnsettledRows);

    private long? Seq() => _seq is { } here ? here.ReadOne() : Count(NewestEvent);

    public async ValueTask DisposeAsync()
    {
        await StopHostAsync();
        Directory.Delete(_data, recursive: true);
    }

    public async Task StopHostAsync()
    {
        if (_host is not { } host) return;
        _host = null;
        _look?.Dispose();
        var stopping = host.StopAsync(TestContext.Current.CancellationToken);
        // The worker looks at the clock while its last turns end.
        while (!stopping.IsCompleted)
        {
            Time.Advance(TimeSpan.FromMilliseconds(20));
            await Task.Delay(2, TestContext.Current.CancellationToken);
        }
        await stopping;
        if (host is IAsyncDisposable disposable) await disposable.DisposeAsync();
    }

    public async Task StartHostAsync()
    {
        var builder = Host.CreateEmptyApplicationBuilder(new HostApplicationBuilderSettings());
        (_settings["DataDirectory"], _settings[$"Agencies:{Agency}:Name"]) = (_data, Agency);
        await LedgerKind.ConfigureAsync(_settings);
        builder.Configuration.AddInMemoryCollection(_settings);
        builder.Logging.AddProvider(Log);
        var settings = DeskSettings.Read(builder.Configuration);
        builder.Services.AddSingleton(settings).AddSingleton<TimeProvider>(Time).AddDelivery(settings).AddCases(settings).AddTriage().AddConversations()
            .AddSingleton<IChannelSender>(Line).AddSingleton<IChannelSender>(Web);
        // Hours pass in a moment here, and the cases' worker would look into its database for every half second of them.
        builder.Services.Remove(builder.Services.Single(service => service.ImplementationType == typeof(ChatDesk.Cases.CaseWorker)));
        var host = builder.Build();
        var library = host.Services.GetRequiredService<ContentLibrary>();
        library.Replace(Agency, TestDesk.DemoContent.Value);
        library.MarkLoaded();
        await host.StartAsync(TestContext.Current.CancellationToken);
        _host = host;
        _ = Queue;
        if (LedgerKind.IsPostgres) return;
        _look = new SqliteDatabase(LedgerPath, readOnly: true);
        _seq = _look.Prepare(NewestEvent);
        _unsettled = _look.Prepare(UnsettledRows);
    }
}
