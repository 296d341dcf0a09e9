namespace ChatDesk.Cases;

/// <summary>
/// Places where a test can end the process as kill -9 would: <c>CHATDESK_FAILPOINT=name:3</c> dies at the third passing.
/// Without the variable a passing costs one comparison.
/// </summary>
internal static class FailPoints
{
    private static readonly string? Name;
    private static int _left;

    static FailPoints()
    {
        if (Environment.GetEnvironmentVariable("CHATDESK_FAILPOINT") is not { Length: > 0 } set) return;
        var parts = set.Split(':');
        Name = parts[0];
        _left = parts.Length > 1 && int.TryParse(parts[1], System.Globalization.CultureInfo.InvariantCulture, out var count) ? count : 1;
    }

    /// <summary>Passes a place; ends the process when it is the one, and the time, that the variable names.</summary>
    public static void Hit(string name)
    {
        if (Name is null || Name != name || Interlocked.Decrement(ref _left) != 0) return;
        using var self = System.Diagnostics.Process.GetCurrentProcess();
        self.Kill();
        // The signal may take a moment, and nothing behind this line may happen: only this thread waits, and only to die.
        Thread.Sleep(Timeout.InfiniteTimeSpan);
    }
}
