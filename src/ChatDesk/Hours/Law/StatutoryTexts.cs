namespace ChatDesk.Hours.Law;

/// <summary>The texts that every law file must hold, with the places each of them fills.</summary>
internal static class StatutoryTexts
{
    /// <summary>Says that this was computed and decides nothing; stands above every reading.</summary>
    public const string Label = "label";

    public const string Received = "received";
    public const string ReceivedAtOpening = "received_at_opening";
    public const string Asked = "asked";
    public const string AskedTooOften = "asked_too_often";
    public const string WaitsForDocuments = "waits_for_documents";
    public const string Complete = "complete";
    public const string CompletedLater = "completed_later";
    public const string Limit = "limit";
    public const string DaysOff = "days_off";
    public const string Due = "due";
    public const string DueMoved = "due_moved";
    public const string InTime = "in_time";
    public const string NotYetDue = "not_yet_due";
    public const string Late = "late";
    public const string DecidedLate = "decided_late";
    public const string NoticeRule = "notice_rule";
    public const string NoticeGiven = "notice_given";
    public const string NoticeMissed = "notice_missed";
    public const string NoticeToday = "notice_today";
    public const string NoticeNext = "notice_next";
    public const string TellBy = "tell_by";
    public const string ToldInTime = "told_in_time";
    public const string ToldLate = "told_late";
    public const string NotToldInTime = "not_told_in_time";

    public static readonly IReadOnlyDictionary<string, string[]> Places = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        [Label] = [],
        [Received] = ["date"],
        [ReceivedAtOpening] = ["date", "opening"],
        [Asked] = ["date"],
        [AskedTooOften] = ["date", "allowed"],
        [WaitsForDocuments] = [],
        [Complete] = ["date"],
        [CompletedLater] = ["date"],
        [Limit] = ["days", "first_day"],
        [DaysOff] = ["list"],
        [Due] = ["date"],
        [DueMoved] = ["date", "moved_from"],
        [InTime] = ["date"],
        [NotYetDue] = ["date", "left"],
        [Late] = ["days"],
        [DecidedLate] = ["date", "days"],
        [NoticeRule] = ["every", "copy_to"],
        [NoticeGiven] = ["number", "date", "given"],
        [NoticeMissed] = ["number", "date"],
        [NoticeToday] = ["number", "date"],
        [NoticeNext] = ["number", "date"],
        [TellBy] = ["date"],
        [ToldInTime] = ["date"],
        [ToldLate] = ["date", "due"],
        [NotToldInTime] = ["due"],
    };

    /// <summary>What a drafted notice fills in.</summary>
    public static readonly IReadOnlyList<string> NoticePlaces =
        ["number", "today", "application", "office", "received", "limit", "due", "days", "reason", "new_date", "law", "section", "copy_to", "label"];

    /// <summary>Puts values into places in one pass, so that a value with braces in it stays a value.</summary>
    public static string Fill(string text, params ReadOnlySpan<(string Place, string Value)> places)
    {
        var filled = new System.Text.StringBuilder(text.Length * 2);
        for (var at = 0; at < text.Length;)
        {
            var open = text.IndexOf('{', at);
            var close = open < 0 ? -1 : text.IndexOf('}', open);
            if (close < 0) return filled.Append(text, at, text.Length - at).ToString();
            filled.Append(text, at, open - at);
            var name = text.AsSpan(open + 1, close - open - 1);
            foreach (var (place, value) in places)
            {
                if (name.SequenceEqual(place)) filled.Append(value);
            }
            at = close + 1;
        }
        return filled.ToString();
    }
}
