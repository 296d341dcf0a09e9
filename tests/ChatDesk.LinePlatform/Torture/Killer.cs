using ChatDesk.LinePlatform.Desk;

namespace ChatDesk.LinePlatform.Torture;

/// <summary>Kills the desk, or one of several, at random moments and starts it again, as often as it was told to.</summary>
internal sealed class Killer(IReadOnlyList<DeskProcess> desks, int kills, TimeSpan within, int seed, TimeProvider time)
{
    /// <summary>The desk must be ready again within this, each time.</summary>
    public static readonly TimeSpan ReadyLimit = TimeSpan.FromSeconds(5);

    private readonly Random random = new(seed);

    public int Done { get; private set; }

    /// <summary>The longest time from start to ready.</summary>
    public TimeSpan SlowestReady { get; private set; }

    public async Task RunAsync(CancellationToken cancel)
    {
        var slice = within / Math.Max(kills, 1);
        for (; Done < kills; Done++)
        {
            await Task.Delay(slice * (0.2 + (0.8 * random.NextDouble())), time, cancel);
            var desk = desks[random.Next(desks.Count)];
            await desk.KillAsync();
            var ready = await desk.StartAsync(cancel);
            if (ready > SlowestReady) SlowestReady = ready;
        }
    }
}
