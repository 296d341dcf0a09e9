using ChatDesk.LinePlatform.Desk;
using ChatDesk.LinePlatform.Hosting;
using ChatDesk.LinePlatform.Ledger;
using ChatDesk.LineSimulator;
using ChatDesk.LineSimulator.Api;
using ChatDesk.LineSimulator.Faults;
using ChatDesk.LineSimulator.Webhooks;

namespace ChatDesk.LinePlatform.Load;

/// <summary>What a run needs to know about the desk, from the command line.</summary>
/// <param name="Desk">A path to ChatDesk.dll, or null to search.</param>
/// <param name="Folder">Where to keep everything, or null for a temporary folder.</param>
/// <param name="Settings">More settings of the desk, <c>NAME=VALUE</c>.</param>
/// <param name="Quiet">How long nothing may change before a run stops waiting for answers.</param>
internal sealed record SceneOptions(string Verb, string? Desk, string? Folder, IReadOnlyList<string> Settings, TimeSpan Quiet)
{
    /// <summary>Which Redis the desk has: <c>single</c>, <c>sentinel</c> or <c>cluster</c>; null for none.</summary>
    public string? Redis { get; init; }

    /// <summary>Which PostgreSQL replicas have: <c>single</c>, <c>pooled</c> or <c>patroni</c>.</summary>
    public string Postgres { get; init; } = "single";

    /// <summary>The data of a desk alone lie on a disk that can be full.</summary>
    public bool SmallDisk { get; init; }

    /// <summary>How many desks run side by side over one PostgreSQL; 0 for one desk on SQLite.</summary>
    public int Replicas { get; init; }

    /// <summary>How many made-up conversations of two messages the desk's ledger holds before it starts.</summary>
    public int Filled { get; init; }

    public LineChannelSetup Channel { get; init; } = new();
}

/// <summary>Everything of one run: the simulated LINE, the desk as a process, the people, the journal; and the judgement at the end.</summary>
internal sealed class Scene : IAsyncDisposable
{
    private const int CallsAtOnce = 256;

    private static readonly TimeSpan LongestSettle = TimeSpan.FromMinutes(15);

    private readonly HttpClient http = new(new SocketsHttpHandler { MaxConnectionsPerServer = CallsAtOnce, PooledConnectionIdleTimeout = TimeSpan.FromSeconds(30) });
    private readonly SemaphoreSlim turns = new(CallsAtOnce);
    private readonly SceneOptions options;
    private bool closed;

    private Scene(SceneOptions options, RunFolder folder, LineHost line, DeskProcess desk, IRedis? redis, LoadPlan plan, TimeProvider time, ReplicaSet? replicas = null)
    {
        Replicas = replicas;
        this.options = options;
        Folder = folder;
        Line = line;
        Desk = desk;
        Redis = redis;
        Time = time;
        Journal = new(folder.File("journal.txt"), time);
        Board = new(line.Channel, Journal);
        Sender = new(http, replicas is null ? desk.Settings.Webhook : new Uri($"http://127.0.0.1:{replicas.Front.Port}/line/demo/webhook"), line.Channel, time, turns);
        Load = new(plan, line.Channel, Sender, Journal, Acks, time);
    }

    public RunFolder Folder { get; }

    public LineHost Line { get; }

    public DeskProcess Desk { get; }

    /// <summary>All desks, when there are several; <see cref="Desk"/> is the first of them.</summary>
    public ReplicaSet? Replicas { get; }

    public IPostgres? Postgres { get; private init; }

    public IRedis? Redis { get; }

    public SmallDisk? Disk { get; private init; }

    public AckJournal Journal { get; }

    public AnswerBoard Board { get; }

    public WebhookSender Sender { get; }

    public LoadRun Load { get; }

    public Latencies Acks { get; } = new();

    public TimeProvider Time { get; }

