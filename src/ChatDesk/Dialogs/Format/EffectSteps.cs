using ChatDesk.Dialogs.Engine;
using ChatDesk.Dialogs.Expressions;

namespace ChatDesk.Dialogs.Format;

/// <summary>A step that waits for the stage to do something and to come back with a <see cref="StepResult"/>.</summary>
internal abstract record EffectStep : Step
{
    /// <summary>Own slot, field of the result.</summary>
    public IReadOnlyList<(string Slot, string Field)> Into { get; init; } = [];

    /// <summary>Where to go when it could not be done.</summary>
    public string? Failed { get; init; }

    public override IEnumerable<string> Exits => Failed is null ? [] : [Failed];

    /// <summary>The effect of this step with the values of now.</summary>
    public abstract Effect Order(Walk walk, string key);

    public override Move Enter(Walk walk) => walk.Await(this);
}

/// <summary>Asks a system outside over HTTP.</summary>
internal sealed record CallStep : EffectStep
{
    public required string Connector { get; init; }

    public required IReadOnlyList<(string Name, Expression Value)> Send { get; init; }

    public required TimeSpan Timeout { get; init; }

    public override string Shape => $"call {Connector}";

    public override Effect Order(Walk walk, string key) =>
        new CallConnector(key, Connector, Send.ToDictionary(s => s.Name, s => s.Value.Eval(walk.Scope).Text), Timeout);
}

/// <summary>Opens a case. What it needs is asked for first, whatever way the dialog came here.</summary>
internal sealed record OpenCaseStep : EffectStep
{
    public required string Type { get; init; }

    public Expression? Category { get; init; }

    public required Localized Summary { get; init; }

    public required IReadOnlyList<string> Fields { get; init; }

    public required IReadOnlyList<string> Needs { get; init; }

    public override string Shape => $"open_case {Type}";

    public override Effect Order(Walk walk, string key) =>
        new OpenCase(key, Type, Category?.Eval(walk.Scope).Text, walk.Fill(Summary), walk.Collect(Fields));

    public override Move Enter(Walk walk)
    {
        foreach (var need in Needs)
        {
            if (walk.Read(need) is null)
                return walk.AskFor(need);
        }
        return walk.Await(this);
    }
}

/// <summary>Brings a person. Without <see cref="EffectStep.Into"/> the dialog ends here; with it, it goes on with what the stage found.</summary>
internal sealed record HandOverStep : EffectStep
{
    public required Localized Topic { get; init; }

    public IReadOnlyList<string> Fields { get; init; } = [];

    public override string Shape => "hand_over";

    public override bool GoesOn => Into.Count > 0;

    public override Effect Order(Walk walk, string key) => new HandOver(key, walk.Fill(Topic), "asked", walk.CollectWithBelow(Fields));

    public override Move Enter(Walk walk) => Into.Count > 0 ? walk.Await(this) : walk.HandOver(Order(walk, walk.NextKey()));
}
