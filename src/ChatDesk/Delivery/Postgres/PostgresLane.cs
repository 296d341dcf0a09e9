using System.Data;
using Npgsql;

namespace ChatDesk.Delivery.Postgres;

/// <summary>
/// The way into the ledger for changes of many steps that a partner takes part in: one transaction at a time in this
/// process; between processes the rows they lock decide. Most turns do not come this way (<see cref="PostgresTurns"/>).
/// </summary>
internal sealed class PostgresLane(NpgsqlDataSource source, IPostgresPartner partner) : IDisposable
{
    /// <summary>Two that waited for each other: PostgreSQL ends one of them, and it may try again.</summary>
    private const int Tries = 4;

    private readonly PostgresSession _session = new();
    private readonly SemaphoreSlim _free = new(1);

    /// <summary>Lets the partner prepare and read what it needs. Once, before anything else.</summary>
    public void Join() => _session.Within(source, IsolationLevel.RepeatableRead, () =>
    {
        partner.Join(_session);
        return true;
    });

    /// <summary>Changes something together with the partner; nothing of it is kept when it throws.</summary>
    /// <exception cref="LedgerException">The database refused, or is away.</exception>
    public Task<T> WriteAsync<T>(Func<PostgresSession, T> work) => AloneAsync(() =>
    {
        for (var tries = 1; ; tries++)
        {
            try
            {
                return Write(work);
            }
            catch (PostgresException fault) when (tries < Tries && fault.SqlState is PostgresErrorCodes.DeadlockDetected or PostgresErrorCodes.SerializationFailure)
            {
                // Everything was undone; from the beginning.
            }
        }
    });

    /// <summary>Lets the partner take in what other processes did.</summary>
    /// <exception cref="LedgerException">The database refused, or is away.</exception>
    public Task CatchUpAsync() => AloneAsync(() => _session.Within(source, IsolationLevel.RepeatableRead, () =>
    {
        partner.CatchUp();
        return true;
    }));

    public void Dispose() => _free.Dispose();

    private T Write<T>(Func<PostgresSession, T> work)
    {
        T result;
        try
        {
            result = _session.Within(source, IsolationLevel.ReadCommitted, () => work(_session));
        }
        catch
        {
            partner.RolledBack();
            throw;
        }
        partner.Committed();
        return result;
    }

    private async Task<T> AloneAsync<T>(Func<T> work)
    {
        await _free.WaitAsync();
        try
        {
            // The steps wait for the database one by one; they do so on a thread that has nothing else to do.
            return await Task.Run(work);
        }
        catch (Exception fault) when (fault is NpgsqlException or TimeoutException or IOException)
        {
            throw PostgresSource.Named(fault);
        }
        finally
        {
            _free.Release();
        }
    }
}
