using System.Collections.Concurrent;
using System.Collections.Immutable;
using ChatDesk.Activities;
using ChatDesk.Channels.Web.Receiving;
using ChatDesk.Delivery;

namespace ChatDesk.Channels.Web.Streaming;

/// <summary>
/// Knows which conversations have pages open in this process, and wakes their streams when the transcript grew. It carries no
/// messages: a stream that was woken reads what is new, so nothing can be lost, doubled, or piled up for a slow one.
/// </summary>
internal sealed class WebFeed : IDisposable
{
    private readonly ConcurrentDictionary<ConversationKey, ImmutableArray<WebListener>> _listeners = new();
    private readonly ILedger _ledger;

    public WebFeed(ILedger ledger)
    {
        _ledger = ledger;
        _ledger.TranscriptGrew += OnGrew;
        _ledger.Watch(() => _listeners.Keys);
    }

    /// <summary>How many streams are open.</summary>
    public int Count => _listeners.Values.Sum(l => l.Length);

    /// <returns>A listener to be disposed of, or null when the conversation has <paramref name="most"/> already.</returns>
    public WebListener? Listen(ConversationKey conversation, int most)
    {
        while (true)
        {
            var present = _listeners.GetOrAdd(conversation, []);
            if (present.Length >= most) return null;
            var listener = new WebListener(this, conversation);
            if (_listeners.TryUpdate(conversation, present.Add(listener), present)) return listener;
            listener.Abandon();
        }
    }

    public bool IsWatched(ConversationKey conversation) => _listeners.TryGetValue(conversation, out var present) && !present.IsEmpty;

    public void Typing(ConversationKey conversation, string? speaker)
    {
        if (!_listeners.TryGetValue(conversation, out var present)) return;
        foreach (var listener in present) listener.WakeForTyping(speaker);
    }

    public void Dispose() => _ledger.TranscriptGrew -= OnGrew;

    internal void Leave(WebListener listener)
    {
        while (_listeners.TryGetValue(listener.Conversation, out var present))
        {
            var rest = present.Remove(listener);
            var left = rest.IsEmpty
                ? _listeners.TryRemove(KeyValuePair.Create(listener.Conversation, present))
                : _listeners.TryUpdate(listener.Conversation, rest, present);
            if (left) return;
        }
    }

    private void OnGrew(ConversationKey conversation)
    {
        if (conversation.Channel != WebActivityMapper.Channel || !_listeners.TryGetValue(conversation, out var present)) return;
        foreach (var listener in present) listener.Wake();
    }
}
