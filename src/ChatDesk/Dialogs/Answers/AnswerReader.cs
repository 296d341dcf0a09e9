using ChatDesk.Dialogs.Format;

namespace ChatDesk.Dialogs.Answers;

/// <summary>Reads what a contact sent as an answer of a slot's kind.</summary>
internal static class AnswerReader
{
    /// <summary>A longer text is a story: no number, date or choice is looked for in it.</summary>
    private const int LongestShortAnswer = 300;

    public static Answer Read(Slot slot, Heard heard, Vocabulary words, DateOnly today)
    {
        var textOnly = slot.Kind is not (AnswerKind.File or AnswerKind.Location or AnswerKind.Address);
        if (textOnly && !heard.IsText)
            return Answer.Not();
        if (textOnly && heard.Bare.Length > LongestShortAnswer && slot.Kind is not (AnswerKind.Text or AnswerKind.FreeText))
            return Answer.Not("too_long");
        return slot.Kind switch
        {
            AnswerKind.Number or AnswerKind.Amount => NumberAnswer.Read(slot, heard, words),
            AnswerKind.Date => DateAnswer.Read(slot, heard, words, today),
            AnswerKind.Time => TimeAnswer.Read(heard, words),
            AnswerKind.YesNo => YesNo(slot, heard, words),
            AnswerKind.Choice => ChoiceAnswer.Read(slot, heard, words),
            AnswerKind.Phone => PhoneAnswer.Read(heard, words),
            AnswerKind.Email => EmailAnswer.Read(heard),
            AnswerKind.ThaiId => IdentityNumber.Read(heard, company: false),
            AnswerKind.JuristicId => IdentityNumber.Read(heard, company: true),
            AnswerKind.Address => AddressAnswer.Read(slot, heard, words),
            AnswerKind.Location => LocationAnswer.Read(slot, heard),
            AnswerKind.File => heard.FileId is { } file ? new Answer(file) : Answer.Not(),
            AnswerKind.List => Answer.Not(),
            _ => TextAnswer.Read(slot, heard),
        };
    }

    /// <summary>Looks for an answer inside a sentence about something else; surer than sorry.</summary>
    public static Answer Overhear(Slot slot, Heard heard, Vocabulary words, DateOnly today) => heard.Bare.Length > LongestShortAnswer ? Answer.Not() : slot.Kind switch
    {
        AnswerKind.Number or AnswerKind.Amount => NumberAnswer.Overhear(slot, heard, words),
        AnswerKind.Date => DateAnswer.Overhear(slot, heard, words, today),
        AnswerKind.YesNo => YesNoAnswer.Overhear(heard.Bare, slot.Yes, slot.No),
        AnswerKind.Choice => ChoiceAnswer.Overhear(slot, heard),
        AnswerKind.Phone => PhoneAnswer.Overhear(heard),
        AnswerKind.Email => EmailAnswer.Read(heard) is { Understood: true } mail ? mail with { Echo = true } : Answer.Not(),
        AnswerKind.Address => AddressAnswer.Parts(heard.Folded, words) is { Count: >= 2 } ? AddressAnswer.Read(slot, heard, words) : Answer.Not(),
        _ => Answer.Not(),
    };

    /// <summary>True when a button may set this slot to this value.</summary>
    public static bool IsValueOf(Slot slot, string value) => slot.Kind switch
    {
        AnswerKind.Choice => slot.Choices.Any(c => c.Value == value),
        AnswerKind.YesNo => value is "yes" or "no",
        _ => false,
    };

    private static Answer YesNo(Slot slot, Heard heard, Vocabulary words) => YesNoAnswer.Read(words, heard.Bare, slot.Yes, slot.No) switch
    {
        "yes" => new Answer("yes"),
        "no" => new Answer("no"),
        "unsure" => Answer.Not("unsure"),
        _ => Overheard(slot, heard),
    };

    private static Answer Overheard(Slot slot, Heard heard) => YesNoAnswer.Overhear(heard.Bare, slot.Yes, slot.No);
}
