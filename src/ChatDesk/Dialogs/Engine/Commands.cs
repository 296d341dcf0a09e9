using ChatDesk.Dialogs.Answers;
using ChatDesk.Dialogs.Format;

namespace ChatDesk.Dialogs.Engine;

/// <summary>The words that work in every dialog: cancel, start over, back, skip, help, a person, correct, language.</summary>
internal sealed class Commands(Walk walk)
{
    /// <summary>A message longer than this is a story in which "an officer" may well occur without being asked for.</summary>
    private const int ShortMessage = 60;

    /// <returns>False when the message is no command here.</returns>
    public bool Taken(Heard heard, Slot question)
    {
        var command = walk.Book.Repair.Commands.GetValueOrDefault(heard.Bare) ?? walk.Book.Repair.Commands.GetValueOrDefault(heard.Folded);
        if (command is null && AsksForPerson(heard, question))
            command = "person";
        return command is not null && Carry(command);
    }

    /// <summary>A button of the engine's own.</summary>
    /// <param name="command">What it says.</param>
    /// <param name="asked">The engine's question that stood open.</param>
    public void Tapped(string command, Aside asked)
    {
        if (command.StartsWith("fix:", StringComparison.Ordinal))
            Fix(command[4..]);
        else if (command == "try_again")
            TryAgain();
        else if (command == "drop" && asked == Aside.GoOn)
            Drop();
        else if (!Carry(command))
            Prompted("old_button");
    }

    private bool AsksForPerson(Heard heard, Slot question) =>
        question.Kind != AnswerKind.FreeText && heard.Folded.Length <= ShortMessage
        && walk.Book.Repair.PersonPhrases.Any(p => heard.Folded.Contains(p, StringComparison.Ordinal));

    private bool Carry(string command)
    {
        switch (command)
        {
            case "cancel":
                walk.Reply("cancelled");
                walk.Finish(DialogOutcome.Cancelled);
                return true;
            case "restart":
                walk.Reply("restarted");
                walk.Restart();
                return true;
            case "back":
                Back();
                return true;
            case "skip":
                Skip();
                return true;
            case "help":
                Prompted("help");
                return true;
            case "person":
                Person();
                return true;
            case "correct":
                Which();
                return true;
            case "go_on":
                Prompted("went_on");
                return true;
            case "thai":
                Speak("th");
                return true;
            case "english":
                Speak("en");
                return true;
            default:
                return false;
        }
    }

    private void Prompted(string reply)
    {
        walk.Reply(reply);
        walk.Prompt(walk.Current!);
    }

    private void TryAgain()
    {
        walk.Misunderstood = 0;
        Prompted("try_again");
    }

    private void Drop()
    {
        walk.Reply("dropped");
        walk.Finish(DialogOutcome.Dropped);
    }

    private void Back()
    {
        var here = walk.Top;
        here.History.Remove(here.Step);
        if (here.History.Count == 0 && walk.Depth > 1)
        {
            // The first question of an inner dialog: back means out of it.
            walk.Pop();
            if (!here.Interrupts && walk.Top.History.Count > 0)
                walk.Top.Step = walk.Top.History[^1];
        }
        else if (here.History.Count == 0)
        {
            Prompted("nothing_before");
            return;
        }
        else
        {
            here.Step = here.History[^1];
        }
        Empty(walk.Current);
        walk.Reply("went_back");
        walk.Drive();
    }

    private void Empty(Step? step)
    {
        if (step is AskStep ask)
            walk.Top.Clear(ask.Slot.Name);
        else if (step is ChooseStep menu)
            walk.Top.Clear(menu.Picks.Name);
    }

    private void Skip()
    {
        if (walk.Current is not AskStep { Slot.Optional: true } ask)
        {
            Prompted("cannot_skip");
            return;
        }
        walk.Store(ask.Slot.Name, "");
        walk.Misunderstood = 0;
        walk.Reply("skipped");
        walk.GoOn(ask);
        walk.Drive();
    }

    /// <summary>Through the agency's own dialog for it, which knows the hours; at once where there is none or it is already running.</summary>
    private void Person()
    {
        if (walk.Book.Repair.PersonDialog is not { } name || walk.Book.Find(name) is not { } dialog || walk.Runs(name) || walk.Depth >= Walk.MaxFrames)
        {
            walk.HandOverNow("asked");
            return;
        }
        var topic = walk.Fill(walk.Bottom.Dialog.Title);
        walk.Interrupt(dialog, frame =>
        {
            if (dialog.Slots.ContainsKey("topic"))
                frame.Slots["topic"] = topic;
        });
    }

    private void Which()
    {
        var answered = walk.Top.Answered().Take(12).ToList();
        if (answered.Count == 0)
        {
            Prompted("nothing_to_correct");
            return;
        }
        walk.Aside = Aside.Which;
        walk.Reply("correct_which", choices: [.. answered.Select(s => Speech.Cut(Speech.Fill(walk, s.Label), $"{Speech.DataPrefix}!fix:{s.Name}"))]);
    }

    private void Fix(string slot)
    {
        if (walk.Top.Answered().FirstOrDefault(s => s.Name == slot) is { } known)
            new Correction(walk).AskAnew(known);
        else
            Prompted("old_button");
    }

    private void Speak(string language)
    {
        walk.Language = language;
        walk.Act(new SwitchLanguage(walk.NextKey(), language));
        Prompted("language_changed");
    }
}
