using System.Data;
using System.Diagnostics;
using Npgsql;

namespace ChatDesk.Delivery.Postgres;

/// <summary>
/// The way into the ledger for changes of many steps that a partner takes part in: one transaction at a time in this
/// process; between processes the rows they lock decide. Most turns do not come this way (<see cref="PostgresTurns"/>).
/// </summary>
/// <remarks>
/// Whoever changes an agency's queue holds its row in <c>desk_heads</c> until the commit, so that there is one order of events. What waits for it therefore goes
/// together into the next transaction, instead of each change waiting for the commit of every other one.
/// </remarks>
/// <param name="source">Where connections come from.</param>
/// <param name="partner">Who takes part.</param>
/// <param name="longest">
/// After how long no further change comes into a transaction. Far less than a heartbeat: the leases of the conversations in it are not extended while their rows are
/// locked, and other replicas wait for the agency's row. 50 ms when not given.
/// </param>
internal sealed class PostgresLane(NpgsqlDataSource source, IPostgresPartner partner, TimeSpan? longest = null)
{
    /// <summary>Changes in one transaction.</summary>
    private const int Most = 32;

    /// <summary>Two that waited for each other: PostgreSQL ends one of them, and it may try again.</summary>
    private const int Tries = 4;

    private readonly TimeSpan _longest = longest ?? TimeSpan.FromMilliseconds(50);
    private readonly PostgresSession _session = new();
    private readonly Lock _gate = new();
    private readonly List<LaneWork> _waiting = [];
    // What had no room in the last transaction.
    private List<LaneWork> _begun = [];
    private bool _isWorking;

    /// <summary>Lets the partner prepare and read what it needs. Once, before anything else.</summary>
    public void Join() => Read(() => partner.Join(_session));

    /// <summary>Changes something together with the partner, in a transaction of its own; nothing of it is kept when it throws.</summary>
    /// <exception cref="LedgerException">The database refused, or is away.</exception>
    public Task<T> WriteAsync<T>(Func<PostgresSession, T> work) => AddAsync(new LaneWork<T>(null, work));

    /// <summary>The same for a change that keeps to one conversation: others of its agency may come into the same transaction.</summary>
    /// <param name="agency">Whose queue it touches.</param>
    /// <param name="conversation">Whose row in <c>work</c> it locks; 0 for one that locks none.</param>
    /// <param name="work">Done again from the beginning when another one spoilt the transaction.</param>
    /// <param name="hasEffects">Whether it adds effects: then its transaction takes turns with all others that do, before any row.</param>
    /// <exception cref="LedgerException">The database refused, or is away.</exception>
    public Task<T> WriteAsync<T>(string agency, long conversation, Func<PostgresSession, T> work, bool hasEffects = false) =>
        AddAsync(new LaneWork<T>((agency, conversation), work) { HasEffects = hasEffects });

    /// <summary>Lets the partner take in what other processes did.</summary>
    /// <exception cref="LedgerException">The database refused, or is away.</exception>
    public Task CatchUpAsync() => AddAsync(new LaneWork<bool>(null, _ => true) { IsReading = true });

    private Task<T> AddAsync<T>(LaneWork<T> work)
    {
        lock (_gate)
        {
            _waiting.Add(work);
            if (_isWorking) return work.Task;
            _isWorking = true;
        }
        // The steps wait for the database one by one; they do so on a thread that has nothing else to do.
        _ = Task.Run(WorkOff);
        return work.Task;
    }

    private void WorkOff()
    {
        while (Next() is { } group)
        {
            if (group[0].IsReading) End(group, Attempt(() => Read(partner.CatchUp)));
            else Write(group);
        }
    }

    /// <returns>What has waited longest, and whatever else may come with it; null when nothing waits, and nobody works any more.</returns>
    private List<LaneWork>? Next()
    {
        lock (_gate)
        {
            if (_begun.Count > 0)
            {
                // Nobody else comes in between: what is locked late would be passed again and again by what is locked early.
                var begun = _begun;
                _begun = [];
                return begun;
            }
            if (_waiting is not [var first, ..])
            {
                _isWorking = false;
                return null;
            }
            // One that must be alone keeps its place: nothing passes it. Who wants to catch up has no place; once is enough for all.
            List<LaneWork> group = first switch
            {
                { IsReading: true } => [.. _waiting.Where(w => w.IsReading)],
                { Place: { } place } => [.. _waiting.TakeWhile(w => w.Place is not null || w.IsReading).Where(w => w.Place?.Agency == place.Agency).Take(Most)],
                _ => [first],
            };
            foreach (var one in group) _waiting.Remove(one);
            // Rows are locked in one order by everybody; of one conversation, what came first stays first.
            return [.. group.OrderBy(w => w.Place?.Conversation)];
        }
    }

