using System.Globalization;

namespace ChatDesk.LinePlatform.Ledger;

/// <summary>What the comparison found. All of <see cref="Lost"/> to <see cref="Unanswered"/> must be 0.</summary>
internal sealed class LedgerVerdict
{
    private readonly List<string> findings = [];

    public long Acked { get; set; }

    public long Stored { get; set; }

    public long Lost { get; private set; }

    public long DupStored { get; private set; }

    public long DupVisible { get; private set; }

    public long Reordered { get; private set; }

    public long Unanswered { get; private set; }

    /// <summary>Answers that could never go, and are shown on the desk with their reason.</summary>
    public long Blocked { get; set; }

    /// <summary>Answers of which nobody can know whether they arrived.</summary>
    public long Unknown { get; set; }

    /// <summary>From the first 200 to what a person saw.</summary>
    public Load.Latencies Waited { get; } = new();

    /// <summary>One line for everything that is wrong, for the run folder.</summary>
    public IReadOnlyList<string> Findings => findings;

    public bool IsClean => Lost + DupStored + DupVisible + Reordered + Unanswered == 0;

    public void AddLost(string why) => Lost += Note("lost", why);

    public void AddDupStored(string why) => DupStored += Note("dup_stored", why);

    public void AddDupVisible(string why) => DupVisible += Note("dup_visible", why);

    public void AddReordered(string why) => Reordered += Note("reordered", why);

    public void AddUnanswered(string why) => Unanswered += Note("unanswered", why);

    /// <summary>The line the acceptance reads.</summary>
    public string Line(Load.Latencies acks) => string.Create(CultureInfo.InvariantCulture,
        $"acked={Acked} stored={Stored} lost={Lost} dup_stored={DupStored} dup_visible={DupVisible} reordered={Reordered} unanswered={Unanswered} "
        + $"p50={acks.Percentile(50):0.0} p99={acks.Percentile(99):0.0} max={acks.Max:0.0} blocked={Blocked} unknown={Unknown}");

    /// <summary>How long people waited, in milliseconds.</summary>
    public string WaitedLine() => string.Create(CultureInfo.InvariantCulture, $"waited_p50={Waited.Percentile(50):0} waited_p99={Waited.Percentile(99):0} waited_max={Waited.Max:0}");

    private int Note(string kind, string why)
    {
        findings.Add($"{kind}: {why}");
        return 1;
    }
}
