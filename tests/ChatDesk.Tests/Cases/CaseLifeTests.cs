using System.Text.Json;
using ChatDesk.Cases;
using ChatDesk.Cases.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace ChatDesk.Tests.Cases;

/// <summary>What may be done to a case, what it needs, and that its row is what its events add up to.</summary>
public sealed class CaseLifeTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
    private readonly CaseRoom _room;

    public CaseLifeTests() => _room = new CaseRoom(_time);

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task A_case_has_everything_the_dialog_asked_and_the_rest_under_its_own_name()
    {
        var row = await _room.FileAsync(fields: [("what", "เก็บเงินเกิน"), ("where", "13.75, 100.5"), ("photo", "m1 m2"), ("anonymous", "no"), ("contact", "0812345678"), ("shop", "ร้านเอ")]);

        Assert.Equal((CaseKind.Complaint, CaseState.Received, "เก็บเงินเกิน", 13.75, 100.5), (row.Kind, row.State, row.What, row.Latitude, row.Longitude));
        Assert.Equal(["m1", "m2"], JsonSerializer.Deserialize<string[]>(row.Files)!);
        Assert.Equal("ร้านเอ", JsonSerializer.Deserialize<Dictionary<string, string>>(row.Fields)!["shop"]);
        Assert.Equal("0812345678", row.Contact);
        Assert.False(row.Protected);
    }

    [Theory]
    [InlineData("complaint", "conduct", "Conduct", true)]
    [InlineData("inspection", "officer", "Conduct", true)]
    [InlineData("inspection", "nuisance", "Inspection", false)]
    [InlineData("complaint", "delay", "Delay", false)]
    [InlineData("delay", null, "Delay", false)]
    [InlineData("question", null, "Question", false)]
    public async Task What_is_said_of_officers_is_protected_by_whatever_dialog_it_came(string type, string? category, string kind, bool isProtected)
    {
        var row = await _room.FileAsync(type: type, category: category);

        Assert.Equal((kind, isProtected), (row.Kind.ToString(), row.Protected));
    }

    [Fact]
    public async Task It_cannot_be_closed_on_paper()
    {
        var row = await _room.FileAsync();

        Assert.Equal(CaseRefusalReason.EvidenceMissing, (await RefusedAsync(row, CaseDeed.Fix)).Reason);
        Assert.Equal(422, (await RefusedAsync(row, CaseDeed.Fix, "  ")).Status);
        Assert.Equal(CaseRefusalReason.WordsMissing, (await RefusedAsync(row, CaseDeed.Reject)).Reason);
        Assert.Equal(CaseRefusalReason.NotNow, (await RefusedAsync(row, CaseDeed.Close, "ปิด")).Reason);
        Assert.Equal(CaseState.Received, (await _room.FindAsync(row.Number))!.State);

        var done = await _room.OfficerAsync(row, CaseDeed.Fix, null, "photo.jpg");
        Assert.Equal(CaseState.Fixed, done.State);
    }

    [Fact]
    public async Task A_decision_can_be_contested_for_30_days_and_every_reopening_is_counted()
    {
        var row = await _room.FileAsync();
        await _room.OfficerAsync(row, CaseDeed.Reject, "นอกอำนาจ");
        _time.Advance(TimeSpan.FromDays(29));
        await _room.TurnAsync("U1", "c1", CaseRoom.Word("c1", row.Number, CaseDeed.Contest));
        await _room.Intake.CatchUpAsync(CaseRoom.Stop);
        var reopened = (await _room.FindAsync(row.Number))!;
        Assert.Equal((CaseState.Reopened, 1, null), (reopened.State, reopened.Reopened, reopened.ContestUntil));

        await _room.OfficerAsync(row, CaseDeed.Fix, "ซ่อมแล้ว");
        _time.Advance(TimeSpan.FromDays(31));
        await _room.TurnAsync("U1", "c2", CaseRoom.Word("c2", row.Number, CaseDeed.Contest));
        await _room.Intake.CatchUpAsync(CaseRoom.Stop);
        Assert.Equal((CaseState.Fixed, 1), ((await _room.FindAsync(row.Number))!.State, (await _room.FindAsync(row.Number))!.Reopened));
    }

    [Fact]
    public async Task Somebody_elses_case_cannot_be_spoken_about_with_its_number_alone()
    {
        var row = await _room.FileAsync("U1");
        await _room.OfficerAsync(row, CaseDeed.Answer, "ตอบ");

        await _room.TurnAsync("U2", "x1", CaseRoom.Word("x1", row.Number, CaseDeed.Contest));
        await _room.Intake.CatchUpAsync(CaseRoom.Stop);

        Assert.Equal(CaseState.Answered, (await _room.FindAsync(row.Number))!.State);
    }

    [Fact]
    public async Task An_answer_to_a_question_that_is_over_is_kept_and_changes_no_state()
    {
        var row = await _room.FileAsync();
        await _room.OfficerAsync(row, CaseDeed.Ask, "เลขที่ร้าน?");
        await _room.OfficerAsync(row, CaseDeed.Answer, "พบแล้ว");

        await _room.TurnAsync("U1", "r1", CaseRoom.Word("r1", row.Number, CaseDeed.Reply, "12/3"));
        await _room.Intake.CatchUpAsync(CaseRoom.Stop);

        Assert.Equal(CaseState.Answered, (await _room.FindAsync(row.Number))!.State);
        Assert.Contains("12/3", (await _room.EventsAsync(row.Id))[^1].Detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_looked_before_somebody_else_changed_it_is_told_so()
    {
        var row = await _room.FileAsync();
        await _room.OfficerAsync(row, CaseDeed.Assess);

        var late = new CaseOrder(CaseDeed.Note, CaseParty.Officer) { Seen = 1, Detail = new CaseDetail { Text = "x" } };
        var refusal = await Assert.ThrowsAsync<CaseRefusal>(() => _room.Book.DoAsync(CaseRoom.Agency, row.Id, late, CaseRoom.Stop));
        Assert.Equal(409, refusal.Status);
    }

    [Fact]
    public async Task Eight_officers_at_once_on_one_case_leave_no_gap_and_one_outcome()
    {
        var row = await _room.FileAsync();

        var tries = await Task.WhenAll(Enumerable.Range(0, 8).Select(n => Task.Run(async () =>
        {
            try
            {
                await _room.OfficerAsync(row, CaseDeed.Reject, $"เหตุผล {n}");
                return true;
            }
            catch (CaseRefusal)
            {
                return false;
            }
        })));

        Assert.Single(tries, won => won);
        Assert.Equal([1, 2], (await _room.EventsAsync(row.Id)).Select(e => e.Number));
    }

    [Fact]
    public async Task Merged_cases_go_on_in_one_and_both_say_so()
    {
        var (one, other) = (await _room.FileAsync(), await _room.FileAsync());

        await _room.Book.MergeAsync(CaseRoom.Agency, one.Id, other.Id, new CaseOrder(CaseDeed.Merge, CaseParty.Officer), CaseRoom.Stop);

        var merged = (await _room.FindAsync(one.Number))!;
        Assert.Equal((CaseState.Closed, other.Id), (merged.State, merged.MergedInto));
        Assert.Equal(CaseDeed.Link, (await _room.EventsAsync(other.Id))[^1].Deed);
        await Assert.ThrowsAsync<CaseRefusal>(() => _room.Book.MergeAsync(CaseRoom.Agency, other.Id, one.Id, new CaseOrder(CaseDeed.Merge, CaseParty.Officer), CaseRoom.Stop));
    }

    [Fact]
    public async Task What_an_event_says_cannot_be_changed_in_the_database()
    {
        var row = await _room.FileAsync();
        await using var context = _room.Database.OpenForAll();

        await Assert.ThrowsAnyAsync<System.Data.Common.DbException>(() =>
            context.Database.ExecuteSqlAsync($"UPDATE case_events SET detail = '{{}}' WHERE case_id = {row.Id}", CaseRoom.Stop));
    }

    [Fact]
    public async Task The_row_is_what_its_events_add_up_to_whatever_was_done()
    {
        var random = new Random(20261123);
        for (var history = 0; history < 12; history++)
        {
            var row = await _room.FileAsync();
            for (var step = 0; step < 14; step++)
            {
                _time.Advance(TimeSpan.FromMilliseconds(random.NextDouble() * 200_000_000));
                var words = random.Next(4) > 0;
                var order = new CaseOrder(random.GetItems(Enum.GetValues<CaseDeed>(), 1)[0], random.GetItems(Enum.GetValues<CaseParty>(), 1)[0]) { Detail = new CaseDetail { Text = words ? "คำ" : null, Unit = words ? "ฝ่ายโยธา" : null } };
                try
                {
                    await _room.Book.DoAsync(CaseRoom.Agency, row.Id, order, CaseRoom.Stop);
                }
                catch (CaseRefusal)
                {
                    // Refused: nothing may have changed, which the comparison below sees.
                }
            }
            await SameAsRebuiltAsync(_room, row.Id);
        }
    }

    internal static async Task SameAsRebuiltAsync(CaseRoom room, long id)
    {
        var kept = (await room.AllAsync()).Single(c => c.Id == id);
        var events = await room.EventsAsync(id);
        Assert.Equal(Enumerable.Range(1, events.Count), events.Select(e => e.Number));
        Assert.Equal(JsonSerializer.Serialize(kept), JsonSerializer.Serialize(CaseProjection.Rebuild(id, kept.Key, events, room.Basis)));
    }

    private Task<CaseRefusal> RefusedAsync(Case row, CaseDeed deed, string? text = null) =>
        Assert.ThrowsAsync<CaseRefusal>(() => _room.OfficerAsync(row, deed, text));
}
