using System.Globalization;

namespace ChatDesk.Hours.Files;

/// <summary>Reads a length of time as editors write it: <c>45m</c>, <c>3h</c>, <c>1h30m</c>. There are no days: a business day has no fixed length.</summary>
internal static class DurationText
{
    public const string Example = "write hours and minutes, such as 45m, 3h or 1h30m";

    public static TimeSpan? Read(string text)
    {
        var total = TimeSpan.Zero;
        var rest = text.Trim();
        foreach (var (letter, unit) in ((char, TimeSpan)[])[('h', TimeSpan.FromHours(1)), ('m', TimeSpan.FromMinutes(1))])
        {
            if (rest.IndexOf(letter) is not (> 0 and var at)) continue;
            if (!int.TryParse(rest.AsSpan(0, at), NumberStyles.None, CultureInfo.InvariantCulture, out var number) || number > 100_000) return null;
            total += unit * number;
            rest = rest[(at + 1)..];
        }
        return rest.Length == 0 && text.Trim().Length > 0 ? total : null;
    }
}
