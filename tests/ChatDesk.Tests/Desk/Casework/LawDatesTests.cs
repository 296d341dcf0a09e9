using ChatDesk.Desk.Casework;

namespace ChatDesk.Tests.Desk.Casework;

/// <summary>Dates as officers type them.</summary>
public sealed class LawDatesTests
{
    [Theory]
    [InlineData("31/12/2569", "2026-12-31")]
    [InlineData("31/12/2026", "2026-12-31")]
    [InlineData("๑/๒/๒๕๖๙", "2026-02-01")]
    [InlineData("2026-02-01", "2026-02-01")]
    [InlineData("29.2.2571", "2028-02-29")]
    public void A_date_is_read_in_either_era(string typed, string day)
    {
        Assert.True(LawDates.Read(typed, out var read));
        Assert.Equal(day, read!.Value.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture));
        Assert.True(LawDates.Read(LawDates.Write(read), out var again));
        Assert.Equal(read, again);
    }

    [Theory]
    [InlineData("29/2/2569")]
    [InlineData("32/1/2569")]
    [InlineData("1/13/2026")]
    [InlineData("1/2/69")]
    [InlineData("พรุ่งนี้")]
    [InlineData("1/2")]
    public void What_is_no_date_is_refused(string typed) => Assert.False(LawDates.Read(typed, out _));

    [Fact]
    public void Several_are_put_in_order_once_each()
    {
        Assert.True(LawDates.ReadAll("2/1/2569, 1/1/2569 2/1/2026", out var days));
        Assert.Equal([new DateOnly(2026, 1, 1), new DateOnly(2026, 1, 2)], days);
        Assert.False(LawDates.ReadAll("1/1/2569, x", out _));
    }
}
