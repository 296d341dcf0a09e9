using ChatDesk.Delivery;

namespace ChatDesk.Handover;

/// <summary>Comes round every second and does what time has made due, so that nobody stays without an owner.</summary>
internal sealed class HandoverWatch(IOfficerQueue queue, TimeProvider time, ILogger<HandoverWatch> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan PruneEvery = TimeSpan.FromHours(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        var pruned = time.GetTimestamp();
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await queue.SweepAsync();
                if (time.GetElapsedTime(pruned) < PruneEvery) continue;
                pruned = time.GetTimestamp();
                await queue.PruneAsync();
            }
            catch (LedgerException fault)
            {
                log.LogError("The officers' queue was not looked after, next try in {Interval}: {Fault}", Interval, fault.Message);
            }
        }
    }
}
