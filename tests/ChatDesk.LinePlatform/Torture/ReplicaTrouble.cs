using System.Diagnostics;
using ChatDesk.LinePlatform.Desk;

namespace ChatDesk.LinePlatform.Torture;

/// <summary>What is to befall replicas and their PostgreSQL.</summary>
/// <param name="Freezes">How often one replica stands still (SIGSTOP) and wakes as a zombie.</param>
/// <param name="FreezeFor">How long each time.</param>
/// <param name="Restarts">How often PostgreSQL crashes and comes back.</param>
/// <param name="Away">How long PostgreSQL is gone, once, besides.</param>
internal sealed record ReplicaPlan(int Freezes, TimeSpan FreezeFor, int Restarts, TimeSpan Away);

/// <summary>Freezes replicas and takes their database away, one thing after the other.</summary>
internal sealed class ReplicaTrouble(ReplicaSet replicas, PostgresServer postgres, ReplicaPlan plan, TimeSpan within, int seed, TimeProvider time)
{
    private readonly Random random = new(seed + 2);

    public int Frozen { get; private set; }

    public int Restarted { get; private set; }

    public async Task RunAsync(CancellationToken cancel)
    {
        var slice = within / Math.Max(plan.Freezes + plan.Restarts, 1);
        while (Frozen < plan.Freezes || Restarted < plan.Restarts)
        {
            await Task.Delay(slice * (0.2 + (0.5 * random.NextDouble())), time, cancel);
            if (Frozen < plan.Freezes && (Frozen <= Restarted || Restarted == plan.Restarts)) await FreezeAsync(cancel);
            else await RestartAsync(TimeSpan.FromSeconds(1), cancel);
        }
        if (plan.Away > TimeSpan.Zero) await RestartAsync(plan.Away, cancel);
    }

    private async Task FreezeAsync(CancellationToken cancel)
    {
        var desk = replicas.Desks[random.Next(replicas.Desks.Count)];
        await SignalAsync("-STOP", desk.Id);
        await Task.Delay(plan.FreezeFor, time, cancel);
        await SignalAsync("-CONT", desk.Id);
        Frozen++;
    }

    private async Task RestartAsync(TimeSpan away, CancellationToken cancel)
    {
        await postgres.StopAsync("immediate");
        await Task.Delay(away, time, cancel);
        await postgres.StartAsync();
        Restarted++;
    }

    private static async Task SignalAsync(string signal, int process)
    {
        using var kill = Process.Start("kill", [signal, $"{process}"]);
        await kill.WaitForExitAsync();
    }
}
