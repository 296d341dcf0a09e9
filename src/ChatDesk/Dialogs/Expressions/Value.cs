using System.Globalization;

namespace ChatDesk.Dialogs.Expressions;

/// <summary>What a slot or an expression can hold.</summary>
internal enum ValueKind
{
    None,
    Text,
    Number,
    YesNo,
    Date,
    Time,

    /// <summary>Row names found by a lookup, joined with commas.</summary>
    List,
}

/// <summary>One value while an expression is worked out. Kept in dialog state as <see cref="Text"/>, the same in every culture.</summary>
/// <param name="Type">How to read the other two.</param>
/// <param name="Text">The canonical text: 150, 2026-01-15, 13:30, yes, no.</param>
/// <param name="Number">The number; for a date its day number, for a time its minutes, for yes 1.</param>
internal readonly record struct Value(ValueKind Type, string Text, decimal Number)
{
    public static readonly Value None = new(ValueKind.None, "", 0);
    public static readonly Value Yes = new(ValueKind.YesNo, "yes", 1);
    public static readonly Value No = new(ValueKind.YesNo, "no", 0);

    public bool IsNone => Type == ValueKind.None;

    public bool IsYes => Type == ValueKind.YesNo && Number == 1;

    public static Value Of(bool truth) => truth ? Yes : No;

    public static Value Of(string text) => new(ValueKind.Text, text, 0);

    public static Value Of(decimal number) => new(ValueKind.Number, number.ToString("0.############", CultureInfo.InvariantCulture), number);

    public static Value Of(DateOnly date) => new(ValueKind.Date, date.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture), date.DayNumber);

    public static Value Of(TimeOnly time) =>
        new(ValueKind.Time, time.ToString("HH:mm", CultureInfo.InvariantCulture), (decimal)time.ToTimeSpan().TotalMinutes);

    /// <summary>Reads a stored text back. A text that does not fit the type (an old state, an odd connector) counts as nothing.</summary>
    public static Value Read(ValueKind type, string? stored)
    {
        if (string.IsNullOrEmpty(stored))
            return None;
        return type switch
        {
            ValueKind.Number => decimal.TryParse(stored, NumberStyles.Number, CultureInfo.InvariantCulture, out var n) ? Of(n) : None,
            ValueKind.Date => DateOnly.TryParseExact(stored, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var d) ? Of(d) : None,
            ValueKind.Time => TimeOnly.TryParseExact(stored, "HH:mm", CultureInfo.InvariantCulture, DateTimeStyles.None, out var t) ? Of(t) : None,
            ValueKind.YesNo => stored == "yes" ? Yes : stored == "no" ? No : None,
            ValueKind.List => new Value(ValueKind.List, stored, 0),
            _ => Of(stored),
        };
    }

    public DateOnly? AsDate => Type == ValueKind.Date ? DateOnly.FromDayNumber((int)Number) : null;

    public string[] AsList => Type == ValueKind.List ? Text.Split(',', StringSplitOptions.RemoveEmptyEntries) : [];
}
