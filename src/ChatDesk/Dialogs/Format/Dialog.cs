using System.Collections.Frozen;
using ChatDesk.Dialogs.Expressions;

namespace ChatDesk.Dialogs.Format;

/// <summary>One dialog of an agency as its file describes it. Never changes; a new file content makes a new one.</summary>
internal sealed record Dialog
{
    public required string Name { get; init; }

    /// <summary>Ten hex digits of the SHA-256 of the file's content.</summary>
    public required string Version { get; init; }

    /// <summary>What the contact knows it as ("permit finder").</summary>
    public required Localized Title { get; init; }

    /// <summary>Whole messages that begin it, folded.</summary>
    public required FrozenSet<string> Triggers { get; init; }

    public required FrozenDictionary<string, Slot> Slots { get; init; }

    public required FrozenDictionary<string, Table> Tables { get; init; }

    public required IReadOnlyList<Step> Steps { get; init; }

    /// <summary>Place of each step in <see cref="Steps"/>.</summary>
    public required FrozenDictionary<string, int> Places { get; init; }

    /// <summary>Type of every slot and slot part.</summary>
    public required FrozenDictionary<string, ValueKind> Types { get; init; }

    public Step? Find(string step) => Places.TryGetValue(step, out var place) ? Steps[place] : null;
}

/// <summary>A decision table: rows whose conditions hold say their text and give their values.</summary>
/// <param name="Name">What lookup steps call it.</param>
/// <param name="First">Stop at the first row that holds; otherwise all rows that hold count.</param>
/// <param name="Rows">In the order of the file.</param>
internal sealed record Table(string Name, bool First, IReadOnlyList<TableRow> Rows);

/// <summary>One rule of a table: when it holds, it speaks and fills slots.</summary>
internal sealed record TableRow(string Id, int Line, Expression When, Saying? Saying, IReadOnlyList<(string Slot, Expression Value)> Gives);
