using System.Text.Json;
using ChatDesk.Cases.Model;
using ChatDesk.Cases.Promises;
using ChatDesk.Cases.Rules;
using ChatDesk.Cases.Surveys;
using ChatDesk.Data;
using ChatDesk.Delivery;
using Microsoft.EntityFrameworkCore;

namespace ChatDesk.Cases.Intake;

/// <summary>
/// Takes what turns recorded in the ledger into cases, each effect once: the cases and the place reached in the ledger are
/// one transaction, so a crash repeats all of it or nothing. An effect that cannot be read is set aside with its reason.
/// </summary>
internal sealed class CaseIntake(ILedger ledger, DeskDatabase database, CaseBasisOf basisOf, TimeProvider time, ILogger<CaseIntake> log)
{
    private const string Reader = "effects";
    private const int Batch = 100;

    /// <summary>Takes everything there is.</summary>
    /// <returns>How many effects were passed.</returns>
    public async Task<int> CatchUpAsync(CancellationToken stopping)
    {
        var passed = 0;
        while (await StepAsync(stopping) is > 0 and var count) passed += count;
        return passed;
    }

    private async Task<int> StepAsync(CancellationToken stopping)
    {
        await using var context = database.OpenForAll();
        var after = await context.Set<CasePosition>().Where(p => p.Name == Reader).Select(p => (long?)p.Position).FirstOrDefaultAsync(stopping) ?? 0;
        var effects = await ledger.ReadEffectsAsync(after, Batch);
        if (effects.Count == 0) return 0;

        await using var transaction = await context.Database.BeginTransactionAsync(stopping);
        // Whoever moves the place first has these effects; a second worker finds it moved and takes nothing.
        if (!await AdvanceAsync(context, after, effects[^1].Id, stopping)) return 0;
        foreach (var effect in effects) await TakeAsync(context, effect, stopping);
        FailPoints.Hit("intake-before-commit");
        await transaction.CommitAsync(stopping);
        FailPoints.Hit("intake-after-commit");
        return effects.Count;
    }

    private static async Task<bool> AdvanceAsync(DeskContext context, long from, long to, CancellationToken stopping)
    {
        await context.Database.ExecuteSqlAsync($"INSERT INTO case_positions (name, position) VALUES ({Reader}, 0) ON CONFLICT (name) DO NOTHING", stopping);
        return await context.Set<CasePosition>().Where(p => p.Name == Reader && p.Position == from).ExecuteUpdateAsync(p => p.SetProperty(x => x.Position, to), stopping) == 1;
    }

    private async Task TakeAsync(DeskContext context, LedgerEffect effect, CancellationToken stopping)
    {
        try
        {
            if (effect.Kind == CaseEffects.Open) await OpenAsync(context, effect, stopping);
            else if (effect.Kind == CaseEffects.Word) await HearAsync(context, effect, stopping);
            else if (effect.Kind == SurveyBook.Effect) await SurveyBook.TakeAsync(context, effect, basisOf(effect.Conversation.Agency).Rules.SurveyDays, stopping);
            else await PromiseEffects.TakeAsync(context, effect, stopping);
        }
        catch (CaseRefusal refusal) when (refusal.Reason is CaseRefusalReason.TooLate or CaseRefusalReason.EvidenceMissing)
        {
            log.LogInformation("Effect {Effect} of kind {Kind} changes nothing any more: {Reason}", effect.Id, effect.Kind, refusal.Reason);
        }
        catch (Exception fault) when (fault is JsonException or CaseRefusal or KeyNotFoundException)
        {
            log.LogError("Effect {Effect} of kind {Kind} in {Conversation} could not be carried out: {Fault}", effect.Id, effect.Kind, effect.Conversation, fault.Message);
            context.Add(new CaseFault { Effect = effect.Id, Kind = effect.Kind, Reason = fault.Message, At = time.GetUtcNow() });
            await context.SaveChangesAsync(stopping);
        }
    }

    private async Task OpenAsync(DeskContext context, LedgerEffect effect, CancellationToken stopping)
    {
        var wish = CaseEffects.ReadWish(effect.Data);
        var agency = wish.Agency ?? effect.Conversation.Agency;
        var opening = wish.Agency is null ? CaseFields.Opening(wish, effect.Conversation) : CaseFields.Opening(wish, null) with { ToldIn = effect.Conversation };
        await CaseWriting.OpenAsync(context, basisOf(agency), agency, wish.Key, opening, effect.At, stopping);
    }

    /// <summary>Only a case of the same conversation, or of one bound to it, can be spoken about: the number alone opens nothing.</summary>
    private async Task HearAsync(DeskContext context, LedgerEffect effect, CancellationToken stopping)
    {
        var word = CaseEffects.ReadWord(effect.Data);
        var row = await OwnCases.Of(context, effect.Conversation).FirstOrDefaultAsync(c => c.Number == word.Number, stopping)
            ?? throw new CaseRefusal(CaseRefusalReason.NotFound);
        var order = new CaseOrder(word.Deed, CaseParty.Contact) { Key = word.Key, Detail = new CaseDetail { Text = word.Text, Files = word.Files } };
        // What came too late to move the case (it was decided meanwhile, the tap came twice) is kept if it says something.
        if (CaseMoves.Find(row.State, word.Deed, CaseParty.Contact) is null) order = order with { Deed = CaseDeed.Add };
        await CaseWriting.DoAsync(context, basisOf(row.Agency), row, order, effect.At, stopping);
    }
}
