using ChatDesk.Dialogs.Engine;
using ChatDesk.Dialogs.Expressions;

namespace ChatDesk.Dialogs.Format;

/// <summary>What a step leaves behind when the walk enters it.</summary>
internal enum Move
{
    /// <summary>The walk has already been sent to the next step.</summary>
    On,

    /// <summary>An answer or a result is awaited here.</summary>
    Wait,

    /// <summary>The conversation's dialogs are over.</summary>
    Over,
}

/// <summary>One station of a dialog. A step never acts: it speaks, moves on, or leaves an effect for the stage to carry out.</summary>
internal abstract record Step
{
    /// <summary>The id that <c>next: end</c> stands for.</summary>
    public const string End = "end";

    public required string Id { get; init; }

    public required int Line { get; init; }

    /// <summary>When this does not hold the step is passed over: the dialog goes on with the one below it in the file.</summary>
    public Expression? When { get; init; }

    /// <summary>Where to go afterwards; null means the next one in the file.</summary>
    public string? Next { get; init; }

    /// <summary>All other places it can lead to.</summary>
    public virtual IEnumerable<string> Exits => [];

    /// <summary>False when <see cref="Next"/> (or the following step) is never taken after it.</summary>
    public virtual bool GoesOn => true;

    public abstract Move Enter(Walk walk);

    /// <summary>Equal for two versions of a step in which a waiting conversation can be carried over.</summary>
    public virtual string Shape => GetType().Name;
}

internal sealed record SayStep : Step
{
    public required Saying Saying { get; init; }

    public override Move Enter(Walk walk)
    {
        walk.SayOnce(this);
        return walk.GoOn(this);
    }
}

internal sealed record SetStep : Step
{
    public required IReadOnlyList<(string Slot, Expression Value)> Values { get; init; }

    public override Move Enter(Walk walk)
    {
        foreach (var (slot, value) in Values)
            walk.Set(slot, value.Eval(walk.Scope));
        return walk.GoOn(this);
    }
}

internal sealed record BranchStep : Step
{
    public required IReadOnlyList<(Expression When, string Next)> Cases { get; init; }

    public required string Else { get; init; }

    public override IEnumerable<string> Exits => Cases.Select(c => c.Next).Append(Else);

    public override bool GoesOn => false;

    public override Move Enter(Walk walk)
    {
        foreach (var (when, next) in Cases)
        {
            if (when.Holds(walk.Scope))
                return walk.GoTo(next);
        }
        return walk.GoTo(Else);
    }
}

internal sealed record LookupStep : Step
{
    public required Table Table { get; init; }

    /// <summary>The list slot that receives the names of the rows that hold.</summary>
    public string? Into { get; init; }

    /// <summary>Where to go when no row holds; null goes on.</summary>
    public string? None { get; init; }

    public override IEnumerable<string> Exits => None is null ? [] : [None];

    public override Move Enter(Walk walk)
    {
        var found = new List<string>();
        foreach (var row in Table.Rows)
        {
            if (!row.When.Holds(walk.Scope))
                continue;
            found.Add(row.Id);
            walk.Found(row);
            if (Table.First)
                break;
        }
        if (Into is not null)
            walk.Store(Into, string.Join(',', found));
        return found.Count == 0 && None is not null ? walk.GoTo(None) : walk.GoOn(this);
    }
}

internal sealed record RunStep : Step
{
    public required string Dialog { get; init; }

    /// <summary>Slots of the other dialog filled before it begins.</summary>
    public IReadOnlyList<(string Slot, Expression Value)> Give { get; init; } = [];

    /// <summary>Own slot, other dialog's slot: copied when it returns.</summary>
    public IReadOnlyList<(string Mine, string Theirs)> Take { get; init; } = [];

    public override string Shape => $"run {Dialog}";

    public override Move Enter(Walk walk) => walk.Run(this);
}

internal sealed record EndStep : Step
{
    /// <summary>Also ends the dialogs that wait for this one.</summary>
    public bool All { get; init; }

    public override bool GoesOn => false;

    public override Move Enter(Walk walk) => walk.Leave(All);
}

internal sealed record SurveyStep : Step
{
    public required string Rating { get; init; }

    public string? Solved { get; init; }

    public string? Comment { get; init; }

    public override Move Enter(Walk walk)
    {
        walk.Act(new RecordSurvey(
            walk.NextKey(), walk.Read(Rating), Solved is null ? null : walk.Read(Solved), Comment is null ? null : walk.Read(Comment)));
        walk.ForgetHistory();
        return walk.GoOn(this);
    }
}
