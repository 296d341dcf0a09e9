using ChatDesk.Delivery;
using ChatDesk.Dialogs.Engine;
using ChatDesk.Dialogs.Format;
using ChatDesk.Handover;
using ChatDesk.Knowledge;
using ChatDesk.Knowledge.Answers;

namespace ChatDesk.Conversations;

/// <summary>
/// Carries out what the pure dialog engine asks for: records cases, handovers and surveys with the turn, calls connectors and
/// feeds their answers back, sets the silence timer.
/// </summary>
internal sealed class DialogRunner(DialogEffects effects)
{
    /// <summary>A dialog that asks for more results than this in one turn runs in a circle.</summary>
    private const int ResultsInOneTurn = 10;

    /// <summary>How sure it must be that an answer is about nothing of ours before it is not taken.</summary>
    private const double SurelyForeign = .9;

    public ValueTask<StageAnswer> BeginAsync(TurnContext turn, string dialog, string? opening, CancellationToken stopping)
    {
        var book = turn.Content.Dialogs.Current;
        return CompleteAsync(turn, dialog, DialogEngine.Begin(book, dialog, Context(turn), opening), stopping);
    }

    /// <summary>Whether the contact's words answer what the dialog asked. Only looks: the engine is pure, and nothing is carried out.</summary>
    public static bool IsAnswer(TurnContext turn, DialogState state) => Look(turn, state).WasAnswered;

    /// <summary>Whether the contact must be asked what the words were meant for. Only looks.</summary>
    public static bool MayBeAnswer(TurnContext turn, DialogState state) => Look(turn, state).State?.Aside == Aside.Matter;

    private static DialogTurn Look(TurnContext turn, DialogState state) =>
        DialogEngine.Continue(turn.Content.Dialogs.For(state), state, turn.Activity, Context(turn));

    /// <summary>What an officer who takes over must know of the dialog that the conversation stands in; empty outside of one.</summary>
    public static HandoverPacket Known(TurnContext turn)
    {
        if (turn.State.Dialog is not { } state) return HandoverPacket.Empty;
        return DialogEngine.Known(turn.Content.Dialogs.For(state), state, Context(turn)) is var (title, answers) ? new HandoverPacket(title, answers, [], state.Top.Dialog) : HandoverPacket.Empty;
    }

    public ValueTask<StageAnswer> ContinueAsync(TurnContext turn, DialogState state, CancellationToken stopping)
    {
        var book = turn.Content.Dialogs.For(state);
        return CompleteAsync(turn, state.Top.Dialog, DialogEngine.Continue(book, state, turn.Activity, Context(turn)), stopping);
    }

    /// <summary>Begins another dialog on top of the one that stands.</summary>
    public ValueTask<StageAnswer> TurnAsync(TurnContext turn, DialogState state, string dialog, CancellationToken stopping)
    {
        var book = turn.Content.Dialogs.For(state);
        if (book.Find(dialog) is null) return BeginAsync(turn, dialog, opening: null, stopping);
        return CompleteAsync(turn, dialog, DialogEngine.Turn(book, state, dialog, Context(turn)), stopping);
    }

    private async ValueTask<StageAnswer> CompleteAsync(TurnContext turn, string dialog, DialogTurn taken, CancellationToken stopping)
    {
        var answer = new StageAnswer(TurnOutcome.Dialog(dialog));
        OfficerCall? call = null;
        var redactions = new List<(string Secret, string Mask)>();
        for (var results = 0; ; results++)
        {
            answer = Add(turn, answer, taken);
            redactions.AddRange(taken.Redact);
            if (taken is not { Outcome: DialogOutcome.Awaiting, State: { } waiting } || results == ResultsInOneTurn) break;
            StepResult result;
            if (taken.Effects[^1] is HandOver asked)
            {
                call = await effects.CallAsync(turn, asked, dialog);
                result = DialogEffects.Result(turn, call);
            }
            else
            {
                result = await effects.CarryOutAsync(turn, taken.Effects[^1], stopping);
            }
            taken = DialogEngine.Resume(turn.Content.Dialogs.For(waiting), waiting, result, Context(turn));
        }
        var handedOver = taken.Outcome == DialogOutcome.HandedOver;
        if (call is null && handedOver && taken.Effects.OfType<HandOver>().LastOrDefault() is { } leaving) call = await effects.CallAsync(turn, leaving, dialog);
        var done = answer with
        {
            Outcome = handedOver ? TurnOutcome.Handover : answer.Outcome,
            State = (answer.State ?? turn.State) with { Dialog = taken.State, LastArticle = null },
            Timers = taken.State is null ? [.. answer.Timers, new TimerChange(StartTimer.Silence, null)] : answer.Timers,
            KeptText = redactions.Count == 0 ? null : redactions.Aggregate(turn.Activity.Text ?? "", (text, r) => text.Replace(r.Secret, r.Mask, StringComparison.Ordinal)),
        };
        return call is null ? done : HandedOver(turn, done, call, handedOver);
    }

