using System.Collections.Concurrent;
using ChatDesk.Channels.Web.Access;
using ChatDesk.Delivery;

namespace ChatDesk.Channels.Web.Streaming;

/// <summary>Sees to it that a stream ticket opens one stream, at whichever replica. Tickets live a minute, so little is remembered.</summary>
/// <param name="time">The desk's clock.</param>
/// <param name="redis">Where replicas tell each other; null for a desk alone.</param>
internal sealed class SpentTickets(TimeProvider time, RedisConnection? redis = null)
{
    private const int SweepEvery = 1_024;

    private readonly ConcurrentDictionary<string, DateTimeOffset> _spent = new(StringComparer.Ordinal);
    private int _sinceSweep;

    /// <returns>False when it was used before.</returns>
    public async ValueTask<bool> SpendAsync(StreamTicket ticket)
    {
        if (Interlocked.Increment(ref _sinceSweep) % SweepEvery == 0) Sweep();
        if (!_spent.TryAdd(ticket.Nonce, ticket.Expires)) return false;
        var life = ticket.Expires - time.GetUtcNow();
        return redis is null || life <= TimeSpan.Zero || await redis.IsFirstAsync($"{ticket.Agency}:stream:{ticket.Nonce}", life);
    }

    private void Sweep()
    {
        var now = time.GetUtcNow();
        foreach (var (nonce, expires) in _spent)
        {
            if (expires <= now) _spent.TryRemove(nonce, out _);
        }
    }
}
