using System.Collections.Concurrent;
using ChatDesk.Delivery;

namespace ChatDesk.Channels.Line.Sending;

/// <summary>
/// Keeps an agency's calls below what LINE takes in a second, over all replicas: better to wait for the next second than to be told 429 and
/// wait longer. The first calls of a second are nobody's concern; who wants more draws a handful at a time from what all share in Redis.
/// While Redis is away each replica knows only itself, and <see cref="LineBrake"/> hears what LINE says.
/// </summary>
/// <param name="time">The desk's clock; replicas' clocks may differ, then their seconds overlap by as much.</param>
/// <param name="most">Calls of one kind a second, <see cref="LineOptions.CallsPerSecond"/>; 0 for as many as there are.</param>
/// <param name="redis">Where replicas share; null for a desk alone.</param>
internal sealed class LinePace(TimeProvider time, int most, RedisConnection? redis = null)
{
    /// <summary>What a replica may call in a second without asking.</summary>
    public const int Free = 50;

    private const int Handful = 50;

    private readonly ConcurrentDictionary<(string Agency, string Call), Purse> _purses = new();

    /// <param name="agency">Whose channel.</param>
    /// <param name="call"><c>reply</c> or <c>push</c>: LINE counts them apart.</param>
    /// <returns>Null when a call may be made now, otherwise when the next second begins.</returns>
    public async ValueTask<DateTimeOffset?> TakeAsync(string agency, string call)
    {
        if (most == 0) return null;
        var second = time.GetUtcNow().ToUnixTimeSeconds();
        var purse = _purses.GetOrAdd((agency, call), _ => new());
        if (purse.TryTake(second) is not { } may)
        {
            var drawn = redis is null ? null : await redis.DrawAsync($"{agency}:line:{call}:{second}", Handful, most);
            may = purse.Fill(second, drawn, alone: Math.Max(most - Free, 0));
        }
        return may ? null : DateTimeOffset.FromUnixTimeSeconds(second + 1);
    }

    /// <summary>What is left of one second.</summary>
    private sealed class Purse
    {
        private readonly Lock _gate = new();
        private long _second;
        private int _left;
        private bool _last;

        /// <returns>Null when more must be drawn first.</returns>
        public bool? TryTake(long second)
        {
            lock (_gate)
            {
                if (second > _second) (_second, _left, _last) = (second, Free, false);
                if (_left > 0)
                {
                    _left--;
                    return true;
                }
                return _last ? false : null;
            }
        }

        /// <param name="second">The second it was drawn for.</param>
        /// <param name="drawn">How many; less than a handful are the last. Null when nobody could be asked.</param>
        /// <param name="alone">How many there are then, once: several callers may have found the purse empty together.</param>
        /// <returns>Whether there was one for who drew.</returns>
        public bool Fill(long second, int? drawn, int alone)
        {
            lock (_gate)
            {
                // Drawn for a second that is over: nobody else needs them.
                if (second != _second) return drawn is not 0;
                _left += drawn ?? (_last ? 0 : alone);
                _last |= drawn is not Handful;
                if (_left == 0) return false;
                _left--;
                return true;
            }
        }
    }
}
