using ChatDesk.Dialogs.Answers;
using ChatDesk.Dialogs.Format;

namespace ChatDesk.Dialogs.Engine;

/// <summary>Tells why an answer was not taken and what is wanted, with an example; another wording the second time.</summary>
internal static class Explanation
{
    public static string Of(Walk walk, Heard heard, Slot slot, Answer answer)
    {
        var wordings = slot.Again.Count > 0 ? slot.Again : walk.Book.Repair.Again[slot.Kind];
        var label = Speech.Fill(walk, slot.Label);
        var again = Speech.Fill(walk, wordings[(walk.Misunderstood - 1) % wordings.Count], label);
        if (heard is { IsText: false, FileId: null })
            return $"{walk.Words("no_sticker")}\n{again}";
        if (answer.Why is null || !walk.Book.Repair.Why.TryGetValue(answer.Why, out var why))
            return again;
        return $"{Speech.Fill(walk, why, label, answer.Limit ?? "")}\n{again}";
    }
}
