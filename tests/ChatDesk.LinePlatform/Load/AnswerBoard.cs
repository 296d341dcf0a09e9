using System.Collections.Concurrent;
using ChatDesk.LinePlatform.Ledger;
using ChatDesk.LineSimulator;
using ChatDesk.LineSimulator.Channel;

namespace ChatDesk.LinePlatform.Load;

/// <summary>Counts answers as LINE accepts them, so that a run knows when there is nothing left to wait for.</summary>
internal sealed class AnswerBoard
{
    private readonly ConcurrentDictionary<string, int> seenBy = new(StringComparer.Ordinal);
    private readonly AckJournal journal;
    private long answers;

    public AnswerBoard(LineChannel channel, AckJournal journal)
    {
        this.journal = journal;
        channel.Accepted += Count;
    }

    /// <summary>Calls that somebody saw.</summary>
    public long Answers => Interlocked.Read(ref answers);

    /// <summary>Acknowledged texts that still wait: per person, texts minus answers seen.</summary>
    public int Outstanding() => journal.Events
        .Where(e => e is { Acked: true, Answerable: true })
        .GroupBy(e => e.User)
        .Sum(g => Math.Max(0, g.Count() - seenBy.GetValueOrDefault(g.Key)));

    /// <summary>Waits until nothing is outstanding, or nothing has changed for <paramref name="quiet"/>, at most <paramref name="most"/>.</summary>
    /// <param name="activity">Any number that changes while the desk is still doing something.</param>
    public async Task<bool> SettleAsync(Func<long> activity, TimeSpan quiet, TimeSpan most, TimeProvider time, CancellationToken cancel)
    {
        var begun = time.GetTimestamp();
        var changed = begun;
        var last = (-1L, -1L);
        while (Outstanding() > 0)
        {
            var now = (Answers, activity());
            if (now != last) (last, changed) = (now, time.GetTimestamp());
            if (time.GetElapsedTime(changed) > quiet || time.GetElapsedTime(begun) > most) return false;
            await Task.Delay(TimeSpan.FromMilliseconds(200), time, cancel);
        }

        return true;
    }

    private void Count(AcceptedCall call)
    {
        foreach (var user in call.SeenBy)
        {
            seenBy.AddOrUpdate(user, 1, (_, n) => n + 1);
            Interlocked.Increment(ref answers);
        }
    }
}
