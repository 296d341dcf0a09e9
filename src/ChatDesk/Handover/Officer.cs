using System.Text.Json.Serialization;

namespace ChatDesk.Handover;

/// <summary>Who acts. Made from the signed-in account, never from what a browser sends; its agency bounds everything it can touch.</summary>
/// <param name="Agency">The agency's id from configuration.</param>
/// <param name="Id">The account's id; never shown.</param>
/// <param name="Name">As contacts and colleagues see it.</param>
internal sealed record Officer(string Agency, string Id, string Name);

/// <summary>What an officer can take, as it is when they sign in.</summary>
internal sealed record OfficerCard
{
    public required Officer Officer { get; init; }

    /// <summary>The unit whose work they see first; null for any.</summary>
    public string? Unit { get; init; }

    /// <summary>Topics, languages (<c>th</c>, <c>en</c>) and channels they take; empty means all.</summary>
    public IReadOnlyList<string> Topics { get; init; } = [];

    public IReadOnlyList<string> Languages { get; init; } = [];

    public IReadOnlyList<string> Channels { get; init; } = [];

    /// <summary>Conversations at a time; those that wait for the contact do not count.</summary>
    public int Capacity { get; init; } = 4;
}

/// <summary>Stored by name: never rename a member.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PresenceState>))]
internal enum PresenceState
{
    /// <summary>Takes new conversations (ว่าง).</summary>
    Free,

    /// <summary>Finishes the present ones, takes no new ones (พัก/ติดงาน).</summary>
    Busy,

    /// <summary>Not there; their conversations go back to the queue after a moment (ไม่อยู่).</summary>
    Away,

    /// <summary>Signed off.</summary>
    Off,
}

/// <summary>An officer at work, as colleagues see it.</summary>
internal sealed record PresenceRow
{
    public required OfficerCard Card { get; init; }

    public required PresenceState State { get; init; }

    /// <summary>In the officer's words, or <c>auto</c> when the desk noticed the silence itself.</summary>
    public string? Reason { get; init; }

    public required DateTimeOffset Since { get; init; }

    /// <summary>Last sign of life as of the last change of this row; the live value is kept in memory.</summary>
    public required DateTimeOffset LastSeen { get; init; }

    public bool IsHere => State is PresenceState.Free or PresenceState.Busy;
}
