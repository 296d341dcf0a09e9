using System.CommandLine;
using ChatDesk.LinePlatform.Desk;
using ChatDesk.LinePlatform.Load;
using ChatDesk.LinePlatform.Torture;
using ChatDesk.LineSimulator.Faults;

namespace ChatDesk.LinePlatform.Verbs;

/// <summary>Load while desks are killed and frozen, Redis and PostgreSQL crash, the disk is full, and LINE fails.</summary>
internal sealed class TortureVerb
{
    /// <summary>Longer waits are named one by one, with what happened: a lease and a second.</summary>
    private static readonly TimeSpan LongWait = TimeSpan.FromSeconds(3);

    private readonly SceneArguments scene = new();
    private readonly LoadArguments load = new();
    private readonly Option<int> kills = Number("--kills", "How often a desk is killed with -9 and started again.");
    private readonly Option<string?> redis = new("--redis") { Description = "Start a real Redis and give it to the desk: single, sentinel (master, replica, three Sentinels) or cluster (three masters, three replicas)." };
    private readonly Option<int> redisFlush = Number("--redis-flush", "How often Redis is emptied (FLUSHALL).");
    private readonly Option<int> redisKill = Number("--redis-kill", "How often the Redis that leads is killed with -9.");
    private readonly Option<int> redisAway = Number("--redis-away", "For how many seconds Redis is gone, once.");
    private readonly Option<int> middle = Number("--middle", "How many more people stand in the middle of something: they choose English before the trouble, and must be answered in English after it.");
    private readonly Option<int> replicas = Number("--replicas", "Start a real PostgreSQL and this many desks over it, behind a balancer of our own; kills then hit any of them.");
    private readonly Option<string> postgres = new("--postgres") { Description = "What PostgreSQL replicas have: single, pooled (behind pgbouncer), or patroni (three servers, one a synchronous standby).", DefaultValueFactory = _ => "single" };
    private readonly Option<int> freezes = Number("--freeze", "How often one replica is frozen (SIGSTOP) and wakes later.");
    private readonly Option<int> freezeSeconds = new("--freeze-seconds") { Description = "For how long.", DefaultValueFactory = _ => 20 };
    private readonly Option<int> postgresCrash = Number("--postgres-crash", "How often the PostgreSQL that leads crashes and is started again.");
    private readonly Option<int> postgresAway = Number("--postgres-away", "For how many seconds PostgreSQL is gone, once.");
    private readonly Option<int> diskFull = Number("--disk-full", "How often the disk of a desk alone is full for five seconds.");
    private readonly Option<int> readyWithin = new("--ready-within") { Description = "Seconds within which a desk alone must be ready again after a kill; 0 only prints how long it took.", DefaultValueFactory = _ => 5 };
    private readonly Option<string?> scenario = new("--scenario") { Description = "One of the named runs instead of options: " + Names(Scenario.Long) + "; with --short: " + Names(Scenario.Short) };
    private readonly Option<bool> all = new("--all") { Description = "All named runs, one after the other." };
    private readonly Option<bool> @short = new("--short") { Description = "The named runs of the test suite: the same troubles, several in each." };

    public static Command Make() => new TortureVerb().MakeCommand();

    private static Option<int> Number(string name, string about) => new(name) { Description = about, DefaultValueFactory = _ => 0 };

    private Command MakeCommand()
    {
        var command = new Command("torture", "The same as load, while bad things happen at random moments. Exit code 1 when anything is lost, doubled, out of order or unanswered, when a conversation lost its place, or when a desk alone took longer than --ready-within to be ready again.");
        foreach (var option in (Option[])[
            kills, redis, redisFlush, redisKill, redisAway, middle, replicas, postgres, freezes, freezeSeconds, postgresCrash, postgresAway, diskFull, readyWithin, scenario, all, @short])
            command.Options.Add(option);
        load.AddTo(command);
        scene.AddTo(command);
        command.SetAction((given, cancel) => NamedBy(given) is { } named ? AllAsync(command, named, given, cancel) : RunAsync(given, cancel));
        return command;
    }

    private static string Names(IEnumerable<Scenario> scenarios) => string.Join(", ", scenarios.Select(s => s.Name));

    private IReadOnlyList<Scenario>? NamedBy(ParseResult given)
    {
        var named = given.GetValue(@short) ? Scenario.Short : Scenario.Long;
        if (given.GetValue(all)) return named;
        if (given.GetValue(scenario) is not { } name) return null;
        return named.FirstOrDefault(s => s.Name == name) is { } one ? [one] : throw new PlatformException($"--scenario {name}: there is {Names(named)}");
    }

