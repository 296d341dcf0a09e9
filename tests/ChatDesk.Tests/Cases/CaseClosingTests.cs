using ChatDesk.Cases;
using ChatDesk.Cases.Model;
using Microsoft.Extensions.Time.Testing;

namespace ChatDesk.Tests.Cases;

/// <summary>A case that nobody contests closes by itself, when its 30 days are over and not before.</summary>
public sealed class CaseClosingTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
    private readonly CaseRoom _room;

    public CaseClosingTests() => _room = new CaseRoom(_time);

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task Decided_cases_close_once_after_their_30_days_and_say_that_nobody_contested()
    {
        var closing = new CaseClosing(_room.Database, _room.Book, _time);
        var (answered, asked, early) = (await _room.FileAsync("U1"), await _room.FileAsync("U2"), await _room.FileAsync("U3"));
        await _room.OfficerAsync(answered, CaseDeed.Answer, "ออกใบอนุญาตแล้ว");
        await _room.OfficerAsync(asked, CaseDeed.Ask, "เลขคำขออะไรคะ");
        _time.Advance(TimeSpan.FromDays(10));
        await _room.OfficerAsync(early, CaseDeed.Fix, "ซ่อมแล้ว");

        _time.Advance(TimeSpan.FromDays(20));
        Assert.Equal(0, await closing.SweepAsync("demo", CaseRoom.Stop));
        _time.Advance(TimeSpan.FromSeconds(1));
        Assert.Equal(1, await closing.SweepAsync("demo", CaseRoom.Stop));
        Assert.Equal(0, await closing.SweepAsync("demo", CaseRoom.Stop));

        Assert.Equal([CaseState.Closed, CaseState.WaitingForCitizen, CaseState.Fixed], (await _room.AllAsync()).Select(c => c.State));
        var last = (await _room.EventsAsync(answered.Id))[^1];
        Assert.Equal((CaseDeed.Close, CaseParty.Desk, TellState.Wanted), (last.Deed, last.By, last.Told));
        // No person spoke: closing settles no promise and is told once.
        await _room.Telling.CatchUpAsync(CaseRoom.Stop);
        Assert.Equal(TellState.Told, (await _room.EventsAsync(answered.Id))[^1].Told);
        // Too late is too late: the contact hears so, and the case stays closed.
        await _room.TurnAsync("U1", "c1", CaseRoom.Word("c1", answered.Number, CaseDeed.Contest));
        await _room.Intake.CatchUpAsync(CaseRoom.Stop);
        Assert.Equal(CaseState.Closed, (await _room.FindAsync(answered.Number))!.State);
    }
}
