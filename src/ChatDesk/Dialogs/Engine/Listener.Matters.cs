using ChatDesk.Dialogs.Answers;
using ChatDesk.Dialogs.Format;

namespace ChatDesk.Dialogs.Engine;

/// <content>
/// Words that are about something else, though they may pass for an answer: "the shop next door plays loud music" is no name of an office. Nothing is kept or
/// begun on a guess; the contact is asked.
/// </content>
internal sealed partial class Listener
{
    /// <param name="heard">The words.</param>
    /// <param name="slot">What was asked.</param>
    /// <param name="matter">What the articles know of them.</param>
    /// <param name="isAnswer">Whether they could be one.</param>
    /// <returns>False when they are about nothing else, and nothing was said.</returns>
    private bool Differs(Heard heard, Slot slot, OtherMatter matter, bool isAnswer)
    {
        if (Another(matter) is { } dialog)
        {
            // Whoever says it again means it.
            if (isAnswer && heard.Text == walk.Held)
                return false;
            walk.Held = heard.Text;
            walk.Aside = Aside.Matter;
            var title = Speech.Fill(walk, dialog.Title);
            walk.Reply(
                isAnswer ? "which_matter" : "other_matter", Speech.Fill(walk, slot.Label), title,
                [Speech.Cut(title, $"{Speech.DataPrefix}!other_matter"), Speech.Button(walk, isAnswer ? "my_answer" : "go_on")]);
            return true;
        }
        if (isAnswer || matter.Said.Count == 0)
            return false;
        foreach (var said in matter.Said)
            walk.Say(said);
        Again();
        return true;
    }

    /// <summary>The dialog that can be put on top of this one.</summary>
    private Dialog? Another(OtherMatter matter) =>
        walk.Depth < Walk.MaxFrames && matter.Dialog is { } name && !walk.Runs(name) ? walk.Book.Find(name) : null;

    /// <summary>Answered in words: yes is the other matter. Whatever is neither is heard as if nothing had been asked.</summary>
    private void Decide(Heard heard)
    {
        var isCommand = Repair.Commands.ContainsKey(heard.Bare);
        if (!isCommand && (Short(heard) == "yes" || IsNamed(heard)))
            Decided(other: true);
        else if (!isCommand && (Short(heard) == "no" || heard.Folded == Folding.Fold(walk.Words("my_answer"))))
            Decided(other: false);
        else
            Hear(heard);
    }

    private bool IsNamed(Heard heard) =>
        walk.Held is { } held && Another(walk.Context.Recognise(held)) is { } dialog && heard.Folded == Folding.Fold(Speech.Fill(walk, dialog.Title));

    private void Decided(bool other)
    {
        var held = walk.Book.Vocabulary.Hear(walk.Held ?? "");
        if (other && Another(walk.Context.Recognise(held.Text)) is { } dialog)
            walk.Interrupt(dialog, _ => Overhear(held, except: null));
        else if (!other && Question is { } slot && AnswerReader.Read(slot, held, walk.Book.Vocabulary, walk.Context.Today) is { Understood: true } answer)
            Take(held, slot, answer);
        else
            Again();
    }
}
