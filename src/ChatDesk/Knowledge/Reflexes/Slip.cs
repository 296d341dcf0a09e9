namespace ChatDesk.Knowledge.Reflexes;

/// <summary>Finds a text inside another with at most one character too many, too few or wrong (Sellers' algorithm).</summary>
internal static class Slip
{
    public static bool Contains(string text, string wanted)
    {
        // One slip leaves one half whole, and looking for that is far cheaper.
        var half = wanted.Length / 2;
        return (text.AsSpan().IndexOf(wanted.AsSpan(0, half)) >= 0 || text.AsSpan().IndexOf(wanted.AsSpan(half)) >= 0) && Search(text, wanted);
    }

    private static bool Search(string text, string wanted)
    {
        Span<int> column = stackalloc int[wanted.Length + 1];
        for (var i = 0; i < column.Length; i++)
            column[i] = i;
        foreach (var c in text)
        {
            var diagonal = 0;
            for (var i = 1; i < column.Length; i++)
            {
                var next = Math.Min(Math.Min(column[i], column[i - 1]) + 1, diagonal + (wanted[i - 1] == c ? 0 : 1));
                (diagonal, column[i]) = (column[i], next);
            }

            if (column[^1] <= 1)
                return true;
        }

        return false;
    }
}
