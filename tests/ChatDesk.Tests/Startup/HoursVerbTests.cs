using ChatDesk.Startup.Verbs;
using Microsoft.Extensions.Time.Testing;

namespace ChatDesk.Tests.Startup;

/// <summary>The calendar asked from the command line.</summary>
public sealed class HoursVerbTests : IDisposable
{
    private readonly StringWriter _output = new();
    private readonly StringWriter _errors = new();

    public void Dispose()
    {
        _output.Dispose();
        _errors.Dispose();
    }

    private HoursVerb Verb(string agency = "demo") => new(agency, _output, _errors, new FakeTimeProvider(new DateTimeOffset(2026, 12, 4, 9, 45, 0, TimeSpan.Zero)));

    [Theory]
    [InlineData("2026-04-10T18:05+07:00", "2026-04-16T08:30+07:00")]
    [InlineData("2026-12-04T16:45+07:00", "2026-12-08T08:30+07:00")]
    [InlineData("2026-12-04T16:45", "2026-12-08T08:30+07:00")]
    [InlineData("2026-12-04T09:45:30Z", "2026-12-08T08:30+07:00")]
    [InlineData(null, "2026-12-08T08:30+07:00")]
    public void The_next_opening_is_printed_alone(string? at, string opens)
    {
        Assert.Equal(0, Verb().Next(at));
        Assert.Equal(opens + Environment.NewLine, _output.ToString());
    }

    [Fact]
    public void Business_time_is_measured_and_added()
    {
        Assert.Equal(0, Verb().Between("2026-12-04T15:00", "2026-12-08T09:00"));
        Assert.Equal(0, Verb().Between("2026-12-08T09:00", "2026-12-04T15:00"));
        Assert.Equal(0, Verb().Add("2026-12-04T15:00", "3h"));
        Assert.Equal(["2h00m", "-2h00m", "2026-12-08T10:00+07:00"], _output.ToString().Split(Environment.NewLine, StringSplitOptions.RemoveEmptyEntries));
    }

    [Fact]
    public void A_promise_is_printed_as_it_is_said()
    {
        Assert.Equal(0, Verb().Promise("2026-12-07T20:00"));
        Assert.Contains("วันอังคารที่ 8 ธันวาคม 2569 เวลา 09:30 น.", _output.ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_year_is_shown_with_its_special_days()
    {
        Assert.Equal(0, Verb().Show(null));
        var page = _output.ToString();
        Assert.Contains("demo  2026 (B.E. 2569)  Asia/Bangkok", page, StringComparison.Ordinal);
        Assert.Contains("Mon  08:30-16:30", page, StringComparison.Ordinal);
        Assert.Contains("Mon 2026-12-07", page, StringComparison.Ordinal);
        Assert.Contains("Dec    o  o  o  o  H  .  S  o", page, StringComparison.Ordinal);
        Assert.Equal(0, Verb().Show("2040"));
        Assert.Contains("no holidays are listed for 2040", _output.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("2569-12-04T16:45")]
    [InlineData("4 Dec")]
    [InlineData("2026-02-30T10:00")]
    [InlineData("")]
    public void A_moment_that_is_none_is_refused_with_what_to_write(string at)
    {
        Assert.Equal(2, Verb().Next(at));
        Assert.Contains("2026-04-10T18:05+07:00", _errors.ToString(), StringComparison.Ordinal);
        Assert.Empty(_output.ToString());
    }

    [Fact]
    public void Other_bad_questions_are_refused_too()
    {
        Assert.Equal(2, Verb().Add("2026-12-04T15:00", "3d"));
        Assert.Equal(2, Verb().Show("2569"));
        Assert.Equal(2, Verb("nobody").Next(null));
        Assert.Equal(2, Verb().Between(null, "2026-12-04T15:00"));
        Assert.Contains("--time", _errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("--year", _errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("there is no agency 'nobody'", _errors.ToString(), StringComparison.Ordinal);
        Assert.Contains("--from", _errors.ToString(), StringComparison.Ordinal);
    }
}
