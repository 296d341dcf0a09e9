using Npgsql;

namespace ChatDesk.Delivery.Postgres;

/// <summary>Connections, and the one name under which everything that can go wrong with them is thrown.</summary>
internal sealed class PostgresSource(NpgsqlDataSource source)
{
    /// <summary>The database's word, without any value of a row.</summary>
    public static LedgerException Named(Exception fault) => fault switch
    {
        PostgresException told => new LedgerException($"PostgreSQL {told.SqlState}: {told.MessageText}"),
        _ => new LedgerException($"PostgreSQL cannot be reached or broke off: {fault.GetType().Name}: {fault.Message}"),
    };

    /// <summary>True for what the database or the line to it is to blame for.</summary>
    public static bool IsDatabases(Exception fault) => fault is NpgsqlException or TimeoutException or IOException;

    /// <summary>True when the line broke, so that nobody knows what of the last words arrived.</summary>
    public static bool IsBroken(Exception fault) => IsDatabases(fault) && fault is not PostgresException;

    /// <summary>Does something on a connection of its own.</summary>
    /// <exception cref="LedgerException">The database refused, or is away.</exception>
    public async Task<T> UseAsync<T>(Func<NpgsqlConnection, Task<T>> use)
    {
        try
        {
            await using var connection = await source.OpenConnectionAsync();
            return await use(connection);
        }
        catch (Exception fault) when (IsDatabases(fault))
        {
            throw Named(fault);
        }
    }

    /// <summary>The same on the caller's own thread, from beginning to end.</summary>
    /// <inheritdoc cref="UseAsync{T}"/>
    public T Use<T>(Func<NpgsqlConnection, T> use)
    {
        try
        {
            using var connection = source.OpenConnection();
            return use(connection);
        }
        catch (Exception fault) when (IsDatabases(fault))
        {
            throw Named(fault);
        }
    }
}
