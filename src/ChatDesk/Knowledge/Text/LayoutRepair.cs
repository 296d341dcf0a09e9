namespace ChatDesk.Knowledge.Text;

/// <summary>
/// Undoes a forgotten keyboard switch: "gxbfihko" was ร้าน typed on the English layout. Done only when the text is
/// nearly all of one script, reads badly as it stands, and reads well with the other layout.
/// </summary>
internal static class LayoutRepair
{
    private const double NearlyAll = .9;
    private const double ReadsWell = .55;
    private const double Better = .25;

    /// <param name="text">As the contact wrote it: the case of Latin letters matters.</param>
    /// <param name="familiarity">How much of a text the knowledge has seen before, 0 to 1.</param>
    public static string Repair(string text, Func<string, double> familiarity)
    {
        var (latin, thai) = (text.Count(c => c is > ' ' and <= '~'), text.Count(ThaiText.IsThai));
        var visible = text.Count(c => !char.IsWhiteSpace(c));
        if (visible < 3)
            return text;
        var other = latin >= NearlyAll * visible && text.Any(char.IsAsciiLetter) ? Kedmanee.ToThai(text)
            : thai >= NearlyAll * visible ? Kedmanee.ToLatin(text)
            : null;
        if (other is null)
            return text;
        var known = familiarity(other);
        return known >= ReadsWell && known >= familiarity(text) + Better ? other : text;
    }
}
