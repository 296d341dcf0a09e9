using System.Collections.Concurrent;

namespace ChatDesk.People.SignIn;

/// <summary>
/// Slows guessing down without locking the right person out. Wrong passwords count against where they come from: a
/// browser that signed in to this account before has a count of its own, everybody else is counted by address, and all
/// strangers together by account. Nothing is ever locked: every count only asks to wait, and forgets.
/// </summary>
/// <param name="time">The desk's clock.</param>
/// <param name="shared">What other replicas counted; null for a desk alone.</param>
internal sealed class SignInThrottle(TimeProvider time, SharedTries? shared = null)
{
    /// <summary>Wrong tries from one place before the first wait.</summary>
    public const int FreeTries = 5;

    /// <summary>Tries on one account by strangers, and from one address on any account, within <see cref="Window"/>.</summary>
    public const int TriesByStrangers = 10;

    /// <inheritdoc cref="TriesByStrangers"/>
    public const int TriesFromAddress = 50;

    public static readonly TimeSpan Window = TimeSpan.FromMinutes(15);

    /// <summary>What the last free try of a place waits for; every further one waits twice as long.</summary>
    public static readonly TimeSpan FirstWait = TimeSpan.FromSeconds(30);

    private const int MostCounts = 100_000;

    private readonly ConcurrentDictionary<string, Count> _counts = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();

    /// <summary>Counts a try here and at all replicas.</summary>
    /// <inheritdoc cref="Begin"/>
    public async ValueTask<TimeSpan> BeginAsync(SignInAttempt attempt)
    {
        var wait = Begin(attempt);
        return wait > TimeSpan.Zero || shared is null ? wait : await shared.BeginAsync(LimitsOf(attempt));
    }

    /// <inheritdoc cref="Succeeded"/>
    public ValueTask SucceededAsync(SignInAttempt attempt)
    {
        Succeeded(attempt);
        return shared?.SucceededAsync(LimitsOf(attempt)) ?? ValueTask.CompletedTask;
    }

    /// <summary>Counts a try before it is looked at, so that tries in parallel cannot slip through together.</summary>
    /// <param name="attempt">Who tries what from where.</param>
    /// <returns>How long to wait; zero when the try may go on.</returns>
    public TimeSpan Begin(SignInAttempt attempt)
    {
        lock (_gate)
        {
            if (_counts.Count > MostCounts) Forget();
            var now = time.GetUtcNow();
            var limits = LimitsOf(attempt);
            var wait = limits.Max(limit => Of(limit).WaitAt(now, limit));
            if (wait > TimeSpan.Zero) return wait;
            foreach (var limit in limits) Of(limit).Add(now, limit);
            return TimeSpan.Zero;
        }
    }

    /// <summary>The try was right: it does not count, and its place starts anew.</summary>
    public void Succeeded(SignInAttempt attempt)
    {
        lock (_gate)
        {
            foreach (var limit in LimitsOf(attempt)) Of(limit).TakeBack();
            _counts.TryRemove(attempt.Place, out _);
        }
    }

    private static IReadOnlyList<TryLimit> LimitsOf(SignInAttempt attempt)
    {
        var place = new TryLimit(attempt.Place, FreeTries, Doubles: true);
        return attempt.Device is not null
            ? [place]
            : [place, new($"{attempt.Account}|strangers", TriesByStrangers, Doubles: false), new($"|{attempt.Address}", TriesFromAddress, Doubles: false)];
    }

    private Count Of(TryLimit limit) => _counts.GetOrAdd(limit.Key, _ => new Count());

    private void Forget()
    {
        var now = time.GetUtcNow();
        foreach (var (key, count) in _counts)
        {
            if (count.IsOver(now)) _counts.TryRemove(key, out _);
        }
        // Still too many within a quarter of an hour: an attack with made-up names. Memory is worth more than their counts.
        if (_counts.Count > MostCounts) _counts.Clear();
    }

    /// <summary>How many counts are kept.</summary>
    public int Size => _counts.Count;

    private sealed class Count
    {
        private int _tries;
        private DateTimeOffset _since;
        private DateTimeOffset _waitUntil;

        public TimeSpan WaitAt(DateTimeOffset now, TryLimit limit)
        {
            if (now - _since >= Window && now >= _waitUntil) _tries = 0;
            if (_tries < limit.Tries) return TimeSpan.Zero;
            var until = limit.Doubles ? _waitUntil : _since + Window;
            return until > now ? until - now : TimeSpan.Zero;
        }

        public void Add(DateTimeOffset now, TryLimit limit)
        {
            if (_tries++ == 0) _since = now;
            if (!limit.Doubles || _tries < limit.Tries) return;
            var wait = FirstWait * Math.Pow(2, Math.Min(_tries - limit.Tries, 5));
            _waitUntil = now + (wait < Window ? wait : Window);
        }

        public void TakeBack() => _tries = Math.Max(0, _tries - 1);

        public bool IsOver(DateTimeOffset now) => now - _since >= Window && now >= _waitUntil;
    }
}

/// <summary>Who tries to sign in, and from where.</summary>
/// <param name="Account">The user name as typed, normalised; need not exist.</param>
/// <param name="Address">The network address it comes from.</param>
/// <param name="Device">The browser's mark, when it signed in to this account before.</param>
internal sealed record SignInAttempt(string Account, string Address, string? Device)
{
    public string Place => Device is null ? $"{Account}|{Address}" : $"{Account}|device|{Device}";
}
