namespace ChatDesk.LinePlatform.Torture;

/// <summary>One trouble, or a few at once, as <c>torture</c> takes it on its command line.</summary>
/// <param name="Name">For <c>--scenario</c>.</param>
/// <param name="Long">As the acceptance of two machines asks for it.</param>
/// <param name="Short">The same in a fraction of a minute, for the test suite.</param>
internal sealed record Scenario(string Name, string Long, string Short)
{
    private const string Little = " --rate 40 --seconds 15 --users 100 --quiet 40";

    /// <summary>Everything that may befall a desk, one after the other.</summary>
    public static IReadOnlyList<Scenario> All { get; } =
    [
        new("one-desk-killed", "--kills 20 --seconds 240 --middle 100", "--kills 3 --rate 100 --seconds 12 --users 100 --middle 20 --quiet 15"),
        new("one-desk-redis", "--kills 5 --redis single --redis-flush 5 --redis-kill 5 --seconds 120 --middle 100", "--kills 1 --redis single --redis-flush 2 --redis-kill 2 --rate 100 --seconds 15 --users 100 --middle 20 --quiet 15"),
        new("disk-full", "--disk-full 5 --seconds 90", "--disk-full 1 --rate 100 --seconds 12 --users 100 --quiet 15"),
        new("replica-killed", "--replicas 2 --redis single --kills 20 --seconds 300 --middle 100", "--replicas 2 --redis single --kills 2 --middle 20" + Little),
        new("replica-frozen", "--replicas 2 --redis single --freeze 1 --freeze-seconds 20 --seconds 60", "--replicas 2 --freeze 1 --freeze-seconds 5" + Little),
        new("replica-frozen-often", "--replicas 2 --redis single --freeze 50 --freeze-seconds 4 --seconds 450", "--replicas 2 --freeze 2 --freeze-seconds 3" + Little),
        new("redis-restarted", "--replicas 2 --redis single --redis-kill 20 --seconds 120", "--replicas 2 --redis single --redis-kill 2" + Little),
        new("redis-emptied", "--replicas 2 --redis single --redis-flush 5 --seconds 60 --middle 500", "--replicas 2 --redis single --redis-flush 2 --middle 20" + Little),
        new("redis-away", "--replicas 2 --redis single --redis-away 300 --seconds 310 --middle 100", "--replicas 2 --redis single --redis-away 5 --middle 20" + Little),
        new("redis-cluster", "--replicas 2 --redis cluster --redis-kill 5 --seconds 120 --middle 100", "--replicas 2 --redis cluster --redis-kill 1 --middle 20" + Little),
        new("redis-sentinel", "--replicas 2 --redis sentinel --redis-kill 5 --seconds 120 --middle 100", "--replicas 2 --redis sentinel --redis-kill 1 --middle 20" + Little),
        new("postgres-crashed", "--replicas 2 --redis single --postgres-crash 5 --seconds 120", "--replicas 2 --postgres-crash 1" + Little),
        new("postgres-away", "--replicas 2 --redis single --postgres-away 60 --seconds 90", "--replicas 2 --postgres-away 5" + Little),
        new("postgres-pooled", "--replicas 2 --redis single --postgres pooled --kills 3 --postgres-crash 2 --seconds 120", "--replicas 2 --postgres pooled --postgres-crash 1" + Little),
        new("postgres-failover", "--replicas 2 --redis single --postgres patroni --postgres-crash 3 --seconds 180", "--replicas 2 --postgres patroni --postgres-crash 1" + Little),
        new("line-failing", "--replicas 2 --redis single --faults 0.3 --hang 12 --kills 2 --seconds 60", "--replicas 2 --faults 0.2 --hang 12 --rate 40 --seconds 10 --users 100 --quiet 75"),
    ];
}
