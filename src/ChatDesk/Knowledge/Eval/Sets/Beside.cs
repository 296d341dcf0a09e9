namespace ChatDesk.Knowledge.Eval.Sets;

/// <summary>A figure held against a baseline's.</summary>
internal static class Beside
{
    // What is printed has three places, so half of the last is no difference.
    private const double APoint = .01 + .0005;

    /// <returns>Whether <paramref name="here"/> is at most a point below, and by how many points it differs.</returns>
    public static string Point(double here, double baseline) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{(here >= baseline - APoint ? "yes" : "NO")} {100 * (here - baseline):+0.0;-0.0;0.0}");
}
