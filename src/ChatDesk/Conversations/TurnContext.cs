using ChatDesk.Activities;
using ChatDesk.Delivery;

namespace ChatDesk.Conversations;

/// <summary>What a stage may look at: the activity, what the desk remembers, and the agency's content as of this turn.</summary>
internal sealed record TurnContext
{
    public required InboundActivity Activity { get; init; }

    public required SessionState State { get; init; }

    public required AgencyContent Content { get; init; }

    /// <summary><c>th</c> or <c>en</c>: the language to answer in.</summary>
    public required string Language { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>When the activity came in: a reply handle's age counts from here.</summary>
    public required DateTimeOffset ReceivedAt { get; init; }

    /// <summary>The activity's own reply handle, to be kept for later.</summary>
    public ReplyHandle? OwnHandle => Activity.ReplyHandle is { } token ? new(token, ReceivedAt) : null;

    /// <summary>The same moment by the agency's clock.</summary>
    public DateTimeOffset LocalNow => Content.Hours.Calendar.Local(Now);

    public DateOnly Today => DateOnly.FromDateTime(LocalNow.DateTime);

    /// <summary>An exact moment as the agency writes it, in the language to answer in.</summary>
    public string Say(DateTimeOffset moment) => Content.Hours.Words.Moment(moment, Language);
}

/// <summary>A stage's answer; it ends the turn.</summary>
internal sealed record StageAnswer(TurnOutcome Outcome)
{
    public IReadOnlyList<OutboundActivity> Replies { get; init; } = [];

    public IReadOnlyList<RecordedEffect> Effects { get; init; } = [];

    public IReadOnlyList<TimerChange> Timers { get; init; } = [];

    /// <summary>Set when the stage changes what is remembered; null keeps the state as it was.</summary>
    public SessionState? State { get; init; }

    /// <summary>What other rooms keep with the turn.</summary>
    public IReadOnlyList<TurnPart> Parts { get; init; } = [];

    /// <summary>An earlier message's reply handle to answer with; null uses the activity's own.</summary>
    public ReplyHandle? Handle { get; init; }

    /// <summary>True when somebody will answer soon: shown to the contact where the channel has a sign for it.</summary>
    public bool ShowWorking { get; init; }

    public bool? Reachable { get; init; }

    public string? WithdrawnMessageId { get; init; }

    /// <summary>Query, candidates and scores behind the answer, as JSON.</summary>
    public string? Evidence { get; init; }

    /// <summary>The contact's text as it may be kept, where identity or phone numbers had to be hidden; null keeps it as it came.</summary>
    public string? KeptText { get; init; }

    /// <summary>How sure the stage was, 0 to 1; null where nothing was weighed.</summary>
    public double? Score { get; init; }
}

/// <summary>One entry of the pipeline: answers what it knows how to answer, or passes on with null.</summary>
internal interface ITurnStage
{
    ValueTask<StageAnswer?> AnswerAsync(TurnContext turn, CancellationToken stopping);
}
