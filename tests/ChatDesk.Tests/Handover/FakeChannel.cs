using System.Collections.Concurrent;
using ChatDesk.Activities;
using ChatDesk.Delivery;

namespace ChatDesk.Tests.Handover;

/// <summary>Something that reached the contact.</summary>
internal sealed record Sent(ConversationKey Conversation, string OutboxId, IReadOnlyList<OutboundActivity> Activities, bool Free)
{
    public string Text => string.Join('\n', Activities.Select(a => a.PlainText));

    public string? Speaker => Activities[0].SpeakerName;
}

/// <summary>A channel that remembers what it sent; its reply handles work once and for a minute, as LINE's do.</summary>
internal sealed class FakeChannel(string name, bool handles, TimeProvider time) : IChannelSender
{
    private readonly ConcurrentQueue<Sent> _sent = new();
    private readonly ConcurrentDictionary<string, bool> _used = new();

    /// <summary>Decides how a try ends; null lets it arrive.</summary>
    public Func<OutboxItem, SendResult?>? Trouble { get; set; }

    /// <summary>Called for everything that arrives, before it does.</summary>
    public Action<OutboxItem>? Watch { get; set; }

    public int Loading;

    public string Channel => name;

    public bool PushesCost => handles;

    public IReadOnlyList<Sent> All => [.. _sent];

    public IReadOnlyList<Sent> To(ConversationKey conversation) => [.. _sent.Where(s => s.Conversation == conversation)];

    public ValueTask<SendResult> SendAsync(OutboxItem item, CancellationToken stopping)
    {
        if (Trouble?.Invoke(item) is { } trouble) return new(trouble);
        Watch?.Invoke(item);
        var free = !handles || (item.ReplyHandle is { } handle && time.GetUtcNow() - item.ReplyHandleAt < TimeSpan.FromMinutes(1) && _used.TryAdd(handle, true));
        _sent.Enqueue(new(item.Conversation, item.Id, item.Activities, free));
        return new(new SendResult(SendStatus.Sent) { PartsDone = 1, Reply = item.Reply, Counted = free ? 0 : 1 });
    }

    public ValueTask ShowWorkingAsync(ConversationKey conversation, CancellationToken stopping)
    {
        Interlocked.Increment(ref Loading);
        return ValueTask.CompletedTask;
    }

    public ValueTask<string?> NameOfAsync(ConversationKey conversation, CancellationToken stopping) => new($"คุณ{conversation.Address}");
}
