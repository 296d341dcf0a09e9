using System.Data;
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
internal sealed class PostgresLane(NpgsqlDataSource source, IPostgresPartner partner)
{
    /// <summary>
    /// Changes in one transaction, by their weight. It ends long before a heartbeat is due: the leases of the conversations in it are not extended while their rows
    /// are locked, and other replicas wait for the agency's row.
    /// </summary>
    private const int Most = 64;

    /// <summary>Two that waited for each other: PostgreSQL ends one of them, and it may try again.</summary>
    private const int Tries = 4;

    private readonly PostgresSession _session = new();
    private readonly Lock _gate = new();
    private readonly List<LaneWork> _waiting = [];
    private bool _isWorking;

    /// <summary>Lets the partner prepare and read what it needs. Once, before anything else.</summary>
    public void Join() => Read(() => partner.Join(_session));

    /// <summary>Changes something together with the partner, in a transaction of its own; nothing of it is kept when it throws.</summary>
    /// <exception cref="LedgerException">The database refused, or is away.</exception>
    public Task<T> WriteAsync<T>(Func<PostgresSession, T> work) => WriteAsync(new LoneWork<T>(work));

    /// <summary>The same for a change that keeps to one conversation: others of its agency may come into the same transaction.</summary>
    /// <exception cref="LedgerException">The database refused, or is away.</exception>
    public Task<T> WriteAsync<T>(LaneWork<T> work)
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

    /// <summary>Lets the partner take in what other processes did.</summary>
    /// <exception cref="LedgerException">The database refused, or is away.</exception>
    public Task CatchUpAsync() => WriteAsync(new LoneWork<bool>(_ => true) { IsReading = true });

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
            if (_waiting is not [var first, ..])
            {
                _isWorking = false;
                return null;
            }
            // One that must be alone keeps its place: nothing passes it. Who wants to catch up has no place; once is enough for all.
            List<LaneWork> group = first switch
            {
                { IsReading: true } => [.. _waiting.Where(w => w.IsReading)],
                { Place: { } place } => Fitting(_waiting.TakeWhile(w => w.Place is not null || w.IsReading).Where(w => w.Place?.Agency == place.Agency)),
                _ => [first],
            };
            foreach (var one in group) _waiting.Remove(one);
            // Rows are locked in one order by everybody; of one conversation, what came first stays first.
            return [.. group.OrderBy(w => w.Place?.Conversation)];
        }
    }

    private static List<LaneWork> Fitting(IEnumerable<LaneWork> waiting)
    {
        var room = Most;
        return [.. waiting.TakeWhile((one, place) => (room -= one.Weight) >= 0 || place == 0)];
    }

    private void Write(List<LaneWork> group)
    {
        var (wasOpen, isReady) = (false, false);
        var fault = Attempt(() => Transaction(group, out wasOpen, out isReady));
        // As long as the commit was not asked for nothing is kept, and only the one that spoilt it should hear of it. Afterwards, or when the line broke, nobody knows.
        if (fault is null || !wasOpen || isReady || PostgresSource.IsBroken(fault)) End(group, fault);
        else foreach (var one in group) WriteAlone(one, group.Count == 1 ? fault : null);
    }

    /// <param name="one">What to do.</param>
    /// <param name="fault">How that ended when it was already tried alone.</param>
    private void WriteAlone(LaneWork one, Exception? fault)
    {
        var tries = fault is null ? 0 : 1;
        // All of it was undone, and the other one is through by now.
        while (tries == 0 || (tries < Tries && fault is PostgresException { SqlState: PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure }))
        {
            fault = Attempt(() => Transaction([one], out _, out _));
            tries++;
        }
        End([one], fault);
    }

    /// <param name="group">What to do.</param>
    /// <param name="wasOpen">False when there was no transaction at all.</param>
    /// <param name="isReady">True when only the commit was left to do.</param>
    private void Transaction(List<LaneWork> group, out bool wasOpen, out bool isReady)
    {
        var (open, ready) = (wasOpen, isReady) = (false, false);
        try
        {
            _session.Within(source, IsolationLevel.ReadCommitted, () =>
            {
                open = true;
                if (group.Any(one => one.HasEffects)) _session.Later(PostgresCommands.TakeTurnForEffects());
                group[0].Do(_session, group);
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
            (wasOpen, isReady) = (open, ready);
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
internal abstract class LaneWork
{
    /// <summary>Whose queue it touches, and whose row in <c>work</c> it locks (0 for one that locks none); null for a change that must be alone.</summary>
    public virtual (string Agency, long Conversation)? Place => null;

    /// <summary>How much room it takes in a transaction: 1 for one that makes its steps together with the others.</summary>
    public virtual int Weight => 1;

    /// <summary>Whether it adds effects: then its transaction takes turns with all others that do, before any row.</summary>
    public virtual bool HasEffects => false;

    /// <summary>True for the partner's own catching up.</summary>
    public bool IsReading { get; init; }

    /// <summary>Does all of a group, the first of which this one is; again from the beginning, each alone, when one of them spoilt the transaction.</summary>
    /// <param name="session">The transaction.</param>
    /// <param name="group">The group: this one alone when it has no <see cref="Place"/>, otherwise others of its own kind with it.</param>
    public abstract void Do(PostgresSession session, IReadOnlyList<LaneWork> group);

    public abstract void Succeed();

    public abstract void Fail(Exception fault);
}

/// <summary>One with an answer.</summary>
/// <typeparam name="T">What it answers.</typeparam>
internal abstract class LaneWork<T> : LaneWork
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Task<T> Task => _done.Task;

    /// <summary>What is told when the transaction is durable.</summary>
    public T Answer { get; set; } = default!;

    public override void Succeed() => _done.SetResult(Answer);

    public override void Fail(Exception fault) => _done.SetException(fault);
}

/// <summary>One that is alone in its transaction.</summary>
/// <param name="work">Its steps.</param>
file sealed class LoneWork<T>(Func<PostgresSession, T> work) : LaneWork<T>
{
    public override void Do(PostgresSession session, IReadOnlyList<LaneWork> group) => Answer = work(session);
}
