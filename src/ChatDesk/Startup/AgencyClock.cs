namespace ChatDesk.Startup;

/// <summary>The agency's calendar day. Thailand has one zone, UTC+7, and no summer time.</summary>
internal static class AgencyClock
{
    public static DateOnly Today(this TimeProvider time) => DateOnly.FromDateTime(time.GetUtcNow().ToOffset(TimeSpan.FromHours(7)).DateTime);
}
