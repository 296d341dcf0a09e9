namespace ChatDesk.Cases.Model;

/// <summary>What is known of an application whose decision is late. Each event says all of it again; fields may be added, none renamed.</summary>
internal sealed record LawEntry
{
    /// <summary>The id of the rule; null for the agency's first.</summary>
    public string? Rule { get; init; }

    /// <summary>The application's own number.</summary>
    public string? Application { get; init; }

    public string? Office { get; init; }

    public DateOnly? Received { get; init; }

    /// <summary>The limit of the public manual.</summary>
    public int? Days { get; init; }

    /// <summary>When missing documents were asked for.</summary>
    public IReadOnlyList<DateOnly> Asked { get; init; } = [];

    public DateOnly? Complete { get; init; }

    /// <summary>When late notices were given.</summary>
    public IReadOnlyList<DateOnly> Notices { get; init; } = [];

    public DateOnly? Decided { get; init; }

    public DateOnly? Told { get; init; }
}
