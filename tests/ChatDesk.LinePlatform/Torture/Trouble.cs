namespace ChatDesk.LinePlatform.Torture;

/// <summary>Something bad that befalls a run a number of times, at random moments spread over it.</summary>
/// <param name="name">What the result line calls it.</param>
/// <param name="times">How often.</param>
/// <param name="strike">Once; returns when everything is back in its place.</param>
/// <param name="within">The time over which they are spread.</param>
/// <param name="seed">Makes the moments repeat.</param>
internal sealed class Trouble(string name, int times, Func<CancellationToken, Task> strike, TimeSpan within, int seed, TimeProvider time)
{
    private readonly Random random = new(seed);

    public int Done { get; private set; }

    public async Task RunAsync(CancellationToken cancel)
    {
        var slice = within / Math.Max(times, 1);
        while (Done < times)
        {
            await Task.Delay(slice * (0.2 + (0.8 * random.NextDouble())), time, cancel);
            await strike(cancel);
            Done++;
        }
    }

    /// <summary>For the result line; empty for what nobody asked for.</summary>
    public override string ToString() => times == 0 ? "" : $" {name}={Done}";
}
