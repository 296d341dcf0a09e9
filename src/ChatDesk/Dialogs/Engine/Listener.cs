using ChatDesk.Activities;
using ChatDesk.Dialogs.Answers;
using ChatDesk.Dialogs.Format;

namespace ChatDesk.Dialogs.Engine;

/// <summary>
/// Decides what a contact's input means in the middle of a dialog. The order is the rule: a tap, an exact choice, a command, a
/// correction, another dialog, an answer, a question to the articles, and only then "I did not understand".
/// </summary>
internal sealed partial class Listener(Walk walk)
{
    /// <summary>Wrong answers to one question before a person is offered.</summary>
    private const int Patience = 3;

    private const int LongestYesNo = 12;

    /// <summary>A shorter message holds one answer at most.</summary>
    private const int ShortestSentence = 10;

    /// <summary>Letters of the shortest statement that may be about an article.</summary>
    private const int ShortestSubject = 8;

    private readonly Commands _commands = new(walk);

    /// <summary>How many there had been before this turn.</summary>
    private readonly int _digressions = walk.Digressions;

    /// <summary>When the contact was heard before this turn.</summary>
    private readonly long _heardAt = walk.HeardAt;

    private Repair Repair => walk.Book.Repair;

    public void Take(InboundActivity input)
    {
        var silence = walk.Context.Now.ToUnixTimeSeconds() - walk.HeardAt;
        if (input.Kind == InboundKind.Timer)
        {
            Silent(silence);
            return;
        }
        if (!Tells(input.Kind))
            return;
        walk.HeardAt = walk.Context.Now.ToUnixTimeSeconds();
        if (walk.IsAwaiting)
        {
            // The result has not come yet (or was lost with the process): order it again under the same key.
            walk.Drive();
            return;
        }
        walk.Digressions = 0;
        var heard = walk.Book.Vocabulary.Hear(input);
        Hide(heard);
        if (Tap.Of(input) is { } tap)
            Tapped(tap, heard);
        else if (walk.Aside != Aside.None)
            Answered(heard);
        else if (silence >= Repair.AskAfter.TotalSeconds && !Repair.Commands.ContainsKey(heard.Bare))
            AskWhetherToGoOn();
        else
            Hear(heard);
    }

    /// <summary>A button or the desk's words ask for another dialog while this one stands: it comes first, then this one goes on.</summary>
    /// <returns>False when it cannot stand on top of this one.</returns>
    public bool Turned(string dialog)
    {
        if (walk.IsAwaiting || walk.Runs(dialog) || walk.Depth >= Walk.MaxFrames || walk.Book.Find(dialog) is not { } other)
            return false;
        walk.HeardAt = walk.Context.Now.ToUnixTimeSeconds();
        if (dialog == Repair.PersonDialog)
            _commands.Tapped("person", Aside.None);
        else
            walk.Interrupt(other);
        return true;
    }

    /// <summary>True for what a contact says to the desk. An edited or withdrawn message answers no question.</summary>
    private static bool Tells(InboundKind kind) =>
        kind is InboundKind.Text or InboundKind.Choice or InboundKind.Location or InboundKind.Sticker
            or InboundKind.Image or InboundKind.Video or InboundKind.Audio or InboundKind.File;

    private void Silent(long silence)
    {
        // A timer set before the contact wrote again says nothing. Awaited results have their own time-out.
        if (silence < (long)Repair.DropAfter.TotalSeconds || walk.IsAwaiting)
            return;
        walk.Reply("dropped");
        walk.Finish(DialogOutcome.Dropped);
    }

    private void AskWhetherToGoOn()
    {
        walk.Aside = Aside.GoOn;
        walk.Reply("still_there", choices: [Speech.Button(walk, "go_on"), Speech.Button(walk, "drop")]);
    }

    // ---- taps ----

    private void Tapped(Tap tap, Heard heard)
    {
        var asked = walk.Aside;
        walk.Aside = Aside.None;
        if (asked == Aside.Matter && tap.Command is "other_matter" or "my_answer")
            Decided(tap.Command == "other_matter");
        else if (tap.Command is { } command)
            _commands.Tapped(command, asked);
        else if (tap.Dialog == walk.Top.Dialog.Name && tap.Step == walk.Top.Step && Answer(tap.Value))
            Accepted(heard, tolerant: false);
        else if (tap.Dialog == walk.Top.Dialog.Name && walk.Top.Dialog.Find(tap.Step) is AskStep earlier && walk.IsSettled(earlier.Slot)
            && AnswerReader.IsValueOf(earlier.Slot, tap.Value))
            new Correction(walk).Apply(earlier.Slot, new Answer(tap.Value));
        else
            OldButton();
    }

    private void OldButton()
    {
        walk.Reply("old_button");
        Again();
    }

