using System.Collections.Frozen;
using ChatDesk.Cases.Model;
using ChatDesk.Cases.Promises;
using ChatDesk.Delivery;
using Microsoft.Extensions.Time.Testing;

namespace ChatDesk.Tests.Cases;

/// <summary>What was promised is kept in the books: queued at opening, once, in order; and the report adds up.</summary>
public sealed class PromiseTests : IAsyncDisposable
{
    /// <summary>A Friday evening, after closing.</summary>
    private static readonly DateTimeOffset Friday = new(2026, 11, 20, 18, 0, 0, TimeSpan.FromHours(7));

    private readonly FakeTimeProvider _time = new(Friday);
    private readonly CaseRoom _room;

    public PromiseTests() => _room = new CaseRoom(_time);

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task Five_hundred_over_a_weekend_two_restarts_and_a_clock_jump_are_500_in_the_queue_at_opening_once_each_in_order()
    {
        for (var n = 0; n < 500; n++)
        {
            _time.Advance(TimeSpan.FromMinutes(5));
            await _room.TurnAsync($"U{n}", $"e{n}", Wish(n));
            if (n % 50 != 49) continue;
            await WorkAsync();
            Assert.Empty(await Book.QueueAsync(CaseRoom.Agency, CaseRoom.Stop));
            if (n is 149 or 349) await _room.RestartAsync();
        }
        // The clock jumps over the opening of Monday.
        _time.SetUtcNow(new DateTimeOffset(2026, 11, 23, 8, 31, 0, TimeSpan.FromHours(7)));
        await Task.WhenAll(Book.SweepAsync(CaseRoom.Agency, CaseRoom.Stop), Book.SweepAsync(CaseRoom.Agency, CaseRoom.Stop));
        await WorkAsync();

        var queue = await Book.QueueAsync(CaseRoom.Agency, CaseRoom.Stop);
        Assert.Equal(Enumerable.Range(0, 500).Select(n => $"U{n}"), queue.Select(p => p.Address));

        for (var n = 0; n < 300; n++) await _room.TurnAsync($"U{n}", $"a{n}", new RecordedEffect(PromiseEffects.Answered));
        await WorkAsync();
        _time.Advance(TimeSpan.FromHours(2));
        await _room.TurnAsync("U300", "a300", new RecordedEffect(PromiseEffects.Answered));
        await WorkAsync();
        var report = await Book.ReportAsync(CaseRoom.Agency, new DateOnly(2026, 11, 1), new DateOnly(2026, 11, 30), CaseRoom.Stop);
        Assert.Equal((500, 300, 200, 0, 0), (report.Sum(l => l.Made), report.Sum(l => l.Kept), report.Sum(l => l.Broken), report.Sum(l => l.Open), report.Sum(l => l.Void)));
        Assert.All(report, line => Assert.Equal(line.Made, line.Kept + line.Broken + line.Open + line.Void));
        Assert.Equal(199, (await Book.QueueAsync(CaseRoom.Agency, CaseRoom.Stop)).Count);
    }

    [Fact]
    public async Task A_case_keeps_its_promise_when_the_contact_hears_in_time_and_not_by_a_note()
    {
        var (kept, merged) = (await PromisedAsync("k:0"), await PromisedAsync("m:0"));
        await _room.OfficerAsync(kept, CaseDeed.Note, "ดูแล้ว");
        Assert.All((await AllAsync()), p => Assert.Equal(PromiseState.Open, p.State));

        await _room.OfficerAsync(kept, CaseDeed.Answer, "ตอบ");
        await _room.Book.MergeAsync(CaseRoom.Agency, merged.Id, (await _room.FileAsync()).Id, new ChatDesk.Cases.CaseOrder(CaseDeed.Merge, CaseParty.Officer), CaseRoom.Stop);

        Assert.Equal([PromiseState.Kept, PromiseState.Void], (await AllAsync()).Select(p => p.State));
        Assert.Equal(PromiseReason.Merged, (await AllAsync())[1].Reason);
    }

    [Fact]
    public async Task A_changed_calendar_leaves_what_was_promised_and_shows_what_it_would_be_now()
    {
        await PromisedAsync("k:0");
        var promised = Assert.Single(await AllAsync());
        var days = new Dictionary<DateOnly, ChatDesk.Hours.Calendars.DayPlan>(_room.Basis.Hours.Calendar.Plan.Days);
        var closed = _room.Basis.Hours.Calendar.Plan.Days[new DateOnly(2026, 12, 10)];
        for (var day = new DateOnly(2026, 11, 23); day <= new DateOnly(2026, 11, 27); day = day.AddDays(1)) days[day] = closed;
        var plan = _room.Basis.Hours.Calendar.Plan with { Version = "v2", Days = days.ToFrozenDictionary() };

        _room.Basis = _room.Basis with { Hours = _room.Basis.Hours with { Calendar = new ChatDesk.Hours.Calendars.BusinessCalendar(plan) } };

        var moved = Assert.Single(await Book.MovedAsync(CaseRoom.Agency, CaseRoom.Stop));
        Assert.Equal(promised.DueAt, moved.Promise.DueAt);
        Assert.True(moved.WouldBe > promised.DueAt);
        Assert.Equal(promised.Calendar, (await AllAsync())[0].Calendar);
    }

    private PromiseBook Book => new(_room.Database, _room.BasisOf, _time);

    private async Task WorkAsync()
    {
        await _room.Intake.CatchUpAsync(CaseRoom.Stop);
        await Book.SweepAsync(CaseRoom.Agency, CaseRoom.Stop);
    }

    private RecordedEffect Wish(int n)
    {
        var due = _room.Basis.Hours.PromiseFrom(_time.GetUtcNow()).ToString("yyyy-MM-dd'T'HH:mm:sszzz", System.Globalization.CultureInfo.InvariantCulture);
        return new(PromiseEffects.Wish, $$"""{"key":"w{{n}}","topic":"เรื่อง {{n % 3}}","language":"th","promise":"{{due}}","calendar":"{{_room.Basis.Hours.Calendar.Version}}"}""");
    }

    private async Task<Case> PromisedAsync(string key)
    {
        var wish = ChatDesk.Cases.Intake.CaseEffects.ReadWish(CaseRoom.Wish(key).Data) with
        {
            PromisedBy = _room.Basis.Hours.AnswerBy(_time.GetUtcNow(), "complaint"),
            CalendarVersion = _room.Basis.Hours.Calendar.Version,
        };
        await _room.TurnAsync("U1", $"e-{key}", new RecordedEffect(ChatDesk.Cases.Intake.CaseEffects.Open, ChatDesk.Cases.Intake.CaseEffects.Write(wish)));
        await _room.Intake.CatchUpAsync(CaseRoom.Stop);
        return (await _room.FindAsync(wish.Number))!;
    }

    private async Task<List<Promise>> AllAsync()
    {
        await using var context = _room.Database.Open(CaseRoom.Agency);
        return [.. context.Set<Promise>().OrderBy(p => p.Id)];
    }
}