    /// <summary>Runs each with what else stands on the command line (a rate, a desk), and goes on after one that failed.</summary>
    private async Task<int> AllAsync(Command command, IReadOnlyList<Scenario> scenarios, ParseResult given, CancellationToken cancel)
    {
        string[] own = [.. given.Tokens.Select(t => t.Value)];
        var rest = Without(own.SkipWhile(t => t == command.Name), ("--all", 0), ("--short", 0), ("--scenario", 1));
        var failed = new List<string>();
        foreach (var one in scenarios)
        {
            string[] arguments = [.. one.Arguments.Split(' '), .. rest];
            Console.WriteLine($"== {one.Name}: {string.Join(' ', arguments)}");
            var parsed = command.Parse(arguments);
            if (parsed.Errors.Count > 0) throw new PlatformException($"{one.Name}: {parsed.Errors[0].Message}");
            if (await RunAsync(parsed, cancel) != 0) failed.Add(one.Name);
        }
        Console.WriteLine(failed.Count == 0 ? $"{scenarios.Count} of {scenarios.Count} clean" : $"not clean: {string.Join(", ", failed)}");
        return failed.Count == 0 ? 0 : 1;
    }

    private static string[] Without(IEnumerable<string> words, params (string Name, int Values)[] options)
    {
        var left = new Queue<string>(words);
        var kept = new List<string>();
        while (left.TryDequeue(out var word))
        {
            var known = options.FirstOrDefault(o => o.Name == word);
            if (known.Name is null) kept.Add(word);
            for (var n = 0; known.Name is not null && n < known.Values; n++) left.TryDequeue(out _);
        }
        return [.. kept];
    }

    private async Task<int> RunAsync(ParseResult given, CancellationToken cancel)
    {
        var plan = load.ReadPlan(given);
        var faults = load.ReadFaults(given);
        var troublePlan = new TroublePlan
        {
            Kills = given.GetValue(kills),
            Freezes = given.GetValue(freezes),
            FreezeFor = TimeSpan.FromSeconds(given.GetValue(freezeSeconds)),
            RedisFlushes = given.GetValue(redisFlush),
            RedisKills = given.GetValue(redisKill),
            RedisAway = TimeSpan.FromSeconds(given.GetValue(redisAway)),
            PostgresCrashes = given.GetValue(postgresCrash),
            PostgresAway = TimeSpan.FromSeconds(given.GetValue(postgresAway)),
            DiskFull = given.GetValue(diskFull),
            ReadyWithin = given.GetValue(readyWithin) is > 0 and var seconds ? TimeSpan.FromSeconds(seconds) : null,
        };
        var options = scene.Read("torture", given, load.IsFaulty(given)) with
        {
            Redis = given.GetValue(redis),
            Replicas = given.GetValue(replicas),
            Postgres = given.GetValue(postgres)!,
            SmallDisk = troublePlan.DiskFull > 0,
        };
        if (options.Redis is null && given.GetValue(redisFlush) + given.GetValue(redisKill) + given.GetValue(redisAway) > 0) options = options with { Redis = "single" };
        if (options.Replicas == 0 && given.GetValue(postgresCrash) + given.GetValue(postgresAway) > 0) throw new PlatformException("PostgreSQL can only fail where there is one: add --replicas 2");

        await using var stage = await Scene.OpenAsync(options, plan, faults, cancel);
        var people = new MiddleOfSomething(stage, given.GetValue(middle));
        await CalmlyAsync(faults, () => people.BeginAsync(cancel));
        var troubles = new Troubles(stage, troublePlan, plan.Duration, plan.Seed);
        await stage.WithProgressAsync(() => stage.Load.RunAsync(troubles.RunAsync(cancel), cancel), troubles.ToString, cancel);
        await stage.WithProgressAsync(() => stage.SettleAsync(cancel), cancel: cancel);
        var resumed = 0;
        await CalmlyAsync(faults, async () => resumed = await people.ResumeAsync(cancel));

        var verdict = await stage.JudgeAsync(cancel);
        Console.WriteLine(verdict.Line(stage.Acks));
        Console.WriteLine($"replicas={Math.Max(options.Replicas, 1)} {verdict.WaitedLine()} refused={stage.Load.Failures} ready_max={troubles.SlowestReady.TotalSeconds:0.00}s{troubles}");
        var longest = verdict.Longest.Where(w => w.For > LongWait).Select(w => $"waited {w}").ToList();
        foreach (var line in longest.Count > 0 ? longest.Concat(troubles.History) : []) Console.WriteLine($"  {line}");
        if (people.Count > 0) Console.WriteLine($"resumed={resumed}/{people.Count}");
        if (troubles.RedisWasIdle) Console.WriteLine("WARNING: Redis was always empty; the desk did not use it");
        var clean = verdict.IsClean && resumed == people.Count && troubles.CameBackInTime;
        await stage.CloseAsync(clean);
        return clean ? 0 : 1;
    }

    private static async Task CalmlyAsync(FaultPlan faults, Func<Task> work)
    {
        faults.Enabled = false;
        await work();
        faults.Enabled = true;
    }
}
