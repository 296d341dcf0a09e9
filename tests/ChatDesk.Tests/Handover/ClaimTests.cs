using ChatDesk.Handover;

namespace ChatDesk.Tests.Handover;

/// <summary>Who gets a conversation, when many want it.</summary>
public sealed class ClaimTests
{
    [Fact]
    public async Task Of_a_hundred_claims_at_once_one_wins_and_ninety_nine_are_told_who()
    {
        await using var desk = await QueueDesk.StartAsync();
        var officers = await Task.WhenAll(Enumerable.Range(1, 100).Select(n => desk.ArriveAsync($"o{n}")));
        var row = await desk.AskAsync(QueueDesk.Key("U1"));

        var results = await Task.WhenAll(officers.Select(o => Task.Run(() => desk.Queue.ClaimAsync(o, row.Id))));

        var winner = Assert.Single(results, r => r.Status == QueueStatus.Done).Row!;
        Assert.NotNull(winner.FloorSince);
        Assert.Equal(99, results.Count(r => r.Status == QueueStatus.Taken && r.Row!.OfficerName == winner.OfficerName && r.Row.ClaimedAt is not null));
    }

    [Fact]
    public async Task A_thousand_conversations_wanted_by_eight_officers_have_a_thousand_winners()
    {
        await using var desk = await QueueDesk.StartAsync();
        var officers = await Task.WhenAll(Enumerable.Range(1, 8).Select(n => desk.ArriveAsync($"o{n}", capacity: 1_000)));
        var contacts = Enumerable.Range(1, 1_000).Select(n => QueueDesk.Key($"U{n}")).ToList();
        foreach (var some in contacts.Chunk(100)) await Task.WhenAll(some.Select(c => desk.PostAsync(c, "คุยกับเจ้าหน้าที่")));
        await desk.SettledAsync();
        var rows = (await desk.Queue.SnapshotAsync(QueueDesk.Agency)).Rows.Keys.ToList();

        var results = await Task.WhenAll(officers.Select(o => Task.Run(async () =>
        {
            var mine = new List<QueueResult>();
            foreach (var some in rows.Chunk(50)) mine.AddRange(await Task.WhenAll(some.Select(id => desk.Queue.ClaimAsync(o, id))));
            return mine;
        })));

        var all = results.SelectMany(r => r).ToList();
        Assert.Equal(1_000, rows.Count);
        Assert.Equal(1_000, all.Count(r => r.Status == QueueStatus.Done));
        Assert.Equal(7_000, all.Count(r => r.Status == QueueStatus.Taken && r.Row!.OfficerName is not null));
        Assert.Equal(1_000, desk.Count("SELECT count(*) FROM desk_lines WHERE CAST(body AS TEXT) ->> '$.happening' = 'claimed'"));
    }

    [Fact]
    public async Task The_next_one_is_the_most_urgent_then_the_longest_waiting_that_suits()
    {
        await using var desk = await QueueDesk.StartAsync();
        var suda = await desk.ArriveAsync("สุดา", languages: ["th"]);
        var english = QueueDesk.Key("U1");
        await desk.SayAsync(english, "english");
        await desk.SayAsync(english, "talk to an officer");
        var rows = new List<HandoverRow>();
        foreach (var contact in (string[])["U2", "U3", "U4"])
        {
            desk.Time.Advance(TimeSpan.FromSeconds(1));
            rows.Add(await desk.AskAsync(QueueDesk.Key(contact)));
        }
        await desk.Queue.PrioritiseAsync(suda, rows[2].Id, HandoverPriority.High, "สูงอายุ");

        Assert.Equal(rows[2].Id, (await desk.Queue.ClaimNextAsync(suda)).Row!.Id);
        Assert.Equal(rows[0].Id, (await desk.Queue.ClaimNextAsync(suda)).Row!.Id);
        Assert.Equal(rows[1].Id, (await desk.Queue.ClaimNextAsync(suda)).Row!.Id);
        Assert.Equal(QueueStatus.Empty, (await desk.Queue.ClaimNextAsync(suda)).Status);
    }

