using ChatDesk.Activities;

namespace ChatDesk.Channels.Web.Streaming;

/// <summary>One stream's place in the feed. However often it is woken while it is busy, it wakes once more.</summary>
internal sealed class WebListener(WebFeed feed, ConversationKey conversation) : IDisposable
{
    private const int Grew = 1;
    private const int Typing = 2;

    private readonly SemaphoreSlim _signal = new(0, 1);
    private int _reasons;
    private string? _speaker;

    public ConversationKey Conversation => conversation;

    /// <summary>False while the page says that it is not looked at (another tab, a locked phone). Clients that say nothing are looked at.</summary>
    public bool IsLookedAt { get; set; } = true;

    public void Wake() => Add(Grew);

    public void WakeForTyping(string? speaker)
    {
        Volatile.Write(ref _speaker, speaker);
        Add(Typing);
    }

    /// <summary>Waits until something happened, or until <paramref name="patience"/> is over.</summary>
    public async ValueTask<Woken> WaitAsync(TimeSpan patience, CancellationToken stopping)
    {
        if (!await _signal.WaitAsync(patience, stopping)) return default;
        var reasons = Interlocked.Exchange(ref _reasons, 0);
        return new Woken((reasons & Grew) != 0, (reasons & Typing) != 0, Volatile.Read(ref _speaker));
    }

    public void Dispose()
    {
        feed.Leave(this);
        // The signal is left to the collector: the feed may just be waking it on another thread.
    }

    /// <summary>It never came into the feed.</summary>
    public void Abandon() => _signal.Dispose();

    private void Add(int reason)
    {
        // Released only by whoever finds no reason there, and emptied only by whoever was let through: it never overflows.
        if (Interlocked.Or(ref _reasons, reason) == 0) _signal.Release();
    }
}

/// <summary>Why a stream woke; nothing of both when only time went by.</summary>
internal readonly record struct Woken(bool Grew, bool Typing, string? Speaker);
