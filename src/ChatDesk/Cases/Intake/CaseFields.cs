using System.Globalization;
using ChatDesk.Activities;
using ChatDesk.Cases.Model;

namespace ChatDesk.Cases.Intake;

/// <summary>
/// Makes a case's opening of what a dialog asked. Slots with these names have a place of their own in a case; all others are
/// kept beside it under the name the editor gave them.
/// </summary>
internal static class CaseFields
{
    private static readonly string[] What = ["what", "topic", "details", "permit"];
    private static readonly string[] Place = ["where", "place", "office"];
    private static readonly string[] Day = ["when_it_was", "day", "filed"];
    private static readonly string[] Files = ["photo", "photos", "evidence", "files"];
    private static readonly string[] Wish = ["wish", "wants"];
    private static readonly string[] Contact = ["contact", "phone", "email"];

    public static CaseOpening Opening(CaseWish wish, ConversationKey? conversation)
    {
        var left = new Dictionary<string, string>(wish.Fields, StringComparer.Ordinal);
        var place = Take(left, Place);
        var (latitude, longitude) = Pin(place);
        return new CaseOpening
        {
            Number = wish.Number,
            Code = wish.Code,
            Kind = Kind(wish.Type, wish.Category),
            Topic = wish.Category ?? wish.Type,
            Summary = wish.Summary,
            What = Take(left, What),
            Place = place,
            Latitude = latitude,
            Longitude = longitude,
            Day = Take(left, Day),
            Wish = Take(left, Wish),
            Contact = Take(left, Contact),
            Anonymous = IsYes(Take(left, "anonymous")),
            Danger = IsYes(Take(left, "danger")),
            Files = Take(left, Files)?.Split(' ', StringSplitOptions.RemoveEmptyEntries) ?? [],
            Fields = left,
            Channel = conversation?.Channel,
            Address = conversation?.Address,
            Language = wish.Language ?? "th",
            PromisedBy = wish.PromisedBy,
            PromiseRule = wish.Type,
            CalendarVersion = wish.CalendarVersion,
        };
    }

    /// <summary>What is said about an officer's conduct goes to the protected channel, whichever dialog it came by.</summary>
    public static CaseKind Kind(string type, string? category) => (type, category) switch
    {
        (_, "conduct" or "officer" or "bribery") or ("conduct" or "bribery", _) => CaseKind.Conduct,
        (_, "delay") or ("delay", _) => CaseKind.Delay,
        ("inspection", _) => CaseKind.Inspection,
        ("question", _) => CaseKind.Question,
        ("suggestion", _) => CaseKind.Suggestion,
        _ => CaseKind.Complaint,
    };

    private static string? Take(Dictionary<string, string> fields, params ReadOnlySpan<string> names)
    {
        foreach (var name in names)
        {
            if (fields.Remove(name, out var value) && value.Length > 0) return value;
        }
        return null;
    }

    private static bool IsYes(string? value) => value is "yes" or "true";

    /// <summary>A pin without an address is written as two numbers.</summary>
    private static (double? Latitude, double? Longitude) Pin(string? place)
    {
        if (place?.Split(", ") is not [var first, var second]) return default;
        return double.TryParse(first, CultureInfo.InvariantCulture, out var latitude) && double.TryParse(second, CultureInfo.InvariantCulture, out var longitude)
            && Math.Abs(latitude) <= 90 && Math.Abs(longitude) <= 180
            ? (latitude, longitude) : default;
    }
}
