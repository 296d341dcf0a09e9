namespace ChatDesk.LinePlatform.Load;

/// <summary>How hard, how long and how messily the simulated LINE talks to the desk.</summary>
internal sealed record LoadPlan
{
    /// <summary>Events a second, whatever the desk does (open loop).</summary>
    public double Rate { get; init; } = 200;

    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(60);

    public int Users { get; init; } = 500;

    /// <summary>Share of webhooks that arrive twice: at the same moment, or later, half of them marked as redelivery.</summary>
    public double Duplicates { get; init; } = 0.05;

    /// <summary>A duplicate that comes later comes within this.</summary>
    public TimeSpan LatestDuplicate { get; init; } = TimeSpan.FromSeconds(2);

    /// <summary>Each webhook is held back for a random time up to this, so that later events overtake earlier ones.</summary>
    public TimeSpan Shuffle { get; init; } = TimeSpan.FromMilliseconds(500);

    /// <summary>Share of webhooks that carry two to five events of different people.</summary>
    public double Bundles { get; init; } = 0.1;

    /// <summary>Share of events without a reply token, which the desk can only answer by push.</summary>
    public double WithoutReplyToken { get; init; }

    public int Seed { get; init; } = 1;
}
