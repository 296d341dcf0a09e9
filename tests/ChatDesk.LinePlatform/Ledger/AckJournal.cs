using System.Collections.Concurrent;
using System.Text;
using ChatDesk.LineSimulator.Webhooks;

namespace ChatDesk.LinePlatform.Ledger;

/// <summary>One event that was sent to the desk.</summary>
/// <param name="Answerable">A text in a one-to-one chat: the desk owes an answer.</param>
internal sealed record SentEvent(string Id, string User, DateTimeOffset At, string? ReplyToken, bool Answerable)
{
    /// <summary>The desk answered 200 for it at least once.</summary>
    public bool Acked => AckedAt is not null;

    /// <summary>When it did so first.</summary>
    public DateTimeOffset? AckedAt { get; set; }
}

/// <summary>
/// The platform's own memory of what it sent and what the desk acknowledged. Each line is in the file before the event
/// counts, so that the file can be trusted against anything the desk says later (reliability.md 4).
/// </summary>
internal sealed class AckJournal : IDisposable
{
    private readonly Lock gate = new();
    private readonly FileStream file;
    private readonly TimeProvider time;
    private readonly ConcurrentDictionary<string, SentEvent> events = new(StringComparer.Ordinal);
    private long acked;

    public AckJournal(string path, TimeProvider time)
    {
        this.time = time;
        file = new(path, FileMode.CreateNew, FileAccess.Write, FileShare.Read, bufferSize: 0);
    }

    public int SentCount => events.Count;

    public long AckedCount => Interlocked.Read(ref acked);

    public ICollection<SentEvent> Events => events.Values;

    public void Sent(WebhookEvent webhook, string user, bool answerable)
    {
        lock (gate)
        {
            Write($"sent {webhook.Id} {user} {webhook.At.ToUnixTimeMilliseconds()}\n");
            events[webhook.Id] = new(webhook.Id, user, webhook.At, webhook.ReplyToken, answerable);
        }
    }

    /// <summary>The desk answered 2xx to a call with these events. A second ack of the same event changes nothing.</summary>
    public void Acked(IReadOnlyList<WebhookEvent> webhooks)
    {
        lock (gate)
        {
            foreach (var webhook in webhooks)
            {
                var known = events[webhook.Id];
                if (known.Acked) continue;
                Write($"acked {webhook.Id}\n");
                known.AckedAt = time.GetUtcNow();
                acked++;
            }
        }
    }

    public void Dispose() => file.Dispose();

    private void Write(string line) => file.Write(Encoding.ASCII.GetBytes(line));
}
