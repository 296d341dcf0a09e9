namespace ChatDesk.Desk.Attached;

/// <summary>Comes round every ten minutes and has files erased that were attached and never sent.</summary>
internal sealed class AttachedSweeper(AttachedFiles files, TimeProvider time, ILogger<AttachedSweeper> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromMinutes(10);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                if (await files.SweepAsync(stoppingToken) is > 0 and var erased) log.LogInformation("Erased {Count} files that were attached and never sent", erased);
            }
            catch (Exception fault) when (fault is IOException or System.Data.Common.DbException or Microsoft.EntityFrameworkCore.DbUpdateException)
            {
                log.LogError("Files that were never sent stay, next try in {Interval}: {Fault}", Interval, fault.Message);
            }
        }
    }
}
