using System.Collections.Concurrent;

namespace ChatDesk.Delivery;

/// <summary>How much of the month's paid messages an account has used.</summary>
/// <param name="Limit">Messages this month; null where there is no limit.</param>
/// <param name="Used">Sent so far; the provider's figure, which is approximate, and what was sent since.</param>
/// <param name="At">When the provider said so.</param>
internal sealed record QuotaFigures(long? Limit, long Used, DateTimeOffset At)
{
    public int Percent => Limit is not { } limit ? 0 : limit <= 0 ? 100 : (int)Math.Min(Used * 100 / limit, 100);
}

/// <summary>The quotas that channels have learnt, for whoever shows them. Kept in memory: channels ask their providers again at start.</summary>
internal sealed class ChannelQuotas
{
    private readonly ConcurrentDictionary<(string Agency, string Channel), QuotaFigures> _figures = new();

    /// <returns>Null before the provider's first answer, and for channels without a quota.</returns>
    public QuotaFigures? Read(string agency, string channel) => _figures.GetValueOrDefault((agency, channel));

    public void Learn(string agency, string channel, QuotaFigures figures) => _figures[(agency, channel)] = figures;

    /// <summary>Adds what was just sent to what the provider said last.</summary>
    public void Count(string agency, string channel, int sent)
    {
        if (sent <= 0) return;
        while (_figures.TryGetValue((agency, channel), out var before))
        {
            if (_figures.TryUpdate((agency, channel), before with { Used = before.Used + sent }, before)) return;
        }
    }
}
