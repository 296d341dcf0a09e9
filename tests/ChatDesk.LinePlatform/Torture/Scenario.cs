namespace ChatDesk.LinePlatform.Torture;

/// <summary>A named run of <c>torture</c>, as its command line takes it.</summary>
/// <param name="Name">For <c>--scenario</c>.</param>
/// <param name="Arguments">What stands on the command line.</param>
internal sealed record Scenario(string Name, string Arguments)
{
    /// <summary>The test suite runs on machines of any speed: how soon a desk is ready is printed there and judged in the long runs.</summary>
    private const string AnySpeed = " --users 100 --middle 20 --ready-within 0";

    private const string Little = " --rate 40 --seconds 15 --quiet 40" + AnySpeed;

    /// <summary>Everything that may befall a desk, one trouble a run, as the acceptance of two machines asks for it.</summary>
    public static IReadOnlyList<Scenario> Long { get; } =
    [
        new("one-desk-killed", "--kills 20 --seconds 240 --middle 100"),
        new("one-desk-redis", "--kills 5 --redis single --redis-flush 5 --redis-kill 5 --seconds 120 --middle 100"),
        new("disk-full", "--disk-full 5 --seconds 90"),
        new("replica-killed", "--replicas 2 --redis single --kills 20 --seconds 300 --middle 100"),
        new("replica-frozen", "--replicas 2 --redis single --freeze 1 --freeze-seconds 20 --seconds 60"),
        new("replica-frozen-often", "--replicas 2 --redis single --freeze 50 --freeze-seconds 4 --seconds 400"),
        new("redis-restarted", "--replicas 2 --redis single --redis-kill 20 --seconds 120"),
        new("redis-emptied", "--replicas 2 --redis single --redis-flush 5 --seconds 60 --middle 500"),
        new("redis-away", "--replicas 2 --redis single --redis-away 300 --seconds 310 --middle 100"),
        new("redis-cluster", "--replicas 2 --redis cluster --redis-kill 5 --seconds 120 --middle 100"),
        new("redis-sentinel", "--replicas 2 --redis sentinel --redis-kill 5 --seconds 120 --middle 100"),
        new("postgres-crashed", "--replicas 2 --redis single --postgres-crash 5 --seconds 120"),
        new("postgres-away", "--replicas 2 --redis single --postgres-away 60 --seconds 90"),
        new("postgres-pooled", "--replicas 2 --redis single --postgres pooled --kills 3 --postgres-crash 2 --seconds 120"),
        new("postgres-failover", "--replicas 2 --redis single --postgres patroni --postgres-crash 3 --seconds 180"),
        new("line-failing", "--replicas 2 --redis single --faults 0.3 --hang 12 --kills 2 --seconds 60"),
    ];

    /// <summary>The same troubles, several in each run, for the test suite.</summary>
    public static IReadOnlyList<Scenario> Short { get; } =
    [
        new("one-desk", "--kills 3 --rate 100 --seconds 12 --quiet 15" + AnySpeed),
        new("one-desk-redis-and-disk", "--kills 1 --redis single --redis-flush 2 --redis-kill 2 --disk-full 1 --rate 100 --seconds 15 --quiet 15" + AnySpeed),
        new("replicas-and-cluster", "--replicas 2 --kills 2 --freeze 1 --freeze-seconds 5 --postgres-crash 1 --redis cluster --redis-flush 1 --redis-kill 1" + Little),
        new("replicas-pooled-and-sentinel", "--replicas 2 --redis sentinel --redis-kill 1 --postgres pooled --postgres-crash 1 --kills 1" + Little),
        new("replicas-and-failover", "--replicas 2 --redis single --redis-away 5 --postgres patroni --postgres-crash 1" + Little),
    ];
}
