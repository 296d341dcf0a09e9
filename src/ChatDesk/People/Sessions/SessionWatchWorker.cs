using System.Data.Common;

namespace ChatDesk.People.Sessions;

/// <summary>Looks every two seconds whether another replica ended a session that a circuit here still lives on, and now and then clears away what is over.</summary>
internal sealed class SessionWatchWorker(OfficerSessions sessions, TimeProvider time, ILogger<SessionWatchWorker> log) : BackgroundService
{
    private const int LooksBetweenSweeps = 300;

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(OfficerSessions.Freshness, time);
        for (var look = 1; await timer.WaitForNextTickAsync(stoppingToken); look++)
        {
            try
            {
                await sessions.LookAsync();
                if (look % LooksBetweenSweeps == 0) await sessions.SweepAsync();
            }
            catch (DbException fault)
            {
                log.LogError("Sessions could not be looked at, the next look follows: {Fault}", fault.Message);
            }
        }
    }
}
