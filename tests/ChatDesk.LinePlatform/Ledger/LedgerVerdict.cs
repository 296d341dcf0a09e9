using System.Globalization;

namespace ChatDesk.LinePlatform.Ledger;

/// <summary>What the comparison found. All of <see cref="Lost"/> to <see cref="Unanswered"/> must be 0.</summary>
internal sealed class LedgerVerdict
{
    private const int Named = 5;

    private readonly List<string> findings = [];
    private readonly PriorityQueue<Wait, TimeSpan> longest = new();

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

    /// <summary>The few who waited longest, longest first.</summary>
    public IEnumerable<Wait> Longest => longest.UnorderedItems.Select(w => w.Element).OrderByDescending(w => w.For);

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

    public void AddWait(Wait wait)
    {
        Waited.Add(wait.For);
        longest.Enqueue(wait, wait.For);
        if (longest.Count > Named) longest.Dequeue();
    }

    private int Note(string kind, string why)
    {
        findings.Add($"{kind}: {why}");
        return 1;
    }
}

/// <summary>How long somebody waited for an answer.</summary>
/// <param name="Event">The event it answers.</param>
/// <param name="AckedAt">When the desk first said 200 to it.</param>
/// <param name="IsReply">By its reply token; else by a push.</param>
internal sealed record Wait(SentEvent Event, DateTimeOffset AckedAt, TimeSpan For, bool IsReply)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{For.TotalSeconds:0.00} s: {Event.Id} of {Event.User}, sent {Event.At:HH:mm:ss.fff}, taken {AckedAt:HH:mm:ss.fff}, answered by {(IsReply ? "reply" : "push")}");
}
