using System.Globalization;
using ChatDesk.LinePlatform.Bench;

namespace ChatDesk.LinePlatform.Peers;

/// <summary>One line of the comparison at the machine's limit and at a steady rate.</summary>
internal sealed record Standing(Entrant Entrant, Contestant Full, PacedRound? Paced);

/// <summary>The table that docs/performance.md holds, and the promises of issue 8 beside what was measured.</summary>
internal static class PeersTable
{
    public static void Print(IReadOnlyList<Standing> standings, double rate, TextWriter to)
    {
        to.WriteLine();
        to.WriteLine("| entrant | durable | turns/s | CPU µs/turn | databases µs/turn | ack p50 / p99 ms | memory MB |");
        to.WriteLine("| --- | --- | ---: | ---: | ---: | ---: | ---: |");
        foreach (var (entrant, full, _) in standings)
            to.WriteLine(Line($"| {entrant.Name} | {(entrant.Kind == EntrantKind.Desk ? "yes" : "no")} | {full.PerSecond:0} | {full.CpuMicroseconds:0} | {full.BackingMicroseconds:0} | {full.AckP50:0.0} / {full.AckP99:0.0} | {full.ResidentMegabytes:0} |"));
        to.WriteLine();
        to.WriteLine(Line($"| at {rate:0} events/s | webhook p50 / p99 ms | end to end p50 / p99 ms | CPU µs/turn |"));
        to.WriteLine("| --- | ---: | ---: | ---: |");
        foreach (var (entrant, _, paced) in standings.Where(s => s.Paced is not null))
            to.WriteLine(Line($"| {entrant.Name} | {paced!.Acks.Percentile(50):0.0} / {paced.Acks.Percentile(99):0.0} | {paced.Answers.Percentile(50):0.0} / {paced.Answers.Percentile(99):0.0} | {paced.CpuMicroseconds:0} |"));
        to.WriteLine();
        Ratios(standings, to);
    }

    private static void Ratios(IReadOnlyList<Standing> standings, TextWriter to)
    {
        var fastest = standings.Where(s => s.Entrant.Kind == EntrantKind.Session).MaxBy(s => s.Full.PerSecond)?.Full;
        var echo = standings.FirstOrDefault(s => s.Entrant.Kind == EntrantKind.Echo)?.Full;
        var one = standings.FirstOrDefault(s => s.Entrant.Name == "desk-postgres")?.Full;
        foreach (var desk in standings.Where(s => s.Entrant.Kind == EntrantKind.Desk).Select(s => s.Full))
        {
            var embedded = desk.Name == "desk";
            if (fastest is not null)
            {
                Promise($"{desk.Name}: turns/s beside {fastest.Name}", desk.RatioTo(fastest), embedded ? 3 : 2, atLeast: true);
                if (embedded) Promise($"{desk.Name}: CPU per turn beside {fastest.Name}", desk.CpuRatioTo(fastest), 0.4, atLeast: false);
            }
            if (echo is not null && embedded)
            {
                Promise($"{desk.Name}: turns/s beside echo", desk.RatioTo(echo), 2.6, atLeast: true);
                Promise($"{desk.Name}: CPU per turn beside echo", desk.CpuRatioTo(echo), 0.4, atLeast: false);
            }
            if (one is not null && desk.Name == "desk-postgres-2") Promise("two replicas: CPU per turn beside one", desk.CpuRatioTo(one), 1.3, atLeast: false);
        }

        void Promise(string what, double measured, double promised, bool atLeast) => to.WriteLine(Line(
            $"{what}: {measured:0.00} (promised {(atLeast ? "at least" : "at most")} {promised:0.0#}) {((atLeast ? measured >= promised : measured <= promised) ? "held" : "NOT HELD")}"));
    }

    private static string Line(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
