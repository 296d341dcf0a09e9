using System.Globalization;
using ChatDesk.Cases.Model;

namespace ChatDesk.Cases.Open311;

/// <summary>Reads what a client sent, and says in the specification's way what is wrong with it.</summary>
internal static class Open311Reading
{
    /// <summary>As far apart as the two ends of a date range may be.</summary>
    private static readonly TimeSpan Span = TimeSpan.FromDays(90);

    public static (Open311Query? Query, string? Problem) Query(IQueryCollection given, DateTimeOffset now)
    {
        var kinds = new List<CaseKind>();
        foreach (var code in List(given["service_code"]))
        {
            if (Open311Requests.Service(code) is not { } kind) return (null, $"service_code '{code}' is not known");
            kinds.Add(kind);
        }
        if (!Moment(given["start_date"], out var from) || !Moment(given["end_date"], out var to)) return (null, "start_date and end_date are written as 2026-11-23T09:00:00+07:00");
        var ids = List(given["service_request_id"]).Select(id => CaseNumber.Read(id) ?? id).ToList();
        if (ids.Count == 0)
        {
            // Without dates the last 90 days; with one of them, 90 days from there.
            to ??= from is { } start ? start + Span : now;
            from ??= to - Span;
            if (to - from > Span) return (null, "start_date and end_date may be at most 90 days apart");
        }
        var status = given["status"].ToString();
        if (status is not ("" or "open" or "closed")) return (null, "status is open or closed");
        if (!Whole(given["page"], 1, 100_000, 1, out var page) || !Whole(given["page_size"], 1, Open311Requests.PageLimit, Open311Requests.PageLimit, out var size)) return (null, "page and page_size are whole numbers");
        return (new Open311Query
        {
            Ids = ids.Count > 0 ? ids : null,
            Kinds = kinds.Count > 0 ? kinds : null,
            From = from,
            To = to,
            Open = status.Length == 0 ? null : status == "open",
            Skip = (page - 1) * size,
            Take = size,
        }, null);
    }

    public static (Open311Report? Report, string? Problem) Report(IFormCollection form)
    {
        var description = form["description"].ToString().Trim();
        var address = form["address_string"].ToString().Trim();
        if (description.Length is 0 or > 4_000) return (null, "description is needed, at most 4000 characters");
        if (!Degrees(form["lat"], 90, out var latitude) || !Degrees(form["long"], 180, out var longitude)) return (null, "lat and long are decimal degrees");
        if (address.Length == 0 && (latitude is null || longitude is null)) return (null, "a location is needed: lat and long, or address_string");
        if (address.Length > 500) return (null, "address_string has at most 500 characters");
        var contact = string.Join(' ', new[] { form["first_name"].ToString(), form["last_name"].ToString(), form["phone"].ToString(), form["email"].ToString() }.Where(part => part.Length > 0));
        return contact.Length > 300
            ? (null, "name, phone and email have at most 300 characters together")
            : (new Open311Report(description, address.Length > 0 ? address : null, latitude, longitude, contact.Length > 0 ? contact : null), null);
    }

    private static string[] List(string? given) => (given ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static bool Moment(string? given, out DateTimeOffset? moment)
    {
        moment = null;
        if (string.IsNullOrEmpty(given)) return true;
        // A '+' that a client forgot to escape arrives as a space.
        if (!DateTimeOffset.TryParse(given.Replace(' ', '+'), CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var read)) return false;
        moment = read;
        return true;
    }

    private static bool Whole(string? given, int min, int max, int usual, out int number)
    {
        number = usual;
        return string.IsNullOrEmpty(given) || (int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out number) && number >= min && number <= max);
    }

    private static bool Degrees(string? given, int most, out double? degrees)
    {
        degrees = null;
        if (string.IsNullOrEmpty(given)) return true;
        if (!double.TryParse(given, NumberStyles.Float, CultureInfo.InvariantCulture, out var read) || !(Math.Abs(read) <= most)) return false;
        degrees = read;
        return true;
    }
}
