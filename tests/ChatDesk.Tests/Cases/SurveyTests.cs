using ChatDesk.Cases.Model;
using ChatDesk.Cases.Surveys;
using ChatDesk.Delivery;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Time.Testing;

namespace ChatDesk.Tests.Cases;

/// <summary>One survey in seven days: of the case decided in them, else of the chat; people and bot apart.</summary>
public sealed class SurveyTests : IAsyncDisposable
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 3, 0, 0, TimeSpan.Zero));
    private readonly CaseRoom _room;

    public SurveyTests() => _room = new CaseRoom(_time);

    public ValueTask DisposeAsync() => _room.DisposeAsync();

    [Fact]
    public async Task A_case_is_rated_once_within_seven_days_and_a_chat_where_no_case_was()
    {
        var (rated, late) = (await _room.FileAsync("U1"), await _room.FileAsync("U2"));
        foreach (var row in (Case[])[rated, late]) await _room.OfficerAsync(row, CaseDeed.Fix, "ซ่อมแล้ว");

        _time.Advance(TimeSpan.FromDays(6));
        await AnswerAsync("U1", "s1", 5);
        await AnswerAsync("U1", "s1", 1);
        await AnswerAsync("U1", "s2", 4);
        await AnswerAsync("U1", "s3", 3);
        _time.Advance(TimeSpan.FromDays(2));
        await AnswerAsync("U2", "s4", 2);
        await AnswerAsync("U3", "s5", 9);

        // Once: further answers of that person in those days, and a rating that is none, change nothing; eight days after its decision a case is not rated any more.
        Assert.Equal([(rated.Id, 5, true), (null, 2, false)], (await AllAsync()).Select(s => (s.CaseId, s.Rating, s.Person)));
        var results = await new SurveyBook(_room.Database).ResultsAsync("demo", _time.GetUtcNow().AddDays(-30), CaseRoom.Stop);
        Assert.Equal([(true, 1, 5.0), (false, 1, 2.0)], results.Select(r => (r.Person, r.Answers, r.Rating)));
    }

    private async Task AnswerAsync(string contact, string key, int rating)
    {
        await _room.TurnAsync(contact, $"e-{key}-{rating}", new RecordedEffect(SurveyBook.Effect, $$"""{"key":"{{key}}","rating":"{{rating}}","solved":"yes"}"""));
        await _room.Intake.CatchUpAsync(CaseRoom.Stop);
    }

    private async Task<List<Survey>> AllAsync()
    {
        await using var context = _room.Database.Open("demo");
        return await context.Set<Survey>().AsNoTracking().OrderBy(s => s.Id).ToListAsync(CaseRoom.Stop);
    }
}