    /// <summary>Starts LINE, Redis if wanted, and the desk, and waits until the desk is ready.</summary>
    public static async Task<Scene> OpenAsync(SceneOptions options, LoadPlan plan, FaultPlan faults, CancellationToken cancel)
    {
        var time = TimeProvider.System;
        var dll = DeskDll.Find(options.Desk);
        var folder = RunFolder.Make(options.Folder, options.Verb, time);
        var line = await LineHost.StartAsync(options.Channel, faults, new LineApiOptions(), time);
        var extra = Pairs(options.Settings);
        var redis = MakeRedis(options.Redis, folder, plan);
        if (redis is not null)
        {
            await redis.StartAsync(cancel);
            extra["Redis__Configuration"] = redis.Configuration;
        }

        if (options.Replicas > 0) return await OpenReplicasAsync(options, dll, folder, line, extra, redis, plan, cancel);
        var disk = options.SmallDisk ? await SmallDisk.MountAsync(folder.Folder("data")) : null;
        var settings = new DeskSettings(dll, line.Url, options.Channel, FreePort.Pick(), folder.Folder("data"), folder.File("desk.log")) { Extra = extra };
        var scene = new Scene(options, folder, line, new DeskProcess(settings), redis, plan, time) { Disk = disk };
        scene.Load.AddUsers();
        if (options.Filled > 0) await scene.Desk.RunVerbAsync(["ledger", "fill", "--conversations", $"{options.Filled}"], cancel);
        Console.WriteLine($"desk: {dll}");
        Console.WriteLine($"LINE at {line.Url}, desk at {settings.Url}, run folder {folder.Path}");
        Console.WriteLine($"desk ready after {(await scene.Desk.StartAsync(cancel)).TotalSeconds:0.00} s");
        // Ready means that webhooks are kept; what is to be measured begins when they are answered, too.
        await scene.Desk.ContentReadAsync(cancel);
        return scene;
    }

    private static async Task<Scene> OpenReplicasAsync(
        SceneOptions options, string dll, RunFolder folder, LineHost line, Dictionary<string, string> extra, IRedis? redis, LoadPlan plan, CancellationToken cancel)
    {
        var postgres = MakePostgres(options.Postgres, folder);
        await postgres.CreateAsync(cancel);
        extra["Ledger__Provider"] = "Postgres";
        extra["Ledger__ConnectionString"] = postgres.ConnectionString;
        var desks = Enumerable.Range(1, options.Replicas)
            .Select(n => new DeskProcess(new DeskSettings(dll, line.Url, options.Channel, FreePort.Pick(), folder.Folder($"data{n}"), folder.File($"desk{n}.log")) { Extra = extra, RestartsByItself = true }))
            .ToList();
        var scene = new Scene(options, folder, line, desks[0], redis, plan, TimeProvider.System, new ReplicaSet(desks)) { Postgres = postgres };
        scene.Load.AddUsers();
        Console.WriteLine($"LINE at {line.Url}, {desks.Count} replicas behind port {scene.Replicas!.Front.Port}, PostgreSQL: {options.Postgres}, run folder {folder.Path}");
        await Task.WhenAll(desks.Select(d => d.StartAsync(cancel)));
        await Task.WhenAll(desks.Select(d => d.ContentReadAsync(cancel)));
        return scene;
    }

    private static IRedis? MakeRedis(string? kind, RunFolder folder, LoadPlan plan) => kind switch
    {
        null => null,
        "single" => new RedisServer(folder.Folder("redis")),
        "sentinel" => new RedisSentinels(folder.Folder("redis")),
        "cluster" => new RedisCluster(folder.Folder("redis"), plan.Seed),
        _ => throw new PlatformException($"--redis {kind}: must be single, sentinel or cluster"),
    };

    private static IPostgres MakePostgres(string kind, RunFolder folder) => kind switch
    {
        "single" => new PostgresServer(folder.Folder("postgres")),
        "pooled" => new PooledPostgres(new PostgresServer(folder.Folder("postgres")), folder.Folder("pgbouncer")),
        "patroni" => new PatroniCluster(folder.Folder("postgres")),
        _ => throw new PlatformException($"--postgres {kind}: must be single, pooled or patroni"),
    };

