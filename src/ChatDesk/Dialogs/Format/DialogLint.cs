using System.Globalization;
using ChatDesk.Dialogs.Expressions;

namespace ChatDesk.Dialogs.Format;

/// <summary>Looks for mistakes that only show when a dialog is seen as a whole.</summary>
internal static class DialogLint
{
    /// <summary>LINE cuts a button's label here.</summary>
    public const int MaxLabel = 20;

    public static bool IsName(string name) =>
        name.Length is > 0 and <= 60 && char.IsAsciiLetterLower(name[0]) && name.All(c => char.IsAsciiLetterLower(c) || char.IsAsciiDigit(c) || c == '_');

    public static void Label(Localized? label, int line, Findings findings)
    {
        foreach (var text in label is null ? [] : new[] { label.Th.Source, label.En.Source })
        {
            // UTF-16 units, as LINE counts; the text elements tell the editor what they see.
            if (text.Length > MaxLabel)
                findings.Add(line, $"The label '{text}' has {text.Length} characters ({new StringInfo(text).LengthInTextElements} seen); LINE shows {MaxLabel}.", "Shorten it; put the long form into the question.");
        }
    }

    public static void Check(Dialog dialog, Findings findings)
    {
        Targets(dialog, findings);
        if (findings.Problems.Count > 0)
            return;
        Reachable(dialog, findings);
        Circles(dialog, findings);
        Cases(dialog, findings);
        Slots(dialog, findings);
    }

    /// <summary>Checks that need all dialogs of the agency: what is run must exist, and take and give slots that exist.</summary>
    public static void CheckTogether(Dialog dialog, IReadOnlyDictionary<string, Dialog> all, Findings findings)
    {
        foreach (var run in dialog.Steps.OfType<RunStep>())
        {
            if (!all.TryGetValue(run.Dialog, out var other))
            {
                findings.Add(run.Line, $"There is no dialog '{run.Dialog}'.", "Correct its name, or add its file.");
                continue;
            }
            foreach (var name in run.Give.Select(g => g.Slot).Concat(run.Take.Select(t => t.Theirs)).Where(n => !other.Types.ContainsKey(n)))
                findings.Add(run.Line, $"Dialog '{run.Dialog}' has no slot '{name}'.", "Correct the name, or declare the slot there.");
        }
    }

    private static IEnumerable<string> Ways(Dialog dialog, Step step)
    {
        foreach (var exit in step.Exits)
            yield return exit;
        var place = dialog.Places[step.Id] + 1;
        var following = place < dialog.Steps.Count ? dialog.Steps[place].Id : Step.End;
        if (step.GoesOn)
            yield return step.Next ?? following;
        if (step.When is not null)
            yield return following;
    }

    private static void Targets(Dialog dialog, Findings findings)
    {
        foreach (var step in dialog.Steps)
        {
            foreach (var target in Ways(dialog, step).Distinct().Where(t => t != Step.End && !dialog.Places.ContainsKey(t)))
                findings.Add(step.Line, $"Step '{step.Id}' leads to '{target}', which does not exist.", "Correct the name, add the step, or write 'end'.");
        }
    }

    private static void Reachable(Dialog dialog, Findings findings)
    {
        var seen = new HashSet<string> { dialog.Steps[0].Id };
        var open = new Queue<string>(seen);
        while (open.TryDequeue(out var id))
        {
            foreach (var way in Ways(dialog, dialog.Find(id)!).Where(w => w != Step.End && seen.Add(w)))
                open.Enqueue(way);
        }
        foreach (var step in dialog.Steps.Where(s => !seen.Contains(s.Id)))
            findings.Add(step.Line, $"No way leads to step '{step.Id}'.", "Remove it, or let another step lead to it with 'next'.");
    }

    /// <summary>A circle is fine only if the contact is asked something new on every round of it.</summary>
    private static void Circles(Dialog dialog, Findings findings)
    {
        foreach (var step in dialog.Steps)
        {
            var round = Round(dialog, step.Id);
            if (round is null || dialog.Places[step.Id] != round.Min(id => dialog.Places[id]))
                continue;
            var cleared = round.Select(id => dialog.Find(id)).OfType<SetStep>()
                .SelectMany(s => s.Values).Where(v => v.Value is Literal { Value.IsNone: true }).Select(v => v.Slot).ToHashSet();
            if (!round.Select(id => dialog.Find(id)!).Any(s => s.When is null && (s is ChooseStep || (s is AskStep ask && cleared.Contains(ask.Slot.Name)))))
                findings.Add(step.Line, $"From step '{step.Id}' the dialog can run in a circle without asking anything.", "Let the circle pass a choose step, or an ask whose slot a set step on the way has emptied with none.");
        }
    }

    /// <summary>The steps of all circles through a step, or null when there is none.</summary>
    private static HashSet<string>? Round(Dialog dialog, string from)
    {
        var after = From(dialog, from);
        if (!after.Contains(from))
            return null;
        return [.. after.Where(id => id == from || From(dialog, id).Contains(from))];
    }

    private static HashSet<string> From(Dialog dialog, string start)
    {
        var seen = new HashSet<string>();
        var open = new Queue<string>([start]);
        while (open.TryDequeue(out var id))
        {
            foreach (var way in Ways(dialog, dialog.Find(id)!).Where(w => w != Step.End && seen.Add(w)))
                open.Enqueue(way);
        }
        return seen;
    }

    private static void Cases(Dialog dialog, Findings findings)
    {
        var asked = dialog.Steps.OfType<AskStep>().Select(s => s.Slot.Name).ToHashSet();
        foreach (var step in dialog.Steps.OfType<OpenCaseStep>())
        {
            foreach (var need in step.Needs.Where(n => !asked.Contains(n)))
                findings.Add(step.Line, $"The case needs slot '{need}', but no step asks for it.", "Add an ask step for it.");
        }
    }

    private static void Slots(Dialog dialog, Findings findings)
    {
        var filled = dialog.Steps.OfType<AskStep>().Select(s => s.Slot.Name)
            .Concat(dialog.Steps.OfType<SetStep>().SelectMany(s => s.Values.Select(v => v.Slot)))
            .Concat(dialog.Steps.OfType<LookupStep>().SelectMany(s => s.Table.Rows.SelectMany(r => r.Gives.Select(g => g.Slot)).Append(s.Into ?? "")))
            .Concat(dialog.Steps.OfType<EffectStep>().SelectMany(s => s.Into.Select(i => i.Slot)))
            .Concat(dialog.Steps.OfType<RunStep>().SelectMany(s => s.Take.Select(t => t.Mine)))
            .ToHashSet();
        // A slot nobody fills here may still be given by the dialog that runs this one; it says so with 'given'.
        foreach (var slot in dialog.Slots.Values.Where(s => !filled.Contains(s.Name) && !s.Given))
            findings.Add(slot.Line, $"Slot '{slot.Name}' is never filled.", "Ask for it, set it, remove it, or mark it 'given: true' if another dialog fills it.");
    }
}
