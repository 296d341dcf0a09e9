using System.Text.Json.Serialization;

namespace ChatDesk.Cases.Model;

/// <summary>Something done to a case. Stored by name: never rename a member.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CaseDeed>))]
internal enum CaseDeed
{
    Open,

    /// <summary>An officer has begun to look at it.</summary>
    Assess,

    /// <summary>Given to a unit, an officer, or both.</summary>
    Assign,
    Ask,

    /// <summary>The contact answers the question.</summary>
    Reply,
    Answer,

    /// <summary>It was put right: needs evidence.</summary>
    Fix,

    /// <summary>It will not be done: needs a reason.</summary>
    Reject,

    /// <summary>The contact says it is not right; needs nothing but the tap.</summary>
    Contest,

    /// <summary>The contact is content.</summary>
    Accept,

    /// <summary>An officer takes it up again.</summary>
    Reopen,

    /// <summary>Nobody contested in time.</summary>
    Close,

    /// <summary>Goes on in another case on the same matter.</summary>
    Merge,

    /// <summary>Belongs together with another case.</summary>
    Link,

    /// <summary>For officers only.</summary>
    Note,

    /// <summary>Tells the contact how far it is.</summary>
    Progress,

    /// <summary>How urgent it is and how it sounds.</summary>
    Triage,

    /// <summary>The contact adds words or files.</summary>
    Add,

    /// <summary>What the office knows of the application that is late, for the statutory clock.</summary>
    Law,
}

/// <summary>Who did it. Stored by name: never rename a member.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CaseParty>))]
internal enum CaseParty
{
    Contact,
    Officer,

    /// <summary>The desk itself: clocks, triage.</summary>
    Desk,
}
