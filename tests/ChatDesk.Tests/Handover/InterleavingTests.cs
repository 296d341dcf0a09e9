using System.Collections.Concurrent;
using ChatDesk.Activities;
using ChatDesk.Delivery;
using ChatDesk.Handover;

namespace ChatDesk.Tests.Handover;

/// <summary>Bot, officers, citizens, time-outs, transfers and closing, all at once.</summary>
public sealed class InterleavingTests
{
    private const int Conversations = 1_000;

    [Fact]
    public async Task A_thousand_interleavings_no_bot_word_after_an_acknowledged_claim_no_message_lost_and_nobody_without_an_owner()
    {
        await using var desk = await QueueDesk.StartAsync();
        var play = new RandomPlay(desk, new Random(7)) { MaySwitchBot = false };
        await play.BeginAsync(officers: 8, contacts: Conversations);
        var bots = new ConcurrentQueue<string>();
        foreach (var channel in (FakeChannel[])[desk.Line, desk.Web]) Break(desk, channel, bots);

        for (var round = 0; round < 12; round++)
        {
            await desk.RunAsync(Task.WhenAll(play.Contacts.Select(contact => play.StepAsync(contact))));
            desk.Time.Advance(TimeSpan.FromSeconds(round % 3 * 5));
            await desk.RunAsync(desk.Queue.SweepAsync());
        }
        (desk.Line.Trouble, desk.Web.Trouble) = (null, null);
        // Some officers are not heard of again, and the others may all be away: after 45 s the last one counts as away, 30 s later nobody will come, and everybody has heard so.
        var alive = play.SomeAlive();
        for (var passed = 0; passed < 90; passed += 5) await desk.PassAsync(TimeSpan.FromSeconds(5), alive);

        Assert.Empty(bots);
        Assert.DoesNotContain(desk.Log.Lines, l => l[0] is 'E' or 'C');
        await EverythingIsInATranscriptAsync(desk, play);
        await EverybodyHasAnOwnerAsync(desk, play);
    }

    /// <summary>One try in five fails in some way; a bot's word that reaches the contact while the floor is an officer's is noted.</summary>
    private static void Break(QueueDesk desk, FakeChannel channel, ConcurrentQueue<string> bots)
    {
        channel.Trouble = item => (Math.Abs(item.Id.GetHashCode(StringComparison.Ordinal)) + item.Attempts) % 5 == 0 && item.Attempts < 2
            ? new SendResult(SendStatus.Deferred) { Reason = "http-500", RetryAt = desk.Time.GetUtcNow().AddSeconds(3), Reply = item.Reply }
            : null;
        channel.Watch = item =>
        {
            var row = desk.Queue.OpenInAsync(item.Conversation).AsTask().Result;
            if (row is { IsHeld: true, FloorSince: not null } && OutboundActivity.AnyByBot(item.Activities)) bots.Enqueue($"{item.Id} to {item.Conversation}: {item.Activities[0].PlainText}");
        };
    }

    private static async Task EverythingIsInATranscriptAsync(QueueDesk desk, RandomPlay play)
    {
        foreach (var conversation in play.Said.GroupBy(s => s.Conversation))
        {
            var page = await desk.Queue.TranscriptAsync(QueueDesk.Agency, conversation.Key, null, 200);
            Assert.Null(page.Before);
            foreach (var said in conversation.GroupBy(s => (s.Text, s.ByOfficer)))
            {
                var by = said.Key.ByOfficer ? LineSpeaker.Officer : LineSpeaker.Contact;
                Assert.Equal(said.Count(), page.Lines.Count(l => l.By == by && l.Text == said.Key.Text && l.Kind == LineKind.Text));
                if (by == LineSpeaker.Officer) Assert.Single(page.Lines, l => l.Text == said.Key.Text && l.Delivery is LineDelivery.SentFree or LineDelivery.SentCounted);
            }
        }
    }

    /// <summary>An officer who is there, the queue with officers on duty, a promise, or the bot, which has answered the last message.</summary>
    private static async Task EverybodyHasAnOwnerAsync(QueueDesk desk, RandomPlay play)
    {
        var now = await desk.Queue.SnapshotAsync(QueueDesk.Agency);
        foreach (var row in now.Rows.Values)
        {
            var owned = row.State switch
            {
                HandoverState.Accepted or HandoverState.OnHold => now.Officers.TryGetValue(row.OfficerId!, out var officer) && officer.IsHere,
                HandoverState.Waiting => now.Officers.Values.Any(o => o.IsHere),
                HandoverState.Promised => row.PromisedBy is not null,
                _ => false,
            };
            Assert.True(owned, $"{row.Id} {row.State} {row.OfficerName}: {string.Join(", ", now.Officers.Values.Select(o => $"{o.Card.Officer.Name} {o.State}"))}");
        }
        var free = play.Contacts.Where(c => now.Rows.Values.All(r => r.Conversation != c)).Take(100).ToList();
        var before = free.ToDictionary(c => c, c => desk.Line.To(c).Count + desk.Web.To(c).Count);
        await Task.WhenAll(free.Select(c => desk.PostAsync(c, "เมนู")));
        await desk.SettledAsync();
        Assert.All(free, c => Assert.True(desk.Line.To(c).Count + desk.Web.To(c).Count > before[c], $"{c} got no answer"));
    }
}
