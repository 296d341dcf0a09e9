using System.Diagnostics;
using ChatDesk.LinePlatform.Ledger;
using ChatDesk.LineSimulator;
using ChatDesk.LineSimulator.Channel;
using ChatDesk.LineSimulator.Webhooks;

namespace ChatDesk.LinePlatform.Load;

/// <summary>
/// Many people writing at a steady rate. Every event is in the journal before it is sent, every 200 before it counts.
/// What gets no 2xx is delivered again, until the desk takes it or the run gives up on it.
/// </summary>
internal sealed class LoadRun(LoadPlan plan, LineChannel channel, WebhookSender sender, AckJournal journal, Latencies acks, TimeProvider time)
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(5);

    /// <summary>LINE comes back ever more rarely. Coming every second with everything at once would keep a desk down that is just getting up.</summary>
    private static readonly RedeliveryPlan Redeliveries = RedeliveryPlan.Patient with { LongestPause = TimeSpan.FromSeconds(8) };

    private readonly Random random = new(plan.Seed);
    private readonly List<Task> deliveries = [];
    private readonly WebhookEvents withToken = new(channel, time);
    private readonly WebhookEvents withoutToken = new(channel, time) { WithReplyToken = false };
    private readonly string[] users = [.. Enumerable.Range(0, plan.Users).Select(n => UserId(plan.Seed, n))];
    private long failures;

    /// <summary>Tries that got no 2xx and were, or will be, repeated.</summary>
    public long Failures => Interlocked.Read(ref failures);

    public static string UserId(int seed, int number) => $"U{(uint)seed:x8}{number:x24}";

    /// <summary>Makes the people known to LINE.</summary>
    public void AddUsers()
    {
        for (var n = 0; n < users.Length; n++) channel.People.Add(new LinePerson(users[n], $"ประชาชน {n + 1}"));
    }

    /// <summary>Runs for the planned time, and on until <paramref name="chaos"/> is over; then waits for the last ack.</summary>
    public async Task RunAsync(Task? chaos, CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        var events = 0L;
        while (Stopwatch.GetElapsedTime(started) < plan.Duration || chaos is { IsCompleted: false })
        {
            var due = (long)(Stopwatch.GetElapsedTime(started).TotalSeconds * plan.Rate);
            while (events < due) events += Send(cancel);
            await Task.Delay(Beat, time, cancel);
        }

        await Task.WhenAll(deliveries);
        if (chaos is not null) await chaos;
    }

    /// <summary>Sends exactly this many events, as fast as the rate says.</summary>
    public async Task RunCountAsync(int count, CancellationToken cancel)
    {
        var started = Stopwatch.GetTimestamp();
        for (var events = 0L; events < count;)
        {
            var due = Math.Min(count, (long)(Stopwatch.GetElapsedTime(started).TotalSeconds * plan.Rate));
            while (events < due) events += Send(cancel, most: (int)(count - events));
            await Task.Delay(Beat, time, cancel);
        }

        await Task.WhenAll(deliveries);
    }

    /// <returns>How many events went into this webhook.</returns>
    private int Send(CancellationToken cancel, int most = 5)
    {
        var count = most > 1 && random.NextDouble() < plan.Bundles ? random.Next(2, Math.Min(5, most) + 1) : 1;
        var events = new WebhookEvent[count];
        for (var i = 0; i < count; i++) events[i] = MakeEvent();
        var held = plan.Shuffle * random.NextDouble();
        deliveries.Add(Task.Run(() => DeliverAsync(events, held, cancel), cancel));
        if (random.NextDouble() < plan.Duplicates)
        {
            var later = random.Next(2) == 0 ? held : held + (plan.LatestDuplicate * random.NextDouble());
            var marked = random.Next(2) == 0;
            deliveries.Add(Task.Run(() => RepeatAsync(events, later, marked, cancel), cancel));
        }

        return count;
    }

    private WebhookEvent MakeEvent()
    {
        var user = users[random.Next(users.Length)];
        var make = random.NextDouble() < plan.WithoutReplyToken ? withoutToken : withToken;
        var webhook = make.Message.Text(ChatSource.User(user), Utterances.Pick(random));
        journal.Sent(webhook, user, answerable: true);
        return webhook;
    }

    private async Task DeliverAsync(WebhookEvent[] events, TimeSpan held, CancellationToken cancel)
    {
        await Task.Delay(held, time, cancel);
        var last = await sender.DeliverAsync(events, Redeliveries, ack => Count(events, ack), cancel);
        if (!last.IsOk) Console.WriteLine($"gave up on {events[0].Id}: last status {last.Status}");
    }

    private async Task RepeatAsync(WebhookEvent[] events, TimeSpan held, bool isRedelivery, CancellationToken cancel)
    {
        await Task.Delay(held, time, cancel);
        Count(events, await sender.PostAsync(events, isRedelivery, cancel));
    }

    private void Count(WebhookEvent[] events, WebhookAck ack)
    {
        if (!ack.IsOk)
        {
            Interlocked.Increment(ref failures);
            return;
        }

        journal.Acked(events);
        acks.Add(ack.Took);
    }
}
