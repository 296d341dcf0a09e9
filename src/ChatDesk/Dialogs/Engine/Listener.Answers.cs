using ChatDesk.Activities;
using ChatDesk.Dialogs.Answers;
using ChatDesk.Dialogs.Format;

namespace ChatDesk.Dialogs.Engine;

/// <content>What becomes of an answer.</content>
internal sealed partial class Listener
{
    private void Understand(Heard heard, Slot slot)
    {
        if (AsksRather(slot, heard) && Digressed(heard))
            return;
        if (HasNothing(slot, heard))
        {
            _commands.Tapped("skip", Aside.None);
            return;
        }
        var answer = AnswerReader.Read(slot, heard, walk.Book.Vocabulary, walk.Context.Today);
        // Where it is known what is wrong with an answer, that is what helps.
        var mayDiffer = heard.IsText && slot.Kind != AnswerKind.FreeText && (answer.IsLoose || answer.Why == "other");
        var matter = mayDiffer ? walk.Context.Recognise(heard.Text) : OtherMatter.None;
        if (answer is { Understood: true, IsLoose: true } && slot.Kind == AnswerKind.Date && matter.IsForeign)
            answer = Answers.Answer.Not();
        if (answer.Understood && !(answer.IsLoose && slot.Kind == AnswerKind.Text && Differs(heard, slot, matter, isAnswer: true)))
            Take(heard, slot, answer);
        else if (!answer.Understood && (slot.Kind == AnswerKind.FreeText || !heard.IsText || !(Digressed(heard) || Differs(heard, slot, matter, isAnswer: false))))
            Wrong(heard, slot, answer);
    }

    private void Take(Heard heard, Slot slot, Answer answer)
    {
        Store(slot, answer);
        if (answer.Echo)
            Note(slot);
        Accepted(heard, tolerant: true);
    }

    /// <summary>"ขายเบียร์ได้ไหม" is a question, though it begins like a yes; only a plain choice by its number or name is surer.</summary>
    private static bool AsksRather(Slot slot, Heard heard) =>
        heard.IsQuestion && (slot.Kind == AnswerKind.Text || (slot.Kind is AnswerKind.Choice or AnswerKind.YesNo && heard.Bare.Length >= ShortestSentence));

    /// <summary>"I have none" to something that may be left out means: skip it.</summary>
    private bool HasNothing(Slot slot, Heard heard) =>
        slot.Optional && heard.IsText && slot.Kind is not (AnswerKind.YesNo or AnswerKind.Choice or AnswerKind.Number or AnswerKind.Amount) && Short(heard) == "no";

    private void Store(Slot slot, Answer answer)
    {
        walk.Top.Clear(slot.Name);
        walk.Store(slot.Name, answer.Value);
        foreach (var (part, value) in answer.Parts)
            walk.Store($"{slot.Name}.{part}", value);
    }

    private void Note(Slot slot) => walk.Reply("noted", Speech.Fill(walk, slot.Label), Speech.Show(walk, slot.Name));

    /// <summary>The present question is answered: picks up what else the sentence tells, then goes on.</summary>
    private void Accepted(Heard heard, bool tolerant)
    {
        walk.Misunderstood = 0;
        walk.WasAnswered = true;
        var step = walk.Current!;
        if (tolerant)
            Overhear(heard, Question);
        if (step is ChooseStep menu && walk.PickedBefore(menu) is { } option)
            walk.GoTo(option.Next);
        else
            walk.GoOn(step);
        walk.Drive();
    }

    /// <summary>Fills slots still empty from a sentence that was about something else.</summary>
    public void Overhear(Heard heard, Slot? except)
    {
        if (!heard.IsText || (except is not null && heard.Bare.Length < ShortestSentence) || except?.Kind is AnswerKind.FreeText or AnswerKind.Text or AnswerKind.Address or AnswerKind.Location)
            return;
        foreach (var slot in walk.Top.Dialog.Slots.Values)
        {
            if (!slot.Hear || slot == except || walk.IsSettled(slot) || !IsAskedHere(slot))
                continue;
            if (AnswerReader.Overhear(slot, heard, walk.Book.Vocabulary, walk.Context.Today) is not { Understood: true } answer)
                continue;
            Store(slot, answer);
            Note(slot);
        }
    }

    /// <summary>"49 คน" are no guests of a workshop: a question that this way does not ask is not answered by the way.</summary>
    private bool IsAskedHere(Slot slot) => walk.Top.Asks(slot.Name)?.When is not { } when || when.Holds(walk.Scope);

    /// <summary>Looks a question up in the articles. A few letters or figures that are no question are a wrong answer, not another subject.</summary>
    private bool Digressed(Heard heard)
    {
        if (!heard.IsQuestion && heard.Bare.Count(c => !char.IsAsciiDigit(c) && c != ' ') < ShortestSubject)
            return false;
        if (heard.Bare.Length < 4 || walk.Context.AskKnowledge(heard.Text) is not { Count: > 0 } answers)
            return false;
        foreach (var answer in answers)
            walk.Say(answer);
        walk.Digressions = _digressions + 1;
        // Whoever asks one thing after another has left the question for now: once more of it at every answer is only in the way.
        if (walk.Digressions > 1)
        {
            AskWhetherToGoOn();
            return true;
        }
        walk.Reply("back_to");
        Again();
        return true;
    }

    /// <summary>A further picture after the picture question was already answered belongs to it.</summary>
    private bool MoreFiles(Heard heard, Slot slot)
    {
        if (heard.FileId is not { } file || slot.Kind == AnswerKind.File)
            return false;
        var album = walk.Top.Answered().FirstOrDefault(s => s.Kind == AnswerKind.File);
        if (album is null || walk.Read(album.Name) is not { } files || files.Split(' ').Length >= (album.Max ?? 10))
            return false;
        walk.Store(album.Name, $"{files} {file}");
        walk.Reply("file_added", Speech.Fill(walk, album.Label), Speech.Show(walk, album.Name));
        return true;
    }

    private void Wrong(Heard heard, Slot slot, Answer answer)
    {
        walk.Misunderstood++;
        // Offered again after every second further answer; in between the example helps more than the same offer.
        if (walk.Misunderstood >= Patience && (walk.Misunderstood - Patience) % 2 == 0)
        {
            walk.Aside = Aside.Person;
            walk.Reply("offer_person", choices: [Speech.Button(walk, "person"), Speech.Button(walk, "try_again")]);
            return;
        }
        walk.Say(OutboundActivity.Say(Explanation.Of(walk, heard, slot, answer), Speech.Choices(walk, walk.Top.Step, slot)));
    }
}
