using System.Globalization;

namespace ChatDesk.LineSimulator.Channel;

/// <summary>The month's counted messages. Replies are free; everything else costs one per reached recipient (doc:pricing).</summary>
/// <param name="limit">Messages a month; null means unlimited.</param>
internal sealed class MonthlyQuota(long? limit, TimeProvider time)
{
    /// <summary>LINE's months and days turn in Japan (delivery counts: UTC+9, protocols.md 2.2).</summary>
    private static readonly TimeSpan Japan = TimeSpan.FromHours(9);

    private readonly Lock gate = new();
    private int month;
    private long used;

    public long? Limit => limit;

    public long Used
    {
        get
        {
            lock (gate)
            {
                Turn();
                return used;
            }
        }
    }

    /// <returns>False, taking nothing, when fewer than <paramref name="count"/> are left.</returns>
    public bool TryTake(int count)
    {
        lock (gate)
        {
            Turn();
            if (limit is { } most && used + count > most) return false;
            used += count;
            return true;
        }
    }

    /// <summary>The day in LINE's terms, <c>yyyyMMdd</c> at UTC+9.</summary>
    public static string DayOf(DateTimeOffset at) => at.ToOffset(Japan).ToString("yyyyMMdd", CultureInfo.InvariantCulture);

    private void Turn()
    {
        var now = time.GetUtcNow().ToOffset(Japan);
        var current = (now.Year * 12) + now.Month;
        if (current == month) return;
        month = current;
        used = 0;
    }
}
