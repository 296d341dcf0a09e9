using System.Data.Common;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Diagnostics;

namespace ChatDesk.Data;

/// <summary>
/// Tells PostgreSQL for which agency a context works, so that its row-level security is a second wall behind the context's own filter. Always for the
/// transaction alone: through pgbouncer the session belongs to somebody else a moment later.
/// </summary>
internal sealed class AgencyWall : DbCommandInterceptor, IDbTransactionInterceptor
{
    public override InterceptionResult<DbDataReader> ReaderExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result)
    {
        Say(command, eventData.Context);
        return result;
    }

    public override ValueTask<InterceptionResult<DbDataReader>> ReaderExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<DbDataReader> result, CancellationToken cancellationToken = default)
    {
        Say(command, eventData.Context);
        return new(result);
    }

    public override InterceptionResult<int> NonQueryExecuting(DbCommand command, CommandEventData eventData, InterceptionResult<int> result)
    {
        Say(command, eventData.Context);
        return result;
    }

    public override ValueTask<InterceptionResult<int>> NonQueryExecutingAsync(
        DbCommand command, CommandEventData eventData, InterceptionResult<int> result, CancellationToken cancellationToken = default)
    {
        Say(command, eventData.Context);
        return new(result);
    }

    public DbTransaction TransactionStarted(DbConnection connection, TransactionEndEventData eventData, DbTransaction result)
    {
        if (Words(eventData.Context) is not { } words) return result;
        using var command = Saying(words, connection, result);
        command.ExecuteNonQuery();
        return result;
    }

    public async ValueTask<DbTransaction> TransactionStartedAsync(DbConnection connection, TransactionEndEventData eventData, DbTransaction result, CancellationToken cancellationToken = default)
    {
        if (Words(eventData.Context) is not { } words) return result;
        await using var command = Saying(words, connection, result);
        await command.ExecuteNonQueryAsync(cancellationToken);
        return result;
    }

    /// <summary>
    /// A command outside a transaction is one of its own, and says it in the same breath. By a block that answers nothing, so that what the command answers comes first; SET LOCAL
    /// would do the same, with a warning in the server's log each time.
    /// </summary>
    private static void Say(DbCommand command, DbContext? context)
    {
        if (command.Transaction is null && Words(context) is { } words) command.CommandText = $"DO $wall$ BEGIN PERFORM {words}; END $wall$;\n{command.CommandText}";
    }

    private static DbCommand Saying(string words, DbConnection connection, DbTransaction transaction)
    {
        var command = connection.CreateCommand();
        (command.CommandText, command.Transaction) = ($"SELECT {words}", transaction);
        return command;
    }

    /// <exception cref="InvalidOperationException">The agency's name cannot be one: it is written into a statement, and none but letters of names may be.</exception>
    private static string? Words(DbContext? context)
    {
        if (context is not DeskContext { Agency: { } agency }) return null;
        if (!agency.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.')) throw new InvalidOperationException("an agency's name with other than letters, digits, '-', '_' and '.'");
        return $"set_config('chatdesk.agency', '{agency}', true)";
    }
}