    private void Write(List<LaneWork> group)
    {
        var done = new List<LaneWork>(group.Count);
        var isReady = false;
        var fault = Attempt(() => Transaction(group, done, out isReady));
        if (done.Count == 0)
        {
            // There was no transaction at all.
            End(group, fault);
            return;
        }
        // What had no room comes next.
        if (done.Count < group.Count)
        {
            lock (_gate) _begun = group[done.Count..];
        }
        // As long as the commit was not asked for nothing is kept, and only the one that spoilt it should hear of it. Afterwards, or when the line broke, nobody knows.
        if (fault is null || isReady || PostgresSource.IsBroken(fault)) End(done, fault);
        else foreach (var one in done) WriteAlone(one, done.Count == 1 ? fault : null);
    }

    /// <param name="one">What to do.</param>
    /// <param name="fault">How that ended when it was already tried alone.</param>
    private void WriteAlone(LaneWork one, Exception? fault)
    {
        var tries = fault is null ? 0 : 1;
        // All of it was undone, and the other one is through by now.
        while (tries == 0 || (tries < Tries && fault is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure }))
        {
            fault = Attempt(() => Transaction([one], [], out _));
            tries++;
        }
        End([one], fault);
    }

    /// <param name="group">What to do.</param>
    /// <param name="done">Gets what was begun of it: all, unless that would have taken too long.</param>
    /// <param name="isReady">True when only the commit was left to do.</param>
    private void Transaction(List<LaneWork> group, List<LaneWork> done, out bool isReady)
    {
        var ready = isReady = false;
        var began = Stopwatch.GetTimestamp();
        try
        {
            _session.Within(source, IsolationLevel.ReadCommitted, () =>
            {
                if (group.Any(one => one.HasEffects)) _session.Later(PostgresCommands.TakeTurnForEffects());
                foreach (var one in group.TakeWhile(_ => done.Count == 0 || Stopwatch.GetElapsedTime(began) < _longest))
                {
                    done.Add(one);
                    one.Do(_session);
                }
                _session.Flush();
                return ready = true;
            });
        }
        catch
        {
            partner.RolledBack();
            throw;
        }
        finally
        {
            isReady = ready;
        }
        partner.Committed();
    }

    private void Read(Action read) => _session.Within(source, IsolationLevel.RepeatableRead, () =>
    {
        read();
        return true;
    });

    private static Exception? Attempt(Action work)
    {
        try
        {
            work();
            return null;
        }
        catch (Exception fault)
        {
            // Whatever it was: whoever waits for it hears of it, and the next one's turn comes.
            return fault;
        }
    }

    private static void End(List<LaneWork> group, Exception? fault)
    {
        foreach (var one in group)
        {
            if (fault is null) one.Succeed();
            else one.Fail(PostgresSource.IsDatabases(fault) ? PostgresSource.Named(fault) : fault);
        }
    }
}

/// <summary>A change that waits for its transaction.</summary>
/// <param name="place">Whose queue and which conversation it keeps to; null for one that must be alone.</param>
internal abstract class LaneWork((string Agency, long Conversation)? place)
{
    public (string Agency, long Conversation)? Place => place;

    /// <summary>True for the partner's own catching up.</summary>
    public bool IsReading { get; init; }

    /// <summary>True for one that adds effects.</summary>
    public bool HasEffects { get; init; }

    public abstract void Do(PostgresSession session);

    public abstract void Succeed();

    public abstract void Fail(Exception fault);
}

/// <summary>One with an answer.</summary>
internal sealed class LaneWork<T>((string Agency, long Conversation)? place, Func<PostgresSession, T> work) : LaneWork(place)
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _answer = default!;

    public Task<T> Task => _done.Task;

    public override void Do(PostgresSession session) => _answer = work(session);

    public override void Succeed() => _done.SetResult(_answer);

    public override void Fail(Exception fault) => _done.SetException(fault);
}
