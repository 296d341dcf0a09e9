using ChatDesk.Cases.Rules;

namespace ChatDesk.Cases.Webhooks;

/// <summary>Comes round once a second and tells other systems what is new. Apart from <see cref="CaseWorker"/>: a slow address must not hold cases up.</summary>
internal sealed class CaseHookWorker(CaseHooks hooks, CaseAgencies agencies, TimeProvider time, ILogger<CaseHookWorker> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await agencies.Loaded.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await hooks.CatchUpAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is System.Data.Common.DbException or Microsoft.EntityFrameworkCore.DbUpdateException)
            {
                log.LogError("Case webhooks stand still, next try in {Interval}: {Fault}", Interval, fault.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
