using System.Collections.Concurrent;
using ChatDesk.Channels.Web.Access;

namespace ChatDesk.Channels.Web.Streaming;

/// <summary>Sees to it that a stream ticket opens one stream. Tickets live a minute, so little is remembered.</summary>
internal sealed class SpentTickets(TimeProvider time)
{
    private const int SweepEvery = 1_024;

    private readonly ConcurrentDictionary<string, DateTimeOffset> _spent = new(StringComparer.Ordinal);
    private int _sinceSweep;

    /// <returns>False when it was used before.</returns>
    public bool Spend(StreamTicket ticket)
    {
        if (Interlocked.Increment(ref _sinceSweep) % SweepEvery == 0) Sweep();
        return _spent.TryAdd(ticket.Nonce, ticket.Expires);
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
