using ChatDesk.Cases.Intake;
using ChatDesk.Cases.Promises;
using ChatDesk.Cases.Rules;
using ChatDesk.Cases.Telling;
using ChatDesk.Delivery;

namespace ChatDesk.Cases;

/// <summary>Comes round twice a second: takes what turns asked for into cases, tells contacts what officers did, and does what time does.</summary>
internal sealed class CaseWorker(CaseIntake intake, CaseTriage triage, CaseTelling telling, PromiseBook promises, CaseClosing closing, CaseAgencies agencies, TimeProvider time, ILogger<CaseWorker> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await agencies.Loaded.WaitAsync(stoppingToken);
        using var timer = new PeriodicTimer(Interval, time);
        do
        {
            try
            {
                await intake.CatchUpAsync(stoppingToken);
                await telling.CatchUpAsync(stoppingToken);
                foreach (var agency in agencies.Ids)
                {
                    await promises.SweepAsync(agency, stoppingToken);
                    await closing.SweepAsync(agency, stoppingToken);
                }
                await triage.CatchUpAsync(stoppingToken);
            }
            catch (Exception fault) when (fault is LedgerException or System.Data.Common.DbException or Microsoft.EntityFrameworkCore.DbUpdateException)
            {
                log.LogError("Cases stand still, next try in {Interval}: {Fault}", Interval, fault.Message);
            }
        }
        while (await timer.WaitForNextTickAsync(stoppingToken));
    }
}
