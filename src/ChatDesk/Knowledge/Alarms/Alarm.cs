namespace ChatDesk.Knowledge.Alarms;

/// <summary>What the alarm model read out of a message.</summary>
/// <param name="Kind">The likeliest kind, as the lines name it; <see cref="AlarmModel.None"/> for none.</param>
/// <param name="Probability">How likely that kind is, and with it its brothers (every emergency counts for every other).</param>
/// <param name="Harmless">How likely it is no alarm at all.</param>
/// <param name="Signs">The groups of words it was read from; empty when no group that means something was met.</param>
internal sealed record Alarm(string Kind, double Probability, double Harmless, IReadOnlyList<string> Signs)
{
    public static readonly Alarm None = new(AlarmModel.None, 0, 1, []);
}