    [Fact]
    public async Task Capacity_and_presence_bound_what_an_officer_gets_and_a_transfer_needs_a_yes()
    {
        await using var desk = await QueueDesk.StartAsync();
        var suda = await desk.ArriveAsync("สุดา", capacity: 1);
        var noi = await desk.ArriveAsync("น้อย", capacity: 1, unit: "ภาษี");
        var one = await desk.AskAsync(QueueDesk.Key("U1"));
        var two = await desk.AskAsync(QueueDesk.Key("U2"));
        Assert.Equal(QueueStatus.Done, (await desk.Queue.ClaimAsync(suda, one.Id)).Status);
        Assert.Equal(QueueStatus.Full, (await desk.Queue.ClaimAsync(suda, two.Id)).Status);
        Assert.Equal(QueueStatus.Absent, (await desk.Queue.ClaimAsync(new Officer(QueueDesk.Agency, "x", "x"), two.Id)).Status);

        Assert.Equal(QueueStatus.Invalid, (await desk.Queue.TransferAsync(suda, one.Id, new(OfficerId: noi.Id), "")).Status);
        await desk.Queue.TransferAsync(suda, one.Id, new(OfficerId: noi.Id), "เรื่องภาษี");
        Assert.Equal(QueueStatus.Done, (await desk.Queue.RefuseAsync(noi, one.Id, "ไม่ใช่เรื่องของฉัน")).Status);
        Assert.Equal(suda.Id, (await desk.Queue.OpenInAsync(one.Conversation))!.OfficerId);
        await desk.Queue.TransferAsync(suda, one.Id, new(Unit: "ภาษี"), "เรื่องภาษี");
        var accepted = await desk.Queue.AcceptAsync(noi, one.Id);
        Assert.Equal((QueueStatus.Done, noi.Id, "ภาษี"), (accepted.Status, accepted.Row!.OfficerId, accepted.Row.Unit));
        Assert.Equal(QueueStatus.Done, (await desk.Queue.TakeOverAsync(suda, one.Id, "หัวหน้าสั่ง")).Status);
        Assert.Equal(QueueStatus.Absent, (await desk.Queue.TransferAsync(suda, one.Id, new(OfficerId: "nobody"), "ลอง")).Status);
        await desk.SettledAsync();

        Assert.Empty(desk.Line.To(one.Conversation));
    }

    [Fact]
    public async Task Who_goes_away_or_stays_silent_loses_the_conversation_to_the_queue_and_the_last_one_to_a_promise()
    {
        await using var desk = await QueueDesk.StartAsync();
        var suda = await desk.ArriveAsync("สุดา");
        var noi = await desk.ArriveAsync("น้อย");
        var row = await desk.AskAsync(QueueDesk.Key("U1"));
        await desk.Queue.ClaimAsync(suda, row.Id);
        for (var minute = 0; minute < 11; minute++)
        {
            for (var part = 0; part < 3; part++) await desk.PassAsync(TimeSpan.FromSeconds(20), suda, noi);
        }
        var back = (await desk.Queue.OpenInAsync(row.Conversation))!;
        Assert.Equal((HandoverState.Waiting, 1), (back.State, back.Returns));
        Assert.Contains("กลับเข้าคิวแล้ว", desk.Line.To(row.Conversation)[^1].Text, StringComparison.Ordinal);

        await desk.Queue.ClaimAsync(noi, row.Id);
        await desk.PassAsync(TimeSpan.FromSeconds(45));
        await desk.PassAsync(TimeSpan.FromSeconds(11));

        var promised = (await desk.Queue.OpenInAsync(row.Conversation))!;
        Assert.Equal(HandoverState.Promised, promised.State);
        Assert.NotNull(promised.PromisedBy);
        Assert.Contains("ไม่มีเจ้าหน้าที่ประจำแชต", desk.Line.To(row.Conversation)[^1].Text, StringComparison.Ordinal);
        Assert.Equal(3, desk.Line.To(row.Conversation).Count + 1);
    }
}
