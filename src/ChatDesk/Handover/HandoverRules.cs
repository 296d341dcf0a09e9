namespace ChatDesk.Handover;

/// <summary>How long things may last. One place, so that a test or an agency's needs find them together.</summary>
internal static class HandoverRules
{
    /// <summary>How long a close can be undone.</summary>
    public static readonly TimeSpan UndoTime = TimeSpan.FromSeconds(5);

    /// <summary>How long the notice of a handover waits for an officer who could use the contact's reply handle (LINE: valid about a minute).</summary>
    public static readonly TimeSpan NoticeDelay = TimeSpan.FromSeconds(25);

    /// <summary>A reply handle older than this is not counted on.</summary>
    public static readonly TimeSpan HandleLife = TimeSpan.FromSeconds(50);

    /// <summary>Without a sign of life for so long an officer is set away.</summary>
    public static readonly TimeSpan SilentPresence = TimeSpan.FromSeconds(45);

    /// <summary>An officer who is away keeps their conversations so long.</summary>
    public static readonly TimeSpan AwayPatience = TimeSpan.FromSeconds(10);

    /// <summary>Nobody on duty for so long: those who wait get a promise.</summary>
    public static readonly TimeSpan NobodyPatience = TimeSpan.FromSeconds(30);

    /// <summary>A contact who waits this long for their officer goes back to the queue.</summary>
    public static readonly TimeSpan SilentOfficer = TimeSpan.FromMinutes(10);

    /// <summary>An offer that no colleague answers lapses.</summary>
    public static readonly TimeSpan OfferPatience = TimeSpan.FromSeconds(60);

    /// <summary>The same for another agency, whose officers do not see the chat.</summary>
    public static readonly TimeSpan ReferralPatience = TimeSpan.FromMinutes(15);

    /// <summary>How far back a closed handover counts as the same matter.</summary>
    public static readonly TimeSpan SameMatter = TimeSpan.FromDays(1);

    /// <summary>How long events are kept for pages that were away.</summary>
    public static readonly TimeSpan EventsKept = TimeSpan.FromHours(24);
}
