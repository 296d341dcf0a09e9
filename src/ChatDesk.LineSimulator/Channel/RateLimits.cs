using ChatDesk.LineSimulator.Api;

namespace ChatDesk.LineSimulator.Channel;

/// <summary>Calls per second, channel and endpoint (protocols.md 2.4, ref@1000-9000), in whole seconds of the clock.</summary>
internal sealed class RateLimits(bool enforce, TimeProvider time)
{
    private readonly Lock gate = new();
    private readonly int[] counts = new int[Enum.GetValues<LineEndpoint>().Length];
    private long second;

    /// <returns>False when this call is one too many in this second: LINE answers 429.</returns>
    public bool TryPass(LineEndpoint endpoint)
    {
        if (!enforce) return true;
        var now = time.GetUtcNow().ToUnixTimeSeconds();
        lock (gate)
        {
            if (now != second)
            {
                second = now;
                Array.Clear(counts);
            }

            return ++counts[(int)endpoint] <= PerSecond(endpoint);
        }
    }

    private static int PerSecond(LineEndpoint endpoint) => endpoint switch
    {
        LineEndpoint.Multicast => 200,
        LineEndpoint.Loading => 100,
        LineEndpoint.Token => 370,
        _ => 2000,
    };
}
