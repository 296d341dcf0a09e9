using System.Globalization;
using ChatDesk.Activities;
using ChatDesk.Dialogs.Format;

namespace ChatDesk.Dialogs.Answers;

/// <summary>A province with every way of writing it, folded.</summary>
internal sealed record Province(string Th, string En, IReadOnlyList<string> Names);

/// <summary>Reads addresses: the whole is kept as written, the administrative parts are picked out of it.</summary>
internal static class AddressAnswer
{
    private const int Shortest = 4;

    public static Answer Read(Slot slot, Heard heard, Vocabulary words)
    {
        var written = heard.IsText ? heard.Text.Trim() : heard.Location?.Address?.Trim();
        if (written is null || written.Length < Shortest)
            return Answer.Not();
        var parts = Parts(Folding.Fold(written), words);
        var missing = slot.Parts.FirstOrDefault(p => !parts.ContainsKey(p));
        if (missing is not null)
            return Answer.Not("missing_part", missing);
        return written.Length <= (int)(slot.Max ?? 500) ? new Answer(written) { Parts = parts } : Answer.Not("too_long");
    }

    public static Dictionary<string, string> Parts(string folded, Vocabulary words)
    {
        var parts = new Dictionary<string, string>(StringComparer.Ordinal);
        if (FindProvince(folded, words) is { } province)
            parts["province"] = province.Th;
        if (Postcode(folded) is { } postcode)
            parts["postcode"] = postcode;
        foreach (var (part, markers) in new[] { ("subdistrict", words.SubdistrictMarkers), ("district", words.DistrictMarkers) })
        {
            if (After(folded, markers) is { } name)
                parts[part] = name;
        }
        if (!parts.ContainsKey("district") && BeforeProvince(folded, words) is { } district)
            parts["district"] = district;
        return parts;
    }

    /// <summary>The last five figures that stand alone and do not begin with 0.</summary>
    private static string? Postcode(string folded)
    {
        for (var end = folded.Length; end >= 5; end--)
        {
            if (!char.IsAsciiDigit(folded[end - 1]))
                continue;
            var from = end;
            while (from > 0 && char.IsAsciiDigit(folded[from - 1]))
                from--;
            if (end - from == 5 && folded[from] != '0')
                return folded[from..end];
            end = from + 1;
        }
        return null;
    }

    /// <summary>The province named last; a road called "Chiang Mai Road" stands before it.</summary>
    public static Province? FindProvince(string folded, Vocabulary words) => FindProvince(folded, words, out _);

    /// <summary>"สีลม บางรัก กทม": without a marker, the name right before the province, unless it is a road's or a house's.</summary>
    private static string? BeforeProvince(string folded, Vocabulary words)
    {
        if (FindProvince(folded, words, out var at) is null)
            return null;
        var before = folded[..at].TrimEnd(' ', ',');
        if (before.EndsWith("จังหวัด", StringComparison.Ordinal) || before.EndsWith("จ.", StringComparison.Ordinal))
            before = before[..^(before[^1] == '.' ? 2 : "จังหวัด".Length)].TrimEnd(' ', ',');
        if (before.Length == 0)
            return null;
        var latin = char.IsAsciiLetter(before[^1]);
        var name = before[(before.LastIndexOf(latin ? ',' : ' ') + 1)..].Trim();
        return name.Length is >= 3 and <= 40 && !name.Any(char.IsAsciiDigit) && !IsRoad(name, words) ? name : null;
    }

    private static bool IsRoad(string name, Vocabulary words) =>
        words.RoadWords.Any(w => char.IsAsciiLetter(w[0])
            ? $" {name} ".Contains($" {w} ", StringComparison.Ordinal)
            : name.StartsWith(w, StringComparison.Ordinal) || name == w);

    private static Province? FindProvince(string folded, Vocabulary words, out int start)
    {
        start = -1;
        Province? found = null;
        var (last, longest) = (-1, 0);
        for (var at = 0; at < folded.Length; at++)
        {
            if (!words.ProvinceNames.TryFind(folded, at, out var length, out var province) || !StandsAlone(folded, at, length))
                continue;
            if (at + length > last || (at + length == last && length > longest))
                (found, last, longest, start) = (province, at + length, length, at);
        }
        return found;
    }

