namespace ChatDesk.Desk.Dashboard;

/// <summary>The days that a dashboard looks at, both included; its name stands in the address, so that a link shows the same.</summary>
/// <param name="Name"><c>today</c>, <c>week</c>, <c>month</c> or <c>year</c>.</param>
/// <param name="From">The first day.</param>
/// <param name="To">The last.</param>
internal readonly record struct DashboardRange(string Name, DateOnly From, DateOnly To)
{
    /// <summary>The budget year of Thai agencies begins in October.</summary>
    private const int FirstMonthOfYear = 10;

    public static IReadOnlyList<string> Names { get; } = ["today", "week", "month", "year"];

    /// <param name="name">From the address; anything unknown is today.</param>
    /// <param name="today">By the agency's wall clock.</param>
    public static DashboardRange Read(string? name, DateOnly today) => name switch
    {
        "week" => new("week", today.AddDays(-6), today),
        "month" => new("month", new DateOnly(today.Year, today.Month, 1), today),
        "year" => new("year", new DateOnly(today.Month >= FirstMonthOfYear ? today.Year : today.Year - 1, FirstMonthOfYear, 1), today),
        _ => new("today", today, today),
    };
}