    /// <summary>A dialog that waited for the answer says itself what happens next, and offers a case when nobody can come; one that gave up leaves the saying to the desk.</summary>
    private StageAnswer HandedOver(TurnContext turn, StageAnswer answer, OfficerCall call, bool gaveUp)
    {
        if (!gaveUp) return call.Status == "closed" ? answer : effects.Answer(turn, call with { MayWait = call.MayWait && answer.State?.Dialog is null }, answer);
        return effects.Answer(turn, call, call.Words is { } words ? answer with { Replies = [.. answer.Replies, OfficerCalls.Say(turn, words)] } : answer);
    }

    private static StageAnswer Add(TurnContext turn, StageAnswer answer, DialogTurn taken)
    {
        var state = answer.State ?? turn.State;
        foreach (var effect in taken.Effects.OfType<SwitchLanguage>()) state = state with { ChosenLanguage = effect.Language };
        return answer with
        {
            State = state,
            Replies = [.. answer.Replies, .. taken.Replies],
            Effects = [.. answer.Effects, .. taken.Effects.Select(e => DialogEffects.Record(turn, e)).OfType<RecordedEffect>()],
            Timers = [.. answer.Timers, .. taken.Effects.OfType<StartTimer>().Select(t => new TimerChange(StartTimer.Silence, turn.Now + t.After, StartTimer.Silence))],
        };
    }

    private static DialogContext Context(TurnContext turn) => new()
    {
        Language = turn.Language,
        Now = turn.LocalNow,
        TurnId = turn.Activity.Id,
        IsWorkingDay = turn.Content.Hours.Calendar.IsWorkingDay,
        AskKnowledge = question =>
        {
            var knowledge = turn.Content.Knowledge;
            var found = knowledge.Ask(question, turn.Language);
            if (found.Outcome != KnowledgeOutcome.Answer) return null;
            var said = new AnswerComposer(knowledge).Aside(found, turn.Today);
            return CalendarWords.Of(turn, found, question) is { } day ? [day, .. said] : said;
        },
        Recognise = words => Recognised(turn, words),
    };

    /// <summary>That one may talk to a person stands under every second article.</summary>
    private static bool LeadsToCase(DialogBook book, string? dialog) =>
        dialog is not null && dialog != book.Repair.PersonDialog && book.Find(dialog)?.Steps.Any(s => s is OpenCaseStep) == true;

    private static OtherMatter Recognised(TurnContext turn, string words)
    {
        var knowledge = turn.Content.Knowledge;
        var found = knowledge.Ask(words, turn.Language);
        var dialog = found.Outcome switch
        {
            KnowledgeOutcome.StartDialog => found.Dialog,
            KnowledgeOutcome.Bribery when !BriberyReport.IsProtected(turn.State.Dialog) => BriberyReport.Dialog,
            // An article about a permit is found by the permit's name, which may well be an answer; one that leads to a case is found by what happened.
            KnowledgeOutcome.Answer when LeadsToCase(turn.Content.Dialogs.Current, found.Dialog) => found.Dialog,
            _ => null,
        };
        var isSure = found.Outcome == KnowledgeOutcome.SmallTalk || (found.Outcome == KnowledgeOutcome.Refuse && found.Score >= SurelyForeign);
        return new OtherMatter(dialog, isSure ? new AnswerComposer(knowledge).Remark(found) : []);
    }
}
