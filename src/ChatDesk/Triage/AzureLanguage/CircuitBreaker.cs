namespace ChatDesk.Triage.AzureLanguage;

/// <summary>Stops asking a system that fails: after a few failures in a row nobody asks for a while, then one try decides.</summary>
internal sealed class CircuitBreaker(TimeProvider time)
{
    public const int FailuresToOpen = 3;

    public static readonly TimeSpan Rest = TimeSpan.FromSeconds(30);

    private readonly Lock _gate = new();
    private int _failures;
    private DateTimeOffset _closedUntil = DateTimeOffset.MinValue;

    /// <returns>True when the caller may ask now, and then must tell how it went.</returns>
    public bool MayTry()
    {
        lock (_gate)
        {
            if (_failures < FailuresToOpen) return true;
            var now = time.GetUtcNow();
            if (now < _closedUntil) return false;
            // This caller is the one try; the others wait another rest.
            _closedUntil = now + Rest;
            return true;
        }
    }

    public void Succeeded()
    {
        lock (_gate) _failures = 0;
    }

    public void Failed()
    {
        lock (_gate)
        {
            if (++_failures >= FailuresToOpen) _closedUntil = time.GetUtcNow() + Rest;
        }
    }
}
