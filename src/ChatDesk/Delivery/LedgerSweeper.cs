namespace ChatDesk.Delivery;

/// <summary>Comes round twice a second: wakes deferred sends and failed turns whose time has come, and fires due timers.</summary>
internal sealed class LedgerSweeper(ILedger ledger, TimeProvider time, ILogger<LedgerSweeper> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await ledger.SweepAsync(time.GetUtcNow());
            }
            catch (LedgerException fault)
            {
                log.LogError("Sweep failed, next one in {Interval}: {Fault}", Interval, fault.Message);
            }
        }
    }
}
