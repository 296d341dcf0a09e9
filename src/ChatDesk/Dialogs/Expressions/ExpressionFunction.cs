using System.Collections.Frozen;

namespace ChatDesk.Dialogs.Expressions;

/// <summary>A function that expressions may call. The list is closed; a file cannot add to it.</summary>
/// <param name="Takes">Expected types; null takes any.</param>
/// <param name="Returns">The type that comes out.</param>
/// <param name="Work">Works it out; must not throw for any values of these types, including nothing.</param>
internal sealed record ExpressionFunction(ValueKind?[] Takes, ValueKind Returns, Func<Value[], Scope, Value> Work)
{
    /// <summary>Ten years: nobody waits longer for a permit, and a loop over days stays short.</summary>
    private const int MaxDays = 3_660;

    private const ValueKind Number = ValueKind.Number;
    private const ValueKind Date = ValueKind.Date;

    public static readonly FrozenDictionary<string, ExpressionFunction> All = new Dictionary<string, ExpressionFunction>
    {
        ["filled"] = new([null], ValueKind.YesNo, (v, _) => Value.Of(!v[0].IsNone)),
        ["count"] = new([ValueKind.List], Number, (v, _) => Value.Of(v[0].AsList.Length)),
        ["has"] = new([ValueKind.List, ValueKind.Text], ValueKind.YesNo, (v, _) => Value.Of(v[0].AsList.Contains(v[1].Text))),
        ["length"] = new([ValueKind.Text], Number, (v, _) => Value.Of(v[0].Text.Length)),
        ["min"] = new([Number, Number], Number, (v, _) => Numbers(v, Math.Min)),
        ["max"] = new([Number, Number], Number, (v, _) => Numbers(v, Math.Max)),
        ["round"] = new([Number], Number, (v, _) => Rounded(v[0], n => Math.Round(n, MidpointRounding.AwayFromZero))),
        ["ceil"] = new([Number], Number, (v, _) => Rounded(v[0], Math.Ceiling)),
        ["floor"] = new([Number], Number, (v, _) => Rounded(v[0], Math.Floor)),
        ["today"] = new([], Date, (_, s) => Value.Of(s.Today)),
        ["days"] = new([Date, Date], Number, (v, _) => v[0].IsNone || v[1].IsNone ? Value.None : Value.Of(v[1].Number - v[0].Number)),
        ["workdays"] = new([Date, Date], Number, (v, s) => WorkDays(v[0], v[1], s)),
        ["add_days"] = new([Date, Number], Date, (v, _) => Add(v[0], v[1], _ => true)),
        ["add_workdays"] = new([Date, Number], Date, (v, s) => Add(v[0], v[1], s.IsWorkingDay)),
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static Value Numbers(Value[] v, Func<decimal, decimal, decimal> pick) =>
        v[0].IsNone || v[1].IsNone ? Value.None : Value.Of(pick(v[0].Number, v[1].Number));

    private static Value Rounded(Value v, Func<decimal, decimal> round) => v.IsNone ? Value.None : Value.Of(round(v.Number));

    /// <summary>Working days after the first date, up to and with the second: how an office counts "within 15 days of".</summary>
    private static Value WorkDays(Value from, Value to, Scope scope)
    {
        if (from.AsDate is not { } day || to.AsDate is not { } last)
            return Value.None;
        var count = 0;
        for (var i = 0; day < last && i < MaxDays; i++)
        {
            day = day.AddDays(1);
            if (scope.IsWorkingDay(day))
                count++;
        }
        return Value.Of(count);
    }

    private static Value Add(Value from, Value howMany, Func<DateOnly, bool> counts)
    {
        if (from.AsDate is not { } day || howMany.IsNone || day.Year is < 1900 or > 9900)
            return Value.None;
        var left = (int)Math.Clamp(howMany.Number, 0, MaxDays);
        for (var i = 0; left > 0 && i < 2 * MaxDays; i++)
        {
            day = day.AddDays(1);
            if (counts(day))
                left--;
        }
        return Value.Of(day);
    }
}
