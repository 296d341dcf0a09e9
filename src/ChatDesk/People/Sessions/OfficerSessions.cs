using System.Collections.Concurrent;
using System.Security.Claims;
using System.Security.Cryptography;
using System.Text;
using ChatDesk.Data;
using ChatDesk.People.SignIn;
using Microsoft.EntityFrameworkCore;

namespace ChatDesk.People.Sessions;

/// <summary>
/// Who is signed in. A request is believed for at most <see cref="Freshness"/> after the database was asked; live circuits
/// and sockets <see cref="Watch"/> their session and are told when it ends: at once when this process ended it, within
/// <see cref="Freshness"/> and one look of <see cref="SessionWatchWorker"/> when another replica did.
/// </summary>
internal sealed class OfficerSessions(DeskDatabase database, PeopleOptions options, TimeProvider time)
{
    public static readonly TimeSpan Freshness = TimeSpan.FromSeconds(2);

    private readonly ConcurrentDictionary<string, Known> _known = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<Subscription, byte> _watched = new();
    private long _generation;

    /// <summary>Opens a session and returns its secret, 128 random bits for the cookie.</summary>
    public async Task<string> BeginAsync(Officer officer, string proof, string address, string browser, CancellationToken cancellation = default)
    {
        var secret = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(16));
        var now = time.GetUtcNow();
        await using var context = database.Open(officer.Agency);
        context.Add(new OfficerSession
        {
            Id = Hash(secret),
            Agency = officer.Agency,
            OfficerId = officer.Id,
            Stamp = officer.SecurityStamp!,
            Proof = proof,
            StartedAt = now,
            EndsAt = now + options.SessionLength,
            Address = address,
            Browser = browser.Length > 200 ? browser[..200] : browser,
        });
        await context.SaveChangesAsync(cancellation);
        return secret;
    }

    /// <summary>The principal of a session as its officer is now, or null when the session has ended.</summary>
    /// <param name="cookie">What the cookie, or an earlier call, carried.</param>
    public async ValueTask<ClaimsPrincipal?> FindAsync(ClaimsPrincipal cookie)
    {
        if (cookie.FindFirstValue(DeskClaims.Session) is not { Length: > 0 } secret) return null;
        var id = Hash(secret);
        var now = time.GetUtcNow();
        // Read before the database is: an answer older than a change made here is never believed.
        var generation = Volatile.Read(ref _generation);
        if (!_known.TryGetValue(id, out var known) || known.Generation != generation || now - known.AskedAt >= Freshness)
        {
            var held = await ReadAsync(id);
            known = new Known(held?.Officer, held?.Session, now, generation);
            _known[id] = known;
        }
        if (known is not { Officer: { } officer, Session: { } session } || session.EndsAt <= now) return null;
        return OfficerPrincipal.ForRequest(officer, secret, MustSecure(officer, session));
    }

    /// <summary>Tells a circuit or socket once when its session has ended. Dispose to stop watching.</summary>
    /// <param name="principal">Who it belongs to.</param>
    /// <param name="ended">Called once, on a pool thread.</param>
    public IDisposable Watch(ClaimsPrincipal principal, Action ended)
    {
        var secret = principal.FindFirstValue(DeskClaims.Session) ?? throw new InvalidOperationException("nobody is signed in");
        var subscription = new Subscription(this, Hash(secret), ended);
        _watched[subscription] = 0;
        return subscription;
    }

    /// <summary>Signs one session out, everywhere.</summary>
    public async Task EndAsync(ClaimsPrincipal principal)
    {
        if (principal.FindFirstValue(DeskClaims.Session) is not { } secret) return;
        var id = Hash(secret);
        await using (var context = database.OpenForAll()) await context.Set<OfficerSession>().Where(s => s.Id == id).ExecuteDeleteAsync();
        await ChangedAsync();
    }

    /// <summary>To be called after every change to an account: nothing that was known is believed any more, and circuits that no longer hold are told.</summary>
    public Task ChangedAsync()
    {
        Interlocked.Increment(ref _generation);
        return LookAsync();
    }

    /// <summary>Asks the database once for all watched sessions and tells those that ended.</summary>
    public async Task LookAsync()
    {
        if (_watched.IsEmpty) return;
        var ids = _watched.Keys.Select(s => s.SessionId).Distinct().ToList();
        var now = time.GetUtcNow();
        await using var context = database.OpenForAll();
        var holding = await Holding(context).Where(h => ids.Contains(h.Session.Id) && h.Session.EndsAt > now).Select(h => h.Session.Id).ToListAsync();
        var ended = ids.Except(holding, StringComparer.Ordinal).ToHashSet(StringComparer.Ordinal);
        foreach (var subscription in _watched.Keys.Where(s => ended.Contains(s.SessionId))) subscription.End();
    }

    /// <summary>Removes what is over.</summary>
    public async Task SweepAsync()
    {
        var now = time.GetUtcNow();
        foreach (var (id, known) in _known)
        {
            if (now - known.AskedAt > Freshness) _known.TryRemove(id, out _);
        }
        await using var context = database.OpenForAll();
        await context.Set<OfficerSession>().Where(s => s.EndsAt <= now).ExecuteDeleteAsync();
    }

    private bool MustSecure(Officer officer, OfficerSession session) =>
        !officer.TwoFactorEnabled && !officer.IsDemo && session.Proof != SessionProof.Provider && options.DemandsSecondFactor(officer.Role);

    private async Task<Held?> ReadAsync(string id)
    {
        await using var context = database.OpenForAll();
        return await Holding(context).AsNoTracking().FirstOrDefaultAsync(h => h.Session.Id == id);
    }

    private static IQueryable<Held> Holding(DeskContext context) =>
        from session in context.Set<OfficerSession>()
        join officer in context.Set<Officer>() on session.OfficerId equals officer.Id
        where session.Stamp == officer.SecurityStamp && !officer.Disabled
        select new Held { Session = session, Officer = officer };

    private static string Hash(string secret) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(secret)));

    private sealed class Held
    {
        public required OfficerSession Session { get; init; }

        public required Officer Officer { get; init; }
    }

    /// <summary>What the database said, and before which change.</summary>
    private sealed record Known(Officer? Officer, OfficerSession? Session, DateTimeOffset AskedAt, long Generation);

    private sealed class Subscription(OfficerSessions sessions, string sessionId, Action ended) : IDisposable
    {
        private int _told;

        public string SessionId => sessionId;

        public void End()
        {
            Dispose();
            if (Interlocked.Exchange(ref _told, 1) == 0) Task.Run(ended);
        }

        public void Dispose() => sessions._watched.TryRemove(this, out _);
    }
}
