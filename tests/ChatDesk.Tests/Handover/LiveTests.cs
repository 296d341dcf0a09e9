using System.Text.Json;
using ChatDesk.Activities;
using ChatDesk.Handover;

namespace ChatDesk.Tests.Handover;

/// <summary>What a page knows from a snapshot and the events after it is what a fresh page sees.</summary>
public sealed class LiveTests
{
    private const int Sequences = 1_000;
    private const int AtOnce = 25;
    private const int StepsEach = 20;

    [Fact]
    public async Task Snapshot_and_events_equal_a_fresh_snapshot_for_a_thousand_random_sequences_and_every_kind_of_event()
    {
        await using var desk = await QueueDesk.StartAsync();
        var random = new Random(20261123);
        var play = new RandomPlay(desk, random);
        await play.BeginAsync(officers: 4, contacts: 12);
        var seen = new HashSet<string>();
        var view = await View.TakeAsync(desk, play.Contacts);

        for (var wave = 0; wave < Sequences / AtOnce; wave++)
        {
            // Sequences run beside one another; the page looks in while they run.
            var playing = Task.WhenAll(Enumerable.Range(0, AtOnce).Select(_ => SequenceAsync(play)));
            await view.CatchUpAsync(desk, seen, 1 + (wave % 40));
            await desk.RunAsync(playing);
            await view.CatchUpAsync(desk, seen, 17);
            await desk.PassAsync(TimeSpan.FromSeconds(random.Next(1, 30)), play.SomeAlive());
            // What comes round by the clock may still be at it: both must look at the same number.
            View fresh;
            do
            {
                await view.CatchUpAsync(desk, seen, 500);
                fresh = await View.TakeAsync(desk, play.Contacts);
            }
            while (fresh.Seq != view.Seq);
            Assert.Equal(fresh.Written(), view.Written());
        }

        Assert.Equal(["bot", "line", "line-again", "officer", "row", "row-gone"], seen.Order(StringComparer.Ordinal));
        Assert.Equal([], desk.Log.Lines.Where(l => l[0] is 'E' or 'C'));
    }

    private static async Task SequenceAsync(RandomPlay play)
    {
        for (var step = 0; step < StepsEach; step++) await play.StepAsync();
    }

    [Fact]
    public async Task A_page_that_was_away_longer_than_events_are_kept_is_told_to_begin_afresh()
    {
        await using var desk = await QueueDesk.StartAsync();
        var suda = await desk.ArriveAsync("สุดา");
        await desk.AskAsync(QueueDesk.Key("U1"));
        desk.Time.Advance(TimeSpan.FromHours(25));
        await desk.Queue.PruneAsync();
        await desk.RestartAsync();
        await desk.Queue.SetPresenceAsync(suda, PresenceState.Busy, null);

        Assert.True((await desk.Queue.EventsAfterAsync(QueueDesk.Agency, 1)).Gap);
        var last = (await desk.Queue.SnapshotAsync(QueueDesk.Agency)).Seq;
        Assert.False((await desk.Queue.EventsAfterAsync(QueueDesk.Agency, last)).Gap);
        Assert.False((await desk.Queue.EventsAfterAsync(QueueDesk.Agency, last - 1)).Gap);
    }

    /// <summary>One page: lists, and the transcripts of the conversations it has open.</summary>
    private sealed class View(DeskSnapshot desk, Dictionary<ConversationKey, (long Seq, SortedDictionary<string, TranscriptLine> Lines)> transcripts)
    {
        private DeskSnapshot _desk = desk;

        public long Seq => _desk.Seq;

        public static async Task<View> TakeAsync(QueueDesk desk, IReadOnlyList<ConversationKey> open)
        {
            var transcripts = new Dictionary<ConversationKey, (long, SortedDictionary<string, TranscriptLine>)>();
            foreach (var key in open) transcripts[key] = await ReadAsync(desk, key);
            return new(await desk.Queue.SnapshotAsync(QueueDesk.Agency), transcripts);
        }

        /// <summary>The newest lines, as many as a page shows, and some pages before.</summary>
        private static async Task<(long Seq, SortedDictionary<string, TranscriptLine> Lines)> ReadAsync(QueueDesk desk, ConversationKey key)
        {
            var lines = new SortedDictionary<string, TranscriptLine>(StringComparer.Ordinal);
            var page = await desk.Queue.TranscriptAsync(QueueDesk.Agency, key, null, 50);
            var seq = page.Seq;
            foreach (var line in page.Lines) lines[line.Key] = line;
            return (seq, lines);
        }

        public async Task CatchUpAsync(QueueDesk desk, HashSet<string> seen, int max)
        {
            DeskCatchUp news;
            do
            {
                news = await desk.Queue.EventsAfterAsync(QueueDesk.Agency, _desk.Seq, max);
                Assert.False(news.Gap);
                foreach (var change in news.Events)
                {
                    Assert.Equal(_desk.Seq + 1, change.Seq);
                    var known = change.Row is null || _desk.Rows.ContainsKey(change.Row.Id);
                    _desk = _desk.After(change);
                    // A handover that has just opened: what was said before it was told to nobody.
                    if (!known && change.Row!.IsOpen) transcripts[change.Row.Conversation] = await ReadAsync(desk, change.Row.Conversation);
                    seen.Add(change.Row is { } row ? row.IsOpen ? "row" : "row-gone" : change.Presence is not null ? "officer" : change.Bot is not null ? "bot" : change.IsNew ? "line" : "line-again");
                    if (change.Line is { } line && transcripts.TryGetValue(line.Conversation, out var open) && change.Seq > open.Seq) open.Lines[line.Key] = line;
                }
            }
            while (news.Events.Count > 0 && _desk.Seq < news.Last);
        }

        public string Written()
        {
            var lines = transcripts.Where(t => _desk.Rows.Values.Any(r => r.Conversation == t.Key)).OrderBy(t => t.Key.Address, StringComparer.Ordinal)
                .SelectMany(t => t.Value.Lines.Values.OrderBy(l => l.Sort, StringComparer.Ordinal).TakeLast(50)).Select(HandoverJson.WriteText);
            return string.Join('\n', (string[])
                [JsonSerializer.Serialize(_desk.Seq), .. _desk.Rows.Values.Select(HandoverJson.WriteText), .. _desk.Officers.Values.Select(HandoverJson.WriteText), HandoverJson.WriteText(_desk.Bot), .. lines]);
        }
    }
}
