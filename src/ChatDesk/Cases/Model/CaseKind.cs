using System.Text.Json.Serialization;

namespace ChatDesk.Cases.Model;

/// <summary>What a case is about. Stored by name: never rename a member.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CaseKind>))]
internal enum CaseKind
{
    Complaint,

    /// <summary>A licence decision that is late: the facilitation law's own clock runs beside the agency's.</summary>
    Delay,

    /// <summary>A nuisance by a business, or how an inspection went.</summary>
    Inspection,

    /// <summary>An officer's conduct, bribery among it. Kept in the protected channel.</summary>
    Conduct,
    Question,
    Suggestion,
}

/// <summary>How soon somebody should look. Stored by name: never rename a member.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<CaseUrgency>))]
internal enum CaseUrgency
{
    Normal,

    /// <summary>Angry, or pressed for time.</summary>
    High,

    /// <summary>Danger to people: first of all.</summary>
    Danger,
}
