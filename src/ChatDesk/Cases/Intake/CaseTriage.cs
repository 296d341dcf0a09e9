using ChatDesk.Cases.Model;
using ChatDesk.Data;
using ChatDesk.Triage;
using Microsoft.EntityFrameworkCore;

namespace ChatDesk.Cases.Intake;

/// <summary>Hides identity and phone numbers in a text that may leave the machine.</summary>
internal delegate string CaseMask(string text);

/// <summary>
/// Reads new cases, each once, so that the endangered and the angry come first and the list says why. It comes after the
/// case is there: nothing waits for it, and without it a case is only less well sorted.
/// </summary>
internal sealed class CaseTriage(DeskDatabase database, CaseBook book, ITextAnalytics analytics, CaseMask mask)
{
    private const string Reader = "triage";
    private const int Batch = 20;
    private const int ReasonsKept = 3;

    /// <summary>From this weight on (anger alone has it) a case is looked at before the others.</summary>
    private const int HighFrom = 20;

    public async Task CatchUpAsync(CancellationToken stopping)
    {
        await using var context = database.OpenForAll();
        var after = await context.Set<CasePosition>().Where(p => p.Name == Reader).Select(p => (long?)p.Position).FirstOrDefaultAsync(stopping) ?? 0;
        foreach (var row in await context.Set<Case>().AsNoTracking().Where(c => c.Id > after).OrderBy(c => c.Id).Take(Batch).ToListAsync(stopping))
        {
            var reading = await analytics.ReadAsync(row.Agency, mask($"{row.Summary}\n{row.What}\n{row.Wish}"), stopping);
            await book.DoAsync(row.Agency, row.Id, new CaseOrder(CaseDeed.Triage, CaseParty.Desk) { Key = $"triage:{row.Key}", Detail = Detail(row, reading) }, stopping);
            await context.Database.ExecuteSqlAsync($"INSERT INTO case_positions (name, position) VALUES ({Reader}, {row.Id}) ON CONFLICT (name) DO UPDATE SET position = excluded.position", stopping);
        }
    }

    /// <summary>Never lowers what the contact named as danger.</summary>
    private static CaseDetail Detail(Case row, TextReading reading)
    {
        var urgency = reading.Urgency == Urgency.Danger ? CaseUrgency.Danger : reading.QueueWeight >= HighFrom ? CaseUrgency.High : CaseUrgency.Normal;
        var reasons = reading.Reasons.Take(ReasonsKept).Select(r => r.Evidence is null ? r.Code : $"{r.Code}: {r.Evidence}");
        return new CaseDetail
        {
            Urgency = urgency > row.Urgency ? urgency : null,
            Why = string.Join("; ", reasons),
            Sentiment = reading.Sentiment switch { Sentiment.Negative => -reading.SentimentScore, Sentiment.Positive => reading.SentimentScore, _ => 0 },
        };
    }
}
