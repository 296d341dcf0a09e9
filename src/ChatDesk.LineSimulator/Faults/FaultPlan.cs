using System.Collections.Concurrent;
using ChatDesk.LineSimulator.Api;

namespace ChatDesk.LineSimulator.Faults;

/// <summary>What goes wrong with one call.</summary>
internal enum FaultKind
{
    None,

    /// <summary>429 with the rate limit's words; nothing is accepted.</summary>
    RateLimited,

    /// <summary>500; nothing is accepted ("if an error is returned nothing was sent", ref@131500).</summary>
    ServerError,

    /// <summary>The line breaks before LINE took anything.</summary>
    DropBeforeAccept,

    /// <summary>LINE accepts, and the line breaks before the answer.</summary>
    AcceptThenDrop,

    /// <summary>Nothing happens for a long time; only a caller that is still waiting then is served.</summary>
    HangBeforeAccept,

    /// <summary>LINE accepts at once and answers only after a long time.</summary>
    AcceptThenHang,
}

/// <summary>How often each fault comes, as shares of all calls (0.1 is 10 %).</summary>
internal sealed record FaultMix
{
    public double RateLimited { get; init; }

    public double ServerError { get; init; }

    public double DropBeforeAccept { get; init; }

    public double AcceptThenDrop { get; init; }

    public double HangBeforeAccept { get; init; }

    public double AcceptThenHang { get; init; }

    public static FaultMix None { get; } = new();

    /// <summary>The blend of reliability.md R5, scaled to <paramref name="total"/>: at 0.3, 10 % 429, 10 % 500, 5 % dropped lines, 5 % hangs.</summary>
    public static FaultMix Blend(double total) => new()
    {
        RateLimited = total / 3,
        ServerError = total / 3,
        DropBeforeAccept = total / 24,
        AcceptThenDrop = total / 8,
        HangBeforeAccept = total / 12,
        AcceptThenHang = total / 12,
    };

    /// <param name="roll">A number from 0 up to, not including, 1.</param>
    public FaultKind At(double roll)
    {
        if ((roll -= RateLimited) < 0) return FaultKind.RateLimited;
        if ((roll -= ServerError) < 0) return FaultKind.ServerError;
        if ((roll -= DropBeforeAccept) < 0) return FaultKind.DropBeforeAccept;
        if ((roll -= AcceptThenDrop) < 0) return FaultKind.AcceptThenDrop;
        if ((roll -= HangBeforeAccept) < 0) return FaultKind.HangBeforeAccept;
        return roll - AcceptThenHang < 0 ? FaultKind.AcceptThenHang : FaultKind.None;
    }
}

/// <summary>
/// Decides the fate of each call. The n-th call of an endpoint always gets the same fate under the same seed, however
/// the calls of different endpoints interleave; a script, where there is one, comes first.
/// </summary>
internal sealed class FaultPlan(int seed = 1)
{
    private readonly ConcurrentDictionary<LineEndpoint, FaultMix> mixes = new();
    private readonly ConcurrentDictionary<LineEndpoint, ConcurrentQueue<FaultKind>> scripts = new();
    private readonly long[] calls = new long[Enum.GetValues<LineEndpoint>().Length];
    private readonly long[] dealt = new long[Enum.GetValues<FaultKind>().Length];

    /// <summary>How long a hang lasts.</summary>
    public TimeSpan HangFor { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>False lets everything pass for the time being, without using up the plan.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>The endpoints a bot uses to speak; where faults matter most.</summary>
    public static IReadOnlyList<LineEndpoint> Sends { get; } = [LineEndpoint.Reply, LineEndpoint.Push, LineEndpoint.Multicast];

    public FaultPlan With(FaultMix mix, params IEnumerable<LineEndpoint> endpoints)
    {
        foreach (var endpoint in endpoints) mixes[endpoint] = mix;
        return this;
    }

    /// <summary>The next calls of this endpoint meet exactly these, in this order.</summary>
    public FaultPlan Script(LineEndpoint endpoint, params IEnumerable<FaultKind> faults)
    {
        var queue = scripts.GetOrAdd(endpoint, _ => new());
        foreach (var fault in faults) queue.Enqueue(fault);
        return this;
    }

    /// <returns>The fate of the next call of this endpoint.</returns>
    public FaultKind Next(LineEndpoint endpoint)
    {
        if (!Enabled) return FaultKind.None;
        var fault = Draw(endpoint);
        if (fault != FaultKind.None) Interlocked.Increment(ref dealt[(int)fault]);
        return fault;
    }

    /// <summary>How often this fault was dealt so far.</summary>
    public long Dealt(FaultKind fault) => Interlocked.Read(ref dealt[(int)fault]);

    private FaultKind Draw(LineEndpoint endpoint)
    {
        if (scripts.TryGetValue(endpoint, out var script) && script.TryDequeue(out var fault)) return fault;
        if (!mixes.TryGetValue(endpoint, out var mix)) return FaultKind.None;
        var n = Interlocked.Increment(ref calls[(int)endpoint]);
        return mix.At(Roll(((ulong)(uint)seed << 40) ^ ((ulong)endpoint << 56) ^ (ulong)n));
    }

    /// <summary>SplitMix64: a well-mixed number from a counter, so that nothing depends on the order of threads.</summary>
    private static double Roll(ulong x)
    {
        x += 0x9E3779B97F4A7C15;
        x = (x ^ (x >> 30)) * 0xBF58476D1CE4E5B9;
        x = (x ^ (x >> 27)) * 0x94D049BB133111EB;
        return ((x ^ (x >> 31)) >> 11) * (1.0 / (1UL << 53));
    }
}
