using System.Diagnostics;
using ChatDesk.LinePlatform.Desk;
using ChatDesk.LinePlatform.Load;

namespace ChatDesk.LinePlatform.Torture;

/// <summary>What is to befall a run.</summary>
internal sealed record TroublePlan
{
    /// <summary>How often a desk is killed with -9 and started again.</summary>
    public int Kills { get; init; }

    /// <summary>How often one replica stands still (SIGSTOP) and wakes as a zombie.</summary>
    public int Freezes { get; init; }

    public TimeSpan FreezeFor { get; init; }

    /// <summary>How often everything in Redis is lost.</summary>
    public int RedisFlushes { get; init; }

    /// <summary>How often the Redis that leads is killed with -9.</summary>
    public int RedisKills { get; init; }

    /// <summary>How long all of Redis is gone, once.</summary>
    public TimeSpan RedisAway { get; init; }

    /// <summary>How often the PostgreSQL that leads crashes.</summary>
    public int PostgresCrashes { get; init; }

    /// <summary>How long PostgreSQL is gone, once.</summary>
    public TimeSpan PostgresAway { get; init; }

    /// <summary>How often the disk is full for a while.</summary>
    public int DiskFull { get; init; }

    /// <summary>A desk alone must be ready again within this, each time it is started; null only measures it, for machines of unknown speed.</summary>
    public TimeSpan? ReadyWithin { get; init; }
}

/// <summary>Every trouble of one run, all at work at the same time.</summary>
internal sealed class Troubles
{
    private static readonly TimeSpan Moment = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan FullFor = TimeSpan.FromSeconds(5);

    private readonly Scene scene;
    private readonly IReadOnlyList<DeskProcess> desks;
    private readonly TimeSpan? readyWithin;
    private readonly Random random;
    private readonly List<Trouble> all = [];
    private readonly List<string> history = [];
    private long mostKeys;

    public Troubles(Scene scene, TroublePlan plan, TimeSpan within, int seed)
    {
        this.scene = scene;
        desks = scene.Replicas?.Desks ?? [scene.Desk];
        readyWithin = plan.ReadyWithin;
        random = new(seed);
        Add("kills", plan.Kills, KillAsync);
        Add("freezes", plan.Freezes, cancel => FreezeAsync(plan.FreezeFor, cancel));
        Add("redis_flushes", plan.RedisFlushes, FlushAsync);
        Add("redis_kills", plan.RedisKills, cancel => scene.Redis!.StrikeAsync(Moment, cancel));
        Add("redis_away", plan.RedisAway > TimeSpan.Zero ? 1 : 0, cancel => scene.Redis!.LeaveAsync(plan.RedisAway, cancel));
        Add("postgres_crashes", plan.PostgresCrashes, cancel => scene.Postgres!.StrikeAsync(Moment, cancel));
        Add("postgres_away", plan.PostgresAway > TimeSpan.Zero ? 1 : 0, cancel => scene.Postgres!.LeaveAsync(plan.PostgresAway, cancel));
        Add("disk_full", plan.DiskFull, cancel => scene.Disk!.FillAsync(FullFor, cancel));

        void Add(string name, int times, Func<CancellationToken, Task> strike) => all.Add(new(name, times, strike, within, seed + all.Count, scene.Time));
    }

    /// <summary>When which desk was killed.</summary>
    public IReadOnlyList<string> History => history;

    /// <summary>The longest time from a killed desk's start to its being ready.</summary>
    public TimeSpan SlowestReady { get; private set; }

    /// <summary>Where there are several, the others answer until a killed one is back.</summary>
    public bool CameBackInTime => scene.Replicas is not null || readyWithin is not { } limit || SlowestReady < limit;

    /// <summary>Something was to be lost in Redis, and Redis never held anything: the desk did not use it.</summary>
    public bool RedisWasIdle => all.Any(t => t is { Done: > 0 } && $"{t}".Contains("flush", StringComparison.Ordinal)) && mostKeys == 0;

    public Task RunAsync(CancellationToken cancel) => Task.WhenAll(all.Select(t => t.RunAsync(cancel)));

    /// <summary>What has happened so far.</summary>
    public override string ToString() => string.Concat(all);

    private async Task KillAsync(CancellationToken cancel)
    {
        var desk = desks[random.Next(desks.Count)];
        await desk.KillAsync();
        var killed = scene.Time.GetUtcNow();
        var ready = await desk.StartAsync(cancel);
        if (ready > SlowestReady) SlowestReady = ready;
        history.Add($"{killed:HH:mm:ss.fff} killed {Path.GetFileName(desk.Settings.LogFile)}, ready again after {ready.TotalSeconds:0.0} s");
    }

    private async Task FreezeAsync(TimeSpan time, CancellationToken cancel)
    {
        var desk = desks[random.Next(desks.Count)];
        await SignalAsync("-STOP", desk.Id);
        await Task.Delay(time, scene.Time, cancel);
        await SignalAsync("-CONT", desk.Id);
    }

    private async Task FlushAsync(CancellationToken cancel)
    {
        mostKeys = Math.Max(mostKeys, await scene.Redis!.KeyCountAsync(cancel));
        await scene.Redis.FlushAsync(cancel);
    }

    private static async Task SignalAsync(string signal, int process)
    {
        using var kill = Process.Start("kill", [signal, $"{process}"]);
        await kill.WaitForExitAsync();
    }
}
