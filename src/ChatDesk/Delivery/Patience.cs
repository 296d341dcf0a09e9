using System.Diagnostics;

namespace ChatDesk.Delivery;

/// <summary>
/// How long somebody waits for an event to be kept. Once that is over keeping it helps nobody: the provider has given up, counts it as
/// failed and delivers it again. A desk that works such leftovers off while new ones grow old behind them never gets out of an overload;
/// one that drops them answers everything it begins. The default is endless.
/// </summary>
internal readonly struct Patience
{
    /// <summary>0 for somebody who waits until he is answered.</summary>
    private readonly long _end;

    private Patience(long end) => _end = end;

    /// <summary>Whether nobody waits any more.</summary>
    public bool IsOver => _end != 0 && Stopwatch.GetTimestamp() > _end;

    /// <summary>From now on. By the real clock: it is the other side's, and a test that moves the desk's clock does not move that one.</summary>
    public static Patience Of(TimeSpan time) => new(Stopwatch.GetTimestamp() + (long)(time.TotalSeconds * Stopwatch.Frequency));

    /// <summary>What the caller is told.</summary>
    public static LedgerException Lost() => new("there is more to write down than can be; deliver again");
}