    public static Dictionary<string, string> Pairs(IEnumerable<string> settings) => settings.ToDictionary(
        s => s.Contains('=', StringComparison.Ordinal) ? s[..s.IndexOf('=', StringComparison.Ordinal)] : throw new PlatformException($"--set {s}: must be NAME=VALUE"),
        s => s[(s.IndexOf('=', StringComparison.Ordinal) + 1)..]);

    /// <summary>Runs something with a line of progress a second.</summary>
    public async Task WithProgressAsync(Func<Task> work, Func<string>? extra = null, CancellationToken cancel = default)
    {
        using var over = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        var progress = new Progress(Journal, Board, Load, extra ?? (() => ""), Time).PrintAsync(over.Token);
        try
        {
            await work();
        }
        finally
        {
            await over.CancelAsync();
            await progress;
        }
    }

    /// <summary>Waits until everything is answered, or nothing changes any more.</summary>
    public async Task SettleAsync(CancellationToken cancel)
    {
        var settled = await Board.SettleAsync(() => Line.Api.RequestCount, options.Quiet, LongestSettle, Time, cancel);
        if (!settled) Console.WriteLine($"stopped waiting: {Board.Outstanding()} texts without a visible answer");
    }

    /// <summary>Waits until the desk has written down what LINE has accepted, ends it, reads its ledger with its own verb and compares.</summary>
    public async Task<LedgerVerdict> JudgeAsync(CancellationToken cancel)
    {
        var file = Folder.File("ledger.jsonl");
        await WrittenDownAsync(file, cancel);
        await Task.WhenAll((Replicas?.Desks ?? [Desk]).Select(d => d.StopAsync()));
        await Desk.RunVerbAsync(["ledger", "dump", "--file", file], cancel);
        var verdict = LedgerCheck.Run([.. Journal.Events], LedgerDump.Read(File.ReadLines(file)), Line.Channel.Calls.All());
        await File.WriteAllLinesAsync(Folder.File("findings.txt"), verdict.Findings, cancel);
        foreach (var finding in verdict.Findings.Take(5)) Console.WriteLine("  " + finding);
        if (verdict.Findings.Count > 5) Console.WriteLine($"  … {verdict.Findings.Count} in all, see findings.txt");
        return verdict;
    }

    /// <summary>
    /// A person may have seen an answer whose call still hangs on the desk's side: the desk learns of it when it asks again,
    /// which takes its time-out and a back-off.
    /// </summary>
    private async Task WrittenDownAsync(string file, CancellationToken cancel)
    {
        var started = Time.GetTimestamp();
        do
        {
            await Task.Delay(TimeSpan.FromSeconds(1), Time, cancel);
            await Desk.RunVerbAsync(["ledger", "dump", "--file", file], cancel);
        }
        while (File.ReadLines(file).Any(IsPendingAnswer) && Time.GetElapsedTime(started) < options.Quiet);
    }

    private static bool IsPendingAnswer(string line) =>
        line.Contains("\"t\":\"outbox\"", StringComparison.Ordinal) && line.Contains("\"state\":\"pending\"", StringComparison.Ordinal);

    /// <summary>Ends the run: what works in its folder must have stopped before that goes away.</summary>
    public async Task CloseAsync(bool clean)
    {
        await DisposeAsync();
        Folder.Close(clean);
    }

    public async ValueTask DisposeAsync()
    {
        if (closed) return;
        closed = true;
        if (Replicas is not null) await Replicas.DisposeAsync();
        else await Desk.DisposeAsync();
        if (Postgres is not null) await Postgres.DisposeAsync();
        if (Redis is not null) await Redis.DisposeAsync();
        if (Disk is not null) await Disk.DisposeAsync();
        await Line.DisposeAsync();
        Journal.Dispose();
        http.Dispose();
        turns.Dispose();
    }
}
