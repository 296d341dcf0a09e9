using ChatDesk.Handover;

namespace ChatDesk.Tests.Handover;

/// <summary>A whole day before a holiday: twelve officers, eight hundred chats, breaks, sign-offs, and 16:30.</summary>
public sealed class DayTests
{
    private const int Chats = 800;
    private static readonly TimeSpan Step = TimeSpan.FromSeconds(40);

    /// <summary>Wednesday 9 December 2026, 08:20 in Bangkok; the 10th is Constitution Day.</summary>
    private static readonly DateTimeOffset Begin = new(2026, 12, 9, 1, 20, 0, TimeSpan.Zero);

    [Fact]
    public async Task Nobody_is_over_capacity_nothing_stays_with_who_left_and_every_promise_is_kept_in_the_ledger()
    {
        await using var desk = await QueueDesk.StartAsync(Begin);
        var random = new Random(9);
        var shifts = Enumerable.Range(1, 12).Select(n => new Shift(
            new Officer(QueueDesk.Agency, $"id{n}", $"o{n}"), 2 + (n % 4), Begin.AddMinutes(10 + n), Begin.AddMinutes(60 + (n * 25)), Begin.AddMinutes(420 + (n * 7)))).ToList();
        var asks = Enumerable.Range(1, Chats).Select(n => (Contact: QueueDesk.Key($"U{n}"), At: Begin.AddSeconds(n * 37))).ToList();

        for (var now = Begin; now < Begin.AddHours(8.7); now += Step)
        {
            foreach (var shift in shifts) await shift.LiveAsync(desk, now);
            await Task.WhenAll(asks.Where(a => a.At >= now && a.At < now + Step).Select(a => desk.PostAsync(a.Contact, "คุยกับเจ้าหน้าที่")));
            await desk.SettledAsync();
            foreach (var shift in shifts.Where(s => s.IsHere(now))) await WorkAsync(desk, shift.Officer, random);
            await desk.PassAsync(Step, [.. shifts.Where(s => s.IsHere(now)).Select(s => s.Officer)]);
            await LookAsync(desk);
        }

        var left = (await desk.Queue.SnapshotAsync(QueueDesk.Agency)).Rows.Values.ToList();
        Assert.Equal(Chats, desk.Count("SELECT count(*) FROM handovers"));
        Assert.NotEmpty(left);
        Assert.All(left, r => Assert.Equal(HandoverState.Promised, r.State));
        var promised = desk.Line.All.Where(s => s.Text.Contains("ภายในวัน", StringComparison.Ordinal)).Select(s => s.Conversation).Distinct().ToList();
        Assert.All(left, r => Assert.Contains(r.Conversation, promised));
        Assert.Equal(promised.Count, desk.Count("SELECT count(*) FROM handovers WHERE CAST(body AS TEXT) ->> '$.promisedBy' IS NOT NULL"));

        // The holiday: somebody looks in, and nothing becomes work. The next working day everything does, in order of age.
        await desk.PassAsync(Begin.AddHours(26) - desk.Time.GetUtcNow());
        var early = await desk.ArriveAsync("early");
        await desk.PassAsync(TimeSpan.FromSeconds(1), early);
        Assert.All((await desk.Queue.SnapshotAsync(QueueDesk.Agency)).Rows.Values, r => Assert.Equal(HandoverState.Promised, r.State));
        await desk.PassAsync(Begin.AddHours(48.2) - desk.Time.GetUtcNow());
        var back = await desk.ArriveAsync("back", capacity: Chats);
        await desk.PassAsync(TimeSpan.FromSeconds(1), back);
        Assert.All((await desk.Queue.SnapshotAsync(QueueDesk.Agency)).Rows.Values, r => Assert.Equal(HandoverState.Waiting, r.State));
        var oldest = left.OrderByDescending(r => r.Priority).ThenBy(r => r.WaitingSince ?? r.AskedAt).ThenBy(r => r.Id).Take(5).Select(r => r.Id);
        var taken = new List<long>();
        for (var i = 0; i < Math.Min(5, left.Count); i++) taken.Add((await desk.Queue.ClaimNextAsync(back)).Row!.Id);
        Assert.Equal(oldest, taken);
    }

    private static async Task WorkAsync(QueueDesk desk, Officer officer, Random random)
    {
        var mine = (await desk.Queue.SnapshotAsync(QueueDesk.Agency)).Rows.Values.Where(r => r.OfficerId == officer.Id && r.Closing is null).ToList();
        foreach (var row in mine)
        {
            if (row.WaitingSince is not null) await desk.SpeakAsync(officer, row, "สวัสดีค่ะ");
            else if (random.Next(3) == 0) await desk.Queue.CloseAsync(officer, row.Id, "ทั่วไป", "ตอบแล้ว", survey: false);
        }
        await desk.Queue.ClaimNextAsync(officer);
    }

    private static async Task LookAsync(QueueDesk desk)
    {
        var now = await desk.Queue.SnapshotAsync(QueueDesk.Agency);
        foreach (var officer in now.Officers.Values)
            Assert.True(QueueOrder.Load(now, officer.Card.Officer.Id) <= officer.Card.Capacity, $"{officer.Card.Officer.Name} has more than they can take");
        foreach (var row in now.Rows.Values.Where(r => r.IsHeld)) Assert.True(now.Officers.TryGetValue(row.OfficerId!, out var o) && o.IsHere, $"{row.Id} stays with {row.OfficerName}, who left");
    }

    private sealed class Shift(Officer officer, int capacity, DateTimeOffset begins, DateTimeOffset breaks, DateTimeOffset ends)
    {
        private static readonly TimeSpan Break = TimeSpan.FromMinutes(30);

        public Officer Officer => officer;

        public bool IsHere(DateTimeOffset now) => now >= begins && now < ends && (now < breaks || now >= breaks + Break);

        public async Task LiveAsync(QueueDesk desk, DateTimeOffset now)
        {
            if (now >= begins && now < begins + Step) await desk.Queue.ArriveAsync(new OfficerCard { Officer = officer, Capacity = capacity });
            if (now >= breaks && now < breaks + Step) await desk.Queue.SetPresenceAsync(officer, PresenceState.Away, "พัก");
            if (now >= breaks + Break && now < breaks + Break + Step) await desk.Queue.SetPresenceAsync(officer, PresenceState.Free, null);
            if (now >= ends && now < ends + Step) await desk.Queue.SetPresenceAsync(officer, PresenceState.Off, null);
        }
    }
}