    /// <summary>Short names (เลย, ตาก) are also parts of other words, so they need borders on both sides. Latin words always have them.</summary>
    private static bool StandsAlone(string folded, int at, int length)
    {
        if (length > 4 || !IsThai(folded[at]))
            return true;
        var before = folded.AsSpan(0, at).TrimEnd();
        return (before.Length < at || at == 0 || before[^1] is '.' or ',' || before.EndsWith("จังหวัด", StringComparison.Ordinal))
            && (at + length == folded.Length || !IsThai(folded[at + length]));
    }

    private static bool IsThai(char c) => c is >= '\u0e01' and <= '\u0e4e';

    /// <summary>The name beside the first marker that has one.</summary>
    private static string? After(string folded, IReadOnlyList<string> markers)
    {
        foreach (var marker in markers)
        {
            for (var at = folded.IndexOf(marker, StringComparison.Ordinal); at >= 0; at = folded.IndexOf(marker, at + 1, StringComparison.Ordinal))
            {
                var name = char.IsAsciiLetter(marker[0]) ? NameBefore(folded, at) : NameAfter(folded, at + marker.Length);
                // "Amphoe Mueang": the Thai word in Latin letters stands before its name.
                if (name.Length == 0 && char.IsAsciiLetter(marker[0]) && (at == 0 || folded[at - 1] is ' ' or ','))
                    name = LatinAfter(folded, at + marker.Length);
                if (name.Length > 1)
                    return name;
            }
        }
        return null;
    }

    /// <summary>Thai names follow their marker up to the next space: อ.เมือง.</summary>
    private static string NameAfter(string folded, int from)
    {
        while (from < folded.Length && folded[from] == ' ')
            from++;
        var end = from;
        while (end < folded.Length && folded[end] is not (' ' or ',' or '\n') && !char.IsAsciiDigit(folded[end]))
            end++;
        return folded[from..end];
    }

    private static string LatinAfter(string folded, int from)
    {
        if (from >= folded.Length || folded[from] != ' ')
            return "";
        var end = folded.IndexOf(',', from);
        var name = folded[from..(end < 0 ? folded.Length : end)].Trim();
        return name.Length <= 40 && !name.Any(char.IsAsciiDigit) ? name : "";
    }

    /// <summary>English names stand before theirs, back to the comma: Mueang District. "Sub-district" is another marker.</summary>
    private static string NameBefore(string folded, int at)
    {
        if (at < 2 || folded[at - 1] != ' ')
            return "";
        var before = folded[..at].TrimEnd();
        return before.EndsWith(" sub", StringComparison.Ordinal) ? "" : before[(before.LastIndexOf(',') + 1)..].Trim();
    }
}

/// <summary>Reads a place: a pin on the map, coordinates, or a description.</summary>
internal static class LocationAnswer
{
    public static Answer Read(Slot slot, Heard heard)
    {
        if (heard.Location is { } pin && double.IsFinite(pin.Latitude) && double.IsFinite(pin.Longitude))
            return At(Degrees(pin.Latitude), Degrees(pin.Longitude), pin);
        if (!heard.IsText)
            return Answer.Not();
        var match = Patterns.Coordinates.Match(heard.Folded);
        if (match.Success)
            return At(match.Groups[1].Value, match.Groups[2].Value, null);
        var text = heard.Text.Trim();
        if (text.Length < (int)(slot.Min ?? 4))
            return Answer.Not("too_short");
        return text.Length <= (int)(slot.Max ?? 500) ? new Answer(text) : Answer.Not("too_long");
    }

    private static string Degrees(double degrees) => degrees.ToString("0.######", CultureInfo.InvariantCulture);

    private static Answer At(string lat, string lon, GeoPoint? pin)
    {
        var words = pin?.Address ?? pin?.Title;
        return new Answer(string.IsNullOrWhiteSpace(words) ? $"{lat}, {lon}" : words.Trim())
        {
            Parts = new Dictionary<string, string> { ["lat"] = lat, ["lon"] = lon },
        };
    }
}
