namespace ChatDesk.Hours.Calendars;

/// <summary>What makes a day unlike the others of its week.</summary>
internal enum DayKind
{
    /// <summary>A public holiday.</summary>
    Holiday,

    /// <summary>A day off in place of a holiday that fell on a day off.</summary>
    Substitute,

    /// <summary>A day off that the cabinet or the agency added.</summary>
    Special,

    /// <summary>Open for a part of its usual hours.</summary>
    HalfDay,

    /// <summary>Open although it would not be, or longer.</summary>
    ExtraDay,
}

/// <summary>Why a day is special, in the words of the agency's editor.</summary>
/// <param name="Kind">What sort of day.</param>
/// <param name="Thai">Its name in Thai.</param>
/// <param name="English">Its name in English.</param>
/// <param name="IsSure">False while nobody has checked the day against the official announcement.</param>
/// <param name="Source">The file and line it was read from.</param>
internal sealed record DayNote(DayKind Kind, string Thai, string English, bool IsSure = true, string Source = "")
{
    /// <param name="language"><c>th</c> or <c>en</c>.</param>
    public string Name(string language) => language == "en" ? English : Thai;
}
