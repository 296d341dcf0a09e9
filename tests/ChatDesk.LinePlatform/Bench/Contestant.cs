using System.Globalization;

namespace ChatDesk.LinePlatform.Bench;

/// <summary>One side of the comparison with its measured rounds. The middle round speaks for it: a neighbour on the machine spoils one, not all.</summary>
internal sealed class Contestant(string name, string unit, Func<int, Task<RoundResult>> round)
{
    private readonly List<RoundResult> rounds = [];

    public string Name => name;

    public double PerSecond => Median(r => r.PerSecond);

    public double CpuMicroseconds => Median(r => r.CpuMicroseconds);

    /// <summary>Processor time of server, sender and LINE side together: what one costs the whole machine.</summary>
    public double AllCpuMicroseconds => Median(r => r.CpuMicroseconds + r.OwnCpuMicroseconds);

    /// <summary>Processor time of the databases behind it for each.</summary>
    public double BackingMicroseconds => Median(r => r.BackingMicroseconds);

    public double AckP50 => Median(r => r.AckP50);

    public double AckP99 => Median(r => r.AckP99);

    public double ResidentMegabytes => rounds.Max(r => r.ResidentMegabytes);

    /// <summary>How much processor time one takes beside another, from rounds that ran next to each other.</summary>
    public double CpuRatioTo(Contestant other) => Middle(rounds.Zip(other.rounds, (mine, theirs) => mine.CpuMicroseconds / theirs.CpuMicroseconds));

    /// <summary>How much faster this one is than another, from rounds that ran next to each other, since neighbours on the machine disturb both alike.</summary>
    public double RatioTo(Contestant other) => Middle(rounds.Zip(other.rounds, (mine, theirs) => mine.PerSecond / theirs.PerSecond));

    public async Task RunAsync(int number, bool measured)
    {
        var result = await round(number);
        if (measured) rounds.Add(result);
        Console.WriteLine($"  {(measured ? "round" : "warm-up"),-8}{number,3} {Text(name, unit, result)}");
    }

    public override string ToString() => Text(name, unit, new(
        PerSecond, CpuMicroseconds, Median(r => r.OwnCpuMicroseconds), Median(r => r.AckP50), Median(r => r.AckP99), rounds.Max(r => r.ResidentMegabytes), rounds.Sum(r => r.Refused)));

    private static string Text(string name, string unit, RoundResult r) => string.Create(CultureInfo.InvariantCulture,
        $"{name,-18} {r.PerSecond,9:0} {unit}/s  cpu {r.CpuMicroseconds,6:0.0} us each (sender and LINE {r.OwnCpuMicroseconds:0.0})  ack p50 {r.AckP50,6:0.00} ms  p99 {r.AckP99,7:0.00} ms  rss {r.ResidentMegabytes,6:0} MB")
        + (r.Refused > 0 ? $"  refused {r.Refused}" : "");

    private double Median(Func<RoundResult, double> of) => Middle(rounds.Select(of));

    private static double Middle(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return sorted[sorted.Count / 2];
    }
}
