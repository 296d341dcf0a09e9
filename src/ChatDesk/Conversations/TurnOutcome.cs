namespace ChatDesk.Conversations;

/// <summary>How a turn ended: one of a closed list, stored with the turn and printed by <c>-- ask</c>.</summary>
/// <param name="Name">The stored form.</param>
internal readonly record struct TurnOutcome(string Name)
{
    /// <summary>Nothing is to be said (another system speaks, a group did not ask, a delivery receipt …).</summary>
    public static readonly TurnOutcome Silent = new("silent");
    public static readonly TurnOutcome Greeting = new("greeting");
    public static readonly TurnOutcome Emergency = new("emergency");

    /// <summary>An officer has the floor: the bot says nothing.</summary>
    public static readonly TurnOutcome Officer = new("officer");
    public static readonly TurnOutcome Menu = new("command:menu");
    public static readonly TurnOutcome Language = new("command:language");
    public static readonly TurnOutcome StartOver = new("command:start-over");

    /// <summary>A person was asked for, or is needed.</summary>
    public static readonly TurnOutcome Handover = new("handover");

    /// <summary>Not understood, or several things fit: the contact is asked to choose.</summary>
    public static readonly TurnOutcome Clarify = new("clarify");
    public static readonly TurnOutcome Smalltalk = new("smalltalk");
    public static readonly TurnOutcome Refuse = new("refuse");

    /// <summary>The turn failed three times on this activity; the contact got an apology.</summary>
    public static readonly TurnOutcome Failed = new("failed");

    /// <summary>Answered from an article.</summary>
    public static TurnOutcome Article(string slug) => new($"kb:{slug}");

    /// <summary>A dialog spoke.</summary>
    public static TurnOutcome Dialog(string flow) => new($"dialog:{flow}");

    /// <summary>The way back: answers of another conversation come here, or no longer do.</summary>
    public static readonly TurnOutcome Return = new("return");

    private const string CasePrefix = "case:";

    /// <summary>Something about a case was told, or heard.</summary>
    public static TurnOutcome Case(string number) => new($"{CasePrefix}{number}");

    public bool IsCase => Name.StartsWith(CasePrefix, StringComparison.Ordinal);

    public override string ToString() => Name;
}
