using System.CommandLine;
using ChatDesk.LinePlatform.Load;
using ChatDesk.LinePlatform.Torture;
using ChatDesk.LineSimulator.Faults;

namespace ChatDesk.LinePlatform.Verbs;

/// <summary>Load while the desk is killed, Redis is emptied and killed, and LINE fails.</summary>
internal sealed class TortureVerb
{
    private readonly SceneArguments scene = new();
    private readonly LoadArguments load = new();
    private readonly Option<int> kills = new("--kills") { Description = "How often the desk is killed with -9 and started again.", DefaultValueFactory = _ => 20 };
    private readonly Option<bool> redis = new("--redis") { Description = "Start a real redis-server with an append-only file and give it to the desk." };
    private readonly Option<int> redisFlush = new("--redis-flush") { Description = "How often Redis is emptied (FLUSHALL).", DefaultValueFactory = _ => 0 };
    private readonly Option<int> redisKill = new("--redis-kill") { Description = "How often Redis is killed with -9 and started again a second later.", DefaultValueFactory = _ => 0 };
    private readonly Option<int> middle = new("--middle") { Description = "How many more people stand in the middle of something: they choose English before the trouble, and must be answered in English after it.", DefaultValueFactory = _ => 0 };

    private readonly Option<int> replicas = new("--replicas") { Description = "Start a real PostgreSQL and this many desks over it, behind a balancer of our own; kills then hit any of them.", DefaultValueFactory = _ => 0 };
    private readonly Option<int> freezes = new("--freeze") { Description = "How often one replica is frozen (SIGSTOP) and wakes later.", DefaultValueFactory = _ => 0 };
    private readonly Option<int> freezeSeconds = new("--freeze-seconds") { Description = "For how long.", DefaultValueFactory = _ => 20 };
    private readonly Option<int> postgresRestart = new("--postgres-restart") { Description = "How often PostgreSQL crashes and is started again a second later.", DefaultValueFactory = _ => 0 };
    private readonly Option<int> postgresAway = new("--postgres-away") { Description = "For how many seconds PostgreSQL is gone, once.", DefaultValueFactory = _ => 0 };

    public static Command Make() => new TortureVerb().MakeCommand();

    private Command MakeCommand()
    {
        var command = new Command("torture", "The same as load, while the desk is killed at random moments. Exit code 1 when anything is lost, doubled, out of order or unanswered, when a conversation lost its place, or when a desk alone took more than 5 s to be ready again.");
        foreach (var option in (Option[])[kills, redis, redisFlush, redisKill, middle, replicas, freezes, freezeSeconds, postgresRestart, postgresAway]) command.Options.Add(option);
        load.AddTo(command);
        scene.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult given, CancellationToken cancel)
    {
        var plan = load.ReadPlan(given);
        var faults = load.ReadFaults(given);
        var useRedis = given.GetValue(redis) || given.GetValue(redisFlush) + given.GetValue(redisKill) > 0;
        await using var stage = await Scene.OpenAsync(scene.Read("torture", given, load.IsFaulty(given)) with { Redis = useRedis, Replicas = given.GetValue(replicas) }, plan, faults, cancel);
        var people = new MiddleOfSomething(stage, given.GetValue(middle));
        await CalmlyAsync(faults, () => people.BeginAsync(cancel));

        var killer = new Killer(stage.Replicas?.Desks ?? [stage.Desk], given.GetValue(kills), plan.Duration, plan.Seed, stage.Time);
        var trouble = stage.Redis is null ? null
            : new RedisTrouble(stage.Redis, given.GetValue(redisFlush), given.GetValue(redisKill), plan.Duration, plan.Seed, stage.Time);
        var misfortune = new ReplicaPlan(
            given.GetValue(freezes), TimeSpan.FromSeconds(given.GetValue(freezeSeconds)), given.GetValue(postgresRestart), TimeSpan.FromSeconds(given.GetValue(postgresAway)));
        var storm = stage.Replicas is null ? null : new ReplicaTrouble(stage.Replicas, stage.Postgres!, misfortune, plan.Duration, plan.Seed, stage.Time);
        var chaos = Task.WhenAll(killer.RunAsync(cancel), trouble?.RunAsync(cancel) ?? Task.CompletedTask, storm?.RunAsync(cancel) ?? Task.CompletedTask);
        await stage.WithProgressAsync(() => stage.Load.RunAsync(chaos, cancel), () => $" kills={killer.Done}" + Count(trouble), cancel);
        await stage.WithProgressAsync(() => stage.SettleAsync(cancel), cancel: cancel);
        var resumed = 0;
        await CalmlyAsync(faults, async () => resumed = await people.ResumeAsync(cancel));
        if (storm is not null) Console.WriteLine($"replicas={stage.Replicas!.Desks.Count} freezes={storm.Frozen} postgres_restarts={storm.Restarted}");
        return await JudgeAsync(stage, killer, trouble, (resumed, people.Count), cancel);
    }

    private static async Task<int> JudgeAsync(Scene stage, Killer killer, RedisTrouble? trouble, (int Resumed, int People) middle, CancellationToken cancel)
    {
        var verdict = await stage.JudgeAsync(cancel);
        Console.WriteLine(verdict.Line(stage.Acks));
        Console.WriteLine($"kills={killer.Done} ready_max={killer.SlowestReady.TotalSeconds:0.00}s" + Count(trouble) + (trouble is null ? "" : $" redis_keys_max={trouble.MostKeys}"));
        if (middle.People > 0) Console.WriteLine($"resumed={middle.Resumed}/{middle.People}");
        if (trouble is { Flushed: > 0, MostKeys: 0 }) Console.WriteLine("WARNING: Redis was always empty; the desk did not use it");
        // Where there are several, the others answer until a killed one is back.
        var clean = verdict.IsClean && middle.Resumed == middle.People && (stage.Replicas is not null || killer.SlowestReady < Killer.ReadyLimit);
        await stage.CloseAsync(clean);
        return clean ? 0 : 1;
    }

    private static string Count(RedisTrouble? trouble) => trouble is null ? "" : $" redis_flushes={trouble.Flushed} redis_kills={trouble.Killed}";

    private static async Task CalmlyAsync(FaultPlan faults, Func<Task> work)
    {
        faults.Enabled = false;
        await work();
        faults.Enabled = true;
    }
}
