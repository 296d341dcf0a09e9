using ChatDesk.Activities;

namespace ChatDesk.Delivery;

/// <summary>Session state in this process: two generations of up to half the capacity each; the older one is dropped when the younger is full.</summary>
/// <param name="capacity">How many conversations are kept at most.</param>
internal sealed class MemorySessionStore(int capacity = 20_000) : ISessionStore
{
    private readonly Lock _gate = new();
    private Dictionary<ConversationKey, Stamped> _young = [];
    private Dictionary<ConversationKey, Stamped> _old = [];

    public ValueTask<byte[]?> ReadAsync(ConversationKey conversation, long turn)
    {
        lock (_gate)
        {
            var found = _young.TryGetValue(conversation, out var stamped) || _old.TryGetValue(conversation, out stamped);
            return new(found && stamped.Turn == turn ? stamped.State : null);
        }
    }

    public void Write(ConversationKey conversation, long turn, byte[] state)
    {
        lock (_gate)
        {
            if (_young.Count >= capacity / 2 && !_young.ContainsKey(conversation))
            {
                (_old, _young) = (_young, _old);
                _young.Clear();
            }
            _young[conversation] = new(turn, state);
        }
    }

    private readonly record struct Stamped(long Turn, byte[] State);
}
