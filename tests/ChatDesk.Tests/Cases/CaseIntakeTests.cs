using ChatDesk.Cases;
using ChatDesk.Cases.Intake;
using ChatDesk.Cases.Model;
using ChatDesk.Delivery;
using ChatDesk.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Time.Testing;

namespace ChatDesk.Tests.Cases;

/// <summary>From the ledger into cases and back, each thing once.</summary>
public sealed class CaseIntakeTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
    private readonly CaseRoom _room;

    public CaseIntakeTests() => _room = new CaseRoom(_time);

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task Two_workers_at_once_open_each_case_once()
    {
        for (var n = 0; n < 40; n++) await _room.TurnAsync($"U{n % 7}", $"e{n}", CaseRoom.Wish($"run{n}:0"));
        var second = new CaseIntake(_room.Ledger, _room.Database, _room.BasisOf, _time, NullLogger<CaseIntake>.Instance);

        await Task.WhenAll(Task.Run(() => _room.Intake.CatchUpAsync(CaseRoom.Stop)), Task.Run(() => second.CatchUpAsync(CaseRoom.Stop)));
        await _room.Intake.CatchUpAsync(CaseRoom.Stop);

        Assert.Equal(40, (await _room.AllAsync()).Count);
    }

    [Fact]
    public async Task What_cannot_be_read_is_set_aside_with_its_reason_and_holds_nothing_up()
    {
        await _room.TurnAsync("U1", "bad", new RecordedEffect(CaseEffects.Open, "{\"key\":1}"), CaseRoom.Wish("good:0"));

        await _room.Intake.CatchUpAsync(CaseRoom.Stop);

        Assert.Single(await _room.AllAsync());
        await using var context = _room.Database.OpenForAll();
        Assert.Equal(CaseEffects.Open, (await context.Set<CaseFault>().SingleAsync(CaseRoom.Stop)).Kind);
    }

    [Fact]
    public async Task What_officers_do_comes_into_the_conversation_once_however_often_it_is_brought()
    {
        var row = await _room.FileAsync("U1");
        await _room.OfficerAsync(row, CaseDeed.Assess);
        await _room.OfficerAsync(row, CaseDeed.Ask, "เลขที่ร้าน?");
        await _room.OfficerAsync(row, CaseDeed.Answer, "ดำเนินการแล้ว");
        await _room.Telling.CatchUpAsync(CaseRoom.Stop);
        await using (var context = _room.Database.OpenForAll())
        {
            await context.Database.ExecuteSqlAsync($"UPDATE case_events SET told = 1 WHERE told = 2", CaseRoom.Stop);
        }

        await _room.RestartAsync();
        await _room.Telling.CatchUpAsync(CaseRoom.Stop);

        Assert.Equal(2, LedgerFile.Count(_room.LedgerPath, "SELECT count(*) FROM inbox WHERE event_id LIKE 'case:%'"));
        Assert.All(await _room.EventsAsync(row.Id), e => Assert.NotEqual(TellState.Wanted, e.Told));
    }
}
