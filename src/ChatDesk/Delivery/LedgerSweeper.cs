namespace ChatDesk.Delivery;

/// <summary>
/// Comes round twice a second: wakes deferred sends and failed turns whose time has come, fires due timers, and hears what other
/// replicas learnt of the accounts.
/// </summary>
internal sealed class LedgerSweeper(ILedger ledger, ChannelStandings standings, TimeProvider time, ILogger<LedgerSweeper> log) : BackgroundService
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
                await standings.RefreshAsync();
            }
            catch (LedgerException fault)
            {
                log.LogError("Sweep failed, next one in {Interval}: {Fault}", Interval, fault.Message);
            }
        }
    }
}
