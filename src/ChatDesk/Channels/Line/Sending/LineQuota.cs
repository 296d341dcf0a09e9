using ChatDesk.Channels.Line.Receiving;
using ChatDesk.Delivery;

namespace ChatDesk.Channels.Line.Sending;

/// <summary>
/// Reads each account's quota and consumption at start and every hour, keeps the last figures, and warns in the log when
/// 80 % and when all of it is used: after that every push is refused until the month ends, replies still go.
/// </summary>
internal sealed partial class LineQuota(LineOptions options, LineClient client, ChannelQuotas quotas, TimeProvider time, ILogger<LineQuota> log) : BackgroundService
{
    private const int NearlyUsed = 80;
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromMinutes(5);

    /// <returns>The last figures known, or null before the first answer.</returns>
    public QuotaFigures? Read(string agency) => quotas.Read(agency, LineActivityMapper.Channel);

    /// <returns>True when LINE answered for every account.</returns>
    internal async Task<bool> RefreshAsync(CancellationToken stopping)
    {
        var all = true;
        foreach (var agency in options.Agencies.Keys) all &= await RefreshAsync(agency, stopping);
        return all;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        while (true)
        {
            var all = await RefreshAsync(stoppingToken);
            await Task.Delay(all ? Every : AfterFailure, time, stoppingToken);
        }
    }

    private async Task<bool> RefreshAsync(string agency, CancellationToken stopping)
    {
        var (quota, limit) = await client.QuotaAsync(agency, stopping);
        var (consumption, used) = await client.ConsumptionAsync(agency, stopping);
        if (!quota.Success || !consumption.Success || used is not { } count) return false;
        var before = Read(agency)?.Percent ?? 0;
        var now = new QuotaFigures(limit, count, time.GetUtcNow());
        quotas.Learn(agency, LineActivityMapper.Channel, now);
        // Once for each step, not every hour.
        if (now.Percent >= 100 && before < 100) LogUsedUp(agency, now.Used, now.Limit);
        else if (now.Percent >= NearlyUsed && before < NearlyUsed) LogNearlyUsed(agency, now.Percent, now.Used, now.Limit);
        return true;
    }

    [LoggerMessage(LogLevel.Warning, "{Agency} has used {Percent} % of this month's LINE messages ({Used} of {Limit})")]
    private partial void LogNearlyUsed(string agency, int percent, long used, long? limit);

    [LoggerMessage(LogLevel.Warning, "{Agency} has used up this month's LINE messages ({Used} of {Limit}): only replies go out now")]
    private partial void LogUsedUp(string agency, long used, long? limit);
}
