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
        // Whoever gets nowhere is offered a person, whatever the words are about.
        if (!isAnswer && walk.Misunderstood + 1 >= Patience)
            return false;
        if (Another(matter) is { } dialog)
        {
            // Whoever says it again means it.
            if (isAnswer && heard.Text == walk.Held)
                return false;
            walk.Misunderstood += isAnswer ? 0 : 1;
            walk.Held = heard.Text;
            walk.Aside = Aside.Matter;
            var title = Speech.Fill(walk, dialog.Title);
            walk.Reply(
                isAnswer ? "which_matter" : "other_matter", Speech.Fill(walk, slot.Label), title,
                [Speech.Cut(title, Speech.OtherMatter), Speech.Button(walk, isAnswer ? "my_answer" : "go_on")]);
            return true;
        }
        if (isAnswer || matter.Said.Count == 0)
            return false;
        walk.Misunderstood++;
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
        var word = FirstWord(heard);
        if (word == "yes" || IsNamed(heard))
            Decided(other: true);
        else if (word == "no" || heard.Folded == Folding.Fold(walk.Words("my_answer")))
            Decided(other: false);
        else
            Hear(heard);
    }

    /// <summary>Yes or no where the first word is nothing but that: "ใช่ค่ะ เริ่มเลย" is, and "มีนบุรี" is a district that only begins like one.</summary>
    private string? FirstWord(Heard heard)
    {
        var words = walk.Book.Vocabulary;
        var first = words.Hear(heard.Bare.Split(' ', ',')[0]).Bare;
        return Repair.Commands.ContainsKey(heard.Bare) ? null : words.Yes.Contains(first) ? "yes" : words.No.Contains(first) ? "no" : null;
    }

    private bool IsNamed(Heard heard) =>
        walk.Held is { } held && Another(walk.Context.Recognise(held)) is { } dialog
        && (heard.Folded == Folding.Fold(Speech.Fill(walk, dialog.Title)) || walk.Book.TriggeredBy(heard) == dialog.Name);

    private void Decided(bool other)
    {
        var held = walk.Book.Vocabulary.Hear(walk.Held ?? "");
        if (other && Another(walk.Context.Recognise(held.Text)) is { } dialog)
            walk.Interrupt(dialog, _ => OverhearHeld(held));
        else if (!other && Question is { } slot && AnswerReader.Read(slot, held, walk.Book.Vocabulary, walk.Context.Today) is { Understood: true } answer)
            Take(held, slot, answer);
        else
            Again();
    }

    /// <summary>"Yesterday" was said on the day that it was said.</summary>
    private void OverhearHeld(Heard held)
    {
        if (DateTimeOffset.FromUnixTimeSeconds(_heardAt).ToOffset(walk.Context.Now.Offset).Date == walk.Context.Now.Date)
            Overhear(held, except: null);
    }
}
