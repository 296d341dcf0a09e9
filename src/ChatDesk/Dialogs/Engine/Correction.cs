using ChatDesk.Dialogs.Answers;
using ChatDesk.Dialogs.Format;

namespace ChatDesk.Dialogs.Engine;

/// <summary>Understands "no, make it 250" and "change the province to Phuket" while another question stands, and walks the dialog again from there.</summary>
internal sealed class Correction(Walk walk)
{
    private Repair Repair => walk.Book.Repair;

    /// <returns>False when the message corrects nothing.</returns>
    public bool Taken(Heard heard, Slot question)
    {
        var rest = heard.Bare.AsSpan();
        var refused = StripAll(ref rest, Repair.Not);
        var changed = StripAll(ref rest, Repair.Change);
        // "actually, make the area 201".
        if (changed)
            StripAll(ref rest, Repair.Not);
        var slot = StripSlot(ref rest);
        // "วันที่ผิด เป็น 20 พ.ย.", "the date is wrong".
        changed |= slot is not null && StripAll(ref rest, Repair.Wrong);
        if (!refused && !changed)
            return false;
        var to = Strip(ref rest, Repair.To);
        var value = rest.Trim().ToString();
        if (slot is not null && changed && !to && TakesAnything(slot) && Asks(value) is { } asks)
            return asks == Asking.WhetherItMay && Asked(slot);
        if (slot is not null && changed)
            return value.Length == 0 ? Asked(slot) : Applied(slot, value) || Asked(slot);
        slot ??= Last();
        if (slot is null || value.Length == 0 || question.Kind == AnswerKind.FreeText)
            return false;
        // "ไม่ใช่ 250" may answer the present question; it corrects only when it says so, or fits nothing but the last answer.
        return changed || to || (!TakesAnything(slot) && !Fits(question, heard.Bare)) ? Applied(slot, value) : false;
    }

    /// <summary>The answered slot that a message names.</summary>
    public static Slot? Named(Walk walk, Heard heard)
    {
        var rest = heard.Bare.AsSpan();
        return new Correction(walk).StripSlot(ref rest);
    }

    /// <summary>Puts a new value in and takes the steps again from there, silently.</summary>
    public void Apply(Slot slot, Answer answer)
    {
        walk.Top.Clear(slot.Name);
        walk.Store(slot.Name, answer.Value);
        foreach (var (part, value) in answer.Parts)
            walk.Store($"{slot.Name}.{part}", value);
        walk.Misunderstood = 0;
        walk.Reply("corrected", Speech.Fill(walk, slot.Label), Speech.Show(walk, slot.Name));
        Replay(slot);
    }

    public void AskAnew(Slot slot)
    {
        walk.Top.Clear(slot.Name);
        Replay(slot);
    }

    private void Replay(Slot slot)
    {
        walk.Top.Step = walk.Top.Asks(slot.Name)!.Id;
        walk.Replaying = true;
        walk.Drive();
    }

    private bool Asked(Slot slot)
    {
        AskAnew(slot);
        return true;
    }

    private bool Applied(Slot slot, string value)
    {
        var answer = AnswerReader.Read(slot, walk.Book.Vocabulary.Hear(value), walk.Book.Vocabulary, walk.Context.Today);
        if (!answer.Understood)
            return false;
        Apply(slot, answer);
        return true;
    }

    /// <summary>A place or a name may be any words, so that words fit it says nothing.</summary>
    private static bool TakesAnything(Slot slot) => slot.Kind is AnswerKind.Text or AnswerKind.FreeText or AnswerKind.Location;

    /// <summary>"เปลี่ยนที่อยู่ได้ไหม" asks to change an answer; "เปลี่ยนชื่อร้านต้องแจ้งไหม" asks something else, and is no new name.</summary>
    /// <returns>Null for words that ask nothing.</returns>
    private Asking? Asks(string value)
    {
        var words = walk.Book.Vocabulary;
        if (!words.Hear(value).IsQuestion)
            return null;
        var rest = words.QuestionWords.Aggregate(value, (left, word) => left.Replace(word, "", StringComparison.Ordinal)).Trim();
        return rest.Length == 0 || words.Yes.Contains(rest) ? Asking.WhetherItMay : Asking.SomethingElse;
    }

    private bool Fits(Slot slot, string value) =>
        AnswerReader.Read(slot, walk.Book.Vocabulary.Hear(value), walk.Book.Vocabulary, walk.Context.Today).Understood;

    private Slot? Last()
    {
        for (var i = walk.Top.History.Count - 1; i >= 0; i--)
        {
            if (walk.Top.History[i] != walk.Top.Step && walk.Top.Dialog.Find(walk.Top.History[i]) is AskStep ask && walk.Read(ask.Slot.Name) is not null)
                return ask.Slot;
        }
        return null;
    }

    private Slot? StripSlot(ref ReadOnlySpan<char> rest)
    {
        Slot? found = null;
        var longest = 0;
        foreach (var slot in walk.Top.Answered())
        {
            foreach (var word in slot.Words)
            {
                if (word.Length > longest && rest.StartsWith(word, StringComparison.Ordinal))
                    (found, longest) = (slot, word.Length);
            }
        }
        rest = rest[longest..].TrimStart();
        return found;
    }

    /// <summary>"เอ๊ะ เมื่อกี้ ผิด": several in a row say no more than one.</summary>
    private static bool StripAll(ref ReadOnlySpan<char> rest, IReadOnlyList<string> words)
    {
        var any = false;
        while (Strip(ref rest, words))
            any = true;
        return any;
    }

    private static bool Strip(ref ReadOnlySpan<char> rest, IReadOnlyList<string> words)
    {
        foreach (var word in words)
        {
            if (!rest.StartsWith(word, StringComparison.Ordinal) || (rest.Length > word.Length && char.IsAsciiLetter(word[^1]) && char.IsAsciiLetter(rest[word.Length])))
                continue;
            rest = rest[word.Length..].TrimStart(" ,:;-.");
            return true;
        }
        return false;
    }

    private enum Asking
    {
        WhetherItMay,
        SomethingElse,
    }
}
