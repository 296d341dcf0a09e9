using ChatDesk.Dialogs.Expressions;

namespace ChatDesk.Dialogs.Format;

/// <summary>Reads the <c>steps</c> of a dialog file.</summary>
internal sealed partial class StepReader(DialogScope scope)
{
    public static readonly string[] Kinds =
        ["say", "ask", "choose", "branch", "set", "lookup", "call", "open_case", "hand_over", "survey", "run", "end"];

    private Findings Findings => scope.Findings;

    public List<Step> Read(Fields dialog)
    {
        var steps = new List<Step>();
        foreach (var fields in dialog.Maps("steps"))
        {
            var step = One(fields);
            fields.Close();
            if (step is null)
                continue;
            if (steps.Exists(s => s.Id == step.Id))
                Findings.Add(step.Line, $"Two steps have the id '{step.Id}'.", "Give each step an id of its own.");
            else
                steps.Add(step);
        }
        return steps;
    }

    private Step? One(Fields fields)
    {
        var id = fields.NeededText("id", "ask_area") ?? "";
        if (id.Length > 0 && (!DialogLint.IsName(id) || id == Step.End))
            Findings.Add(fields.LineOf("id"), $"'{id}' cannot be the id of a step.", "Use small letters, digits and _, beginning with a letter; 'end' is taken.");
        var kinds = Kinds.Where(fields.Has).ToList();
        if (kinds.Count == 0 && fields.Has("card"))
            kinds.Add("say");
        if (kinds.Count != 1)
        {
            Findings.Add(fields.Line, kinds.Count == 0 ? $"Step '{id}' does nothing." : $"Step '{id}' does several things: {string.Join(", ", kinds)}.", $"Give it exactly one of {string.Join(", ", Kinds)}.");
            foreach (var key in Kinds.Concat(["text", "card", "when", "next"]))
                fields.Take(key);
            return null;
        }
        var when = scope.Condition(fields, "when");
        var next = kinds[0] is "branch" or "choose" or "end" ? null : fields.Text("next");
        return Body(kinds[0], id, fields) is { } step ? step with { When = when, Next = next } : null;
    }

    private Step? Body(string kind, string id, Fields fields) => kind switch
    {
        "say" => scope.Saying(fields, "say", needed: true) is { } saying ? new SayStep { Id = id, Line = fields.Line, Saying = saying } : null,
        "ask" => Ask(id, fields),
        "choose" => Choose(id, fields),
        "branch" => Branch(id, fields),
        "set" => new SetStep { Id = id, Line = fields.Line, Values = scope.Assignments(fields.Entries("set")) },
        "lookup" => Lookup(id, fields),
        "call" => Call(id, fields),
        "open_case" => OpenCase(id, fields),
        "hand_over" => HandOver(id, fields),
        "survey" => Survey(id, fields),
        "run" => Run(id, fields),
        _ => End(id, fields),
    };

    private AskStep? Ask(string id, Fields fields)
    {
        var slot = scope.Slot(fields.Text("ask"), fields.LineOf("ask"));
        var saying = scope.Saying(fields, "text", needed: true);
        if (slot is null || saying is null)
            return null;
        if (scope.Slots[slot].Kind == AnswerKind.List)
        {
            Findings.Add(fields.LineOf("ask"), $"Slot '{slot}' is a list, which nobody can be asked for.", "Give it another kind, or fill it with a lookup.");
            return null;
        }
        return new AskStep { Id = id, Line = fields.Line, Slot = scope.Slots[slot], Saying = saying };
    }

    private ChooseStep? Choose(string id, Fields fields)
    {
        var saying = scope.Saying(fields, "text", needed: true);
        var options = new List<MenuOption>();
        foreach (var item in fields.Maps("choose"))
        {
            var next = item.NeededText("next", "another_step");
            var choice = SlotReader.Choice(item, $"o{options.Count + 1}");
            item.Close();
            if (next is not null && choice is not null)
                options.Add(new MenuOption(choice with { Value = next == Step.End ? $"end{options.Count + 1}" : $"{next}" }, next));
        }
        if (options.Count < 2)
            Findings.Add(fields.LineOf("choose"), "A menu needs at least two choices.", "Add items with label and next.");
        if (options.Count > SlotReader.MaxChoices)
            Findings.Add(fields.LineOf("choose"), $"{options.Count} choices; LINE shows {SlotReader.MaxChoices}.", "Split the menu in two.");
        var picks = new Slot { Name = $"~{id}", Kind = AnswerKind.Choice, Label = saying?.Text ?? Nameless, Choices = [.. options.Select(o => o.Choice)] };
        return saying is null ? null : new ChooseStep { Id = id, Line = fields.Line, Saying = saying, Options = options, Picks = picks };
    }

    private static readonly Localized Nameless = new(Template.Parse("-"), Template.Parse("-"));

    private BranchStep? Branch(string id, Fields fields)
    {
        var cases = new List<(Expression, string)>();
        string? otherwise = null;
        foreach (var item in fields.Maps("branch"))
        {
            if (item.Has("else"))
            {
                otherwise = item.Text("else");
            }
            else
            {
                var when = scope.Condition(item, "when");
                var next = item.NeededText("next", "another_step");
                if (!item.Has("when"))
                    Findings.Add(item.Line, "A way of the branch has no condition.", "Add 'when: …' to it, or make it the 'else'.");
                if (when is not null && next is not null)
                    cases.Add((when, next));
            }
            item.Close();
        }
        if (otherwise is null)
        {
            Findings.Add(fields.LineOf("branch"), "The branch does not say where to go when nothing fits.", "Add a last item '- else: some_step'.");
            return null;
        }
        return new BranchStep { Id = id, Line = fields.Line, Cases = cases, Else = otherwise };
    }

    private LookupStep? Lookup(string id, Fields fields)
    {
        var name = fields.Text("lookup");
        var into = scope.Slot(fields.Text("into"), fields.LineOf("into"));
        var none = fields.Text("none");
        if (into is not null && scope.Slots[into].Kind != AnswerKind.List)
            Findings.Add(fields.LineOf("into"), $"Slot '{into}' cannot hold what a lookup finds.", "Give it 'kind: list'.");
        if (name is not null && scope.Tables.TryGetValue(name, out var table))
            return new LookupStep { Id = id, Line = fields.Line, Table = table, Into = into, None = none };
        Findings.Add(fields.LineOf("lookup"), $"There is no table '{name}'.", "Declare it under tables, or correct its name.");
        return null;
    }

    private RunStep? Run(string id, Fields fields)
    {
        var dialog = fields.Text("run");
        var give = new List<(string, Expression)>();
        foreach (var entry in fields.Entries("give"))
        {
            if (entry.Value is YamlText text && scope.Parse(text.Value, entry.Line) is { } value)
                give.Add((entry.Key, value));
        }
        var take = scope.Pairs(fields.Entries("take"));
        return dialog is null ? null : new RunStep { Id = id, Line = fields.Line, Dialog = dialog, Give = give, Take = take };
    }

    private EndStep End(string id, Fields fields)
    {
        var what = fields.Text("end");
        if (what is not ("here" or "all"))
            Findings.Add(fields.LineOf("end"), $"'{what}' is no way to end.", "Write 'end: here' to return to the dialog that waits, 'end: all' to finish everything.");
        return new EndStep { Id = id, Line = fields.Line, All = what == "all" };
    }

    private List<string> SlotList(Fields fields, string key) =>
        [.. fields.Texts(key).Select(s => scope.Slot(s, fields.LineOf(key))).OfType<string>()];
}
