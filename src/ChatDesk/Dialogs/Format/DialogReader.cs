using System.Collections.Frozen;

namespace ChatDesk.Dialogs.Format;

/// <summary>Reads one dialog file.</summary>
internal static class DialogReader
{
    /// <returns>The dialog, or null when the findings hold at least one reason why not.</returns>
    public static Dialog? Read(YamlMap map, string version, Findings findings)
    {
        var fields = new Fields(map, findings);
        var name = Name(fields);
        fields.Text("about");
        var title = fields.NeededLocalized("title");
        var triggers = fields.WordsPerLanguage("triggers");
        var slots = SlotReader.Read(fields);
        var scope = new DialogScope(slots, findings);
        scope.Tables = Tables(fields, scope);
        var steps = new StepReader(scope).Read(fields);
        fields.Close();
        if (steps.Count == 0)
            findings.Add(fields.LineOf("steps"), "The dialog has no steps.", "Add at least one step under 'steps:'.");
        if (findings.Problems.Count > 0)
            return null;
        var dialog = new Dialog
        {
            Name = name!,
            Version = version,
            Title = title!,
            Triggers = triggers.ToFrozenSet(StringComparer.Ordinal),
            Slots = slots.ToFrozenDictionary(StringComparer.Ordinal),
            Tables = scope.Tables.ToFrozenDictionary(StringComparer.Ordinal),
            Steps = steps,
            Places = steps.Select((s, i) => (s.Id, i)).ToFrozenDictionary(p => p.Id, p => p.i, StringComparer.Ordinal),
            Types = DialogScope.Types(slots).ToFrozenDictionary(StringComparer.Ordinal),
        };
        DialogLint.Check(dialog, findings);
        return findings.Problems.Count > 0 ? null : dialog;
    }

    private static string? Name(Fields fields)
    {
        var name = fields.NeededText("dialog", Path.GetFileNameWithoutExtension(fields.Findings.File));
        var file = Path.GetFileNameWithoutExtension(fields.Findings.File);
        if (name is not null && !DialogLint.IsName(name))
            fields.Findings.Add(fields.LineOf("dialog"), $"'{name}' cannot be the name of a dialog.", "Use small letters, digits and _, beginning with a letter.");
        else if (name is not null && name != file)
            fields.Findings.Add(fields.LineOf("dialog"), $"The dialog is called '{name}' but its file '{file}'.", "Give both the same name.");
        return name;
    }

    private static Dictionary<string, Table> Tables(Fields dialog, DialogScope scope)
    {
        var tables = new Dictionary<string, Table>(StringComparer.Ordinal);
        foreach (var entry in dialog.Entries("tables"))
        {
            if (entry.Value is not YamlMap map)
            {
                dialog.Findings.Add(entry.Line, $"Table '{entry.Key}' has no keys.", "Add 'hits: first' or 'hits: all' and 'rows:'.");
                continue;
            }
            var fields = new Fields(map, dialog.Findings);
            var hits = fields.NeededText("hits", "all");
            if (hits is not ("first" or "all"))
                dialog.Findings.Add(fields.LineOf("hits"), $"'{hits}' is not a way to read a table.", "Write first (the first row that holds) or all (every row that holds).");
            var rows = fields.Maps("rows").Select(r => Row(r, scope)).OfType<TableRow>().ToList();
            foreach (var twice in rows.GroupBy(r => r.Id).Where(g => g.Count() > 1))
                dialog.Findings.Add(twice.Last().Line, $"Two rows have the id '{twice.Key}'.", "Give each row an id of its own.");
            fields.Close();
            tables[entry.Key] = new Table(entry.Key, hits == "first", rows);
        }
        return tables;
    }

    private static TableRow? Row(Fields row, DialogScope scope)
    {
        var id = row.NeededText("id", "food_licence");
        if (!row.Has("when"))
            row.Findings.Add(row.Line, "The row has no condition.", "Add 'when: …'; a row that always holds has 'when: yes'.");
        var when = scope.Condition(row, "when");
        var saying = scope.Saying(row, "say", needed: false);
        var gives = scope.Assignments(row.Entries("give"));
        row.Close();
        return id is null || when is null ? null : new TableRow(id, row.Line, when, saying, gives);
    }
}
