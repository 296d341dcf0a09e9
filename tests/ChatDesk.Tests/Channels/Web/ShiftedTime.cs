namespace ChatDesk.Tests.Channels.Web;

/// <summary>The real clock, moved: timers go on as they do.</summary>
internal sealed class ShiftedTime : TimeProvider
{
    public TimeSpan Ahead { get; set; }

    public override DateTimeOffset GetUtcNow() => base.GetUtcNow() + Ahead;
}