    /// <returns>False when the present question has no such answer.</returns>
    private bool Answer(string value)
    {
        if (Question is not { } slot || !AnswerReader.IsValueOf(slot, value))
            return false;
        walk.Store(slot.Name, value);
        return true;
    }

    private Slot? Question => walk.Current switch
    {
        AskStep ask => ask.Slot,
        ChooseStep menu => menu.Picks,
        _ => null,
    };

    // ---- the engine's own questions ----

    private void Answered(Heard heard)
    {
        var asked = walk.Aside;
        walk.Aside = Aside.None;
        if (asked == Aside.Matter)
            Decide(heard);
        else if (asked == Aside.Which && Correction.Named(walk, heard) is { } slot)
            new Correction(walk).AskAnew(slot);
        else if (asked == Aside.GoOn && _digressions > 1)
            AnsweredByTheWay(heard);
        else if (asked != Aside.Which && SaysYes(heard, asked))
            _commands.Tapped(asked == Aside.GoOn ? "go_on" : "person", asked);
        else if (asked != Aside.Which && SaysNo(heard, asked))
            _commands.Tapped(asked == Aside.GoOn ? "drop" : "try_again", asked);
        else
            Hear(heard);
    }

    /// <summary>
    /// Who was only asking other things may as well answer the question that stands: "ไม่มี" to "any photos?" must not cost what was answered so far. So no word but
    /// the dialog's own for it puts it away; what could mean either has the question asked again.
    /// </summary>
    private void AnsweredByTheWay(Heard heard)
    {
        var word = heard.Bare.Contains(' ', StringComparison.Ordinal) ? null : FirstWord(heard);
        if (Repair.Commands.GetValueOrDefault(heard.Bare) == "drop")
            _commands.Tapped("drop", Aside.GoOn);
        else if (word == "yes" || (word == "no" && Question?.Kind is AnswerKind.YesNo or AnswerKind.Text or AnswerKind.FreeText or AnswerKind.Location))
            _commands.Tapped("go_on", Aside.GoOn);
        else
            Hear(heard);
    }

    private bool SaysYes(Heard heard, Aside asked) =>
        Repair.Commands.GetValueOrDefault(heard.Bare) is { } command
            ? command == (asked == Aside.GoOn ? "go_on" : "person")
            : Short(heard) == "yes";

    private bool SaysNo(Heard heard, Aside asked) =>
        Repair.Commands.GetValueOrDefault(heard.Bare) is { } command
            ? command == "drop" && asked == Aside.GoOn
            : Short(heard) == "no";

    /// <summary>Yes or no in few words; "I have a video" is an answer to something else.</summary>
    private string? Short(Heard heard) =>
        heard.Bare.Length <= LongestYesNo ? YesNoAnswer.Read(walk.Book.Vocabulary, heard.Bare, [], []) : null;

    // ---- ordinary input ----

    private void Hear(Heard heard)
    {
        if (Question is not { } slot)
        {
            walk.Drive();
            return;
        }
        if (ExactChoice(slot, heard) is { } choice)
        {
            Answer(choice);
            Accepted(heard, tolerant: false);
        }
        else if (heard.IsText && (_commands.Taken(heard, slot) || new Correction(walk).Taken(heard, slot) || OtherDialog(heard, slot)))
        {
            walk.Misunderstood = 0;
        }
        else if (MoreFiles(heard, slot))
        {
            Again();
        }
        else
        {
            Understand(heard, slot);
        }
    }

    private static string? ExactChoice(Slot slot, Heard heard) => slot.Kind == AnswerKind.Choice && heard.IsText ? ChoiceAnswer.Exact(slot, heard) : null;

    private bool OtherDialog(Heard heard, Slot slot)
    {
        if (slot.Kind is AnswerKind.Text or AnswerKind.FreeText || walk.Depth >= Walk.MaxFrames)
            return false;
        if (walk.Book.TriggeredBy(heard) is not { } name)
            return false;
        if (walk.Top.Dialog.Name == name)
        {
            // Asked for while it runs: the question that stands is its answer.
            walk.Reply("back_to");
            Again();
            return true;
        }
        if (walk.Runs(name))
            return false;
        walk.Interrupt(walk.Book.Dialogs[name]);
        return true;
    }

    private void Again() => walk.Prompt(walk.Current!);

    /// <summary>Whatever the question was, a valid identity number in the text is not to be kept; who was not asked for it is told.</summary>
    private void Hide(Heard heard)
    {
        if (heard.Secrets.Count > 0 && Question?.Kind is not (AnswerKind.ThaiId or AnswerKind.JuristicId))
            walk.Reply("masked");
        foreach (var (secret, mask) in heard.Secrets)
            walk.Redact(secret, mask);
    }
}
