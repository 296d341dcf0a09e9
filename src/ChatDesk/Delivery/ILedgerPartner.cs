using ChatDesk.Activities;
using ChatDesk.Delivery.Postgres;
using ChatDesk.Delivery.Sqlite;

namespace ChatDesk.Delivery;

/// <summary>
/// A room that keeps tables of its own in the ledger's database and moves them in the ledger's transactions. Everything here
/// runs on one thread at a time inside a transaction, unless it says otherwise. Members: the officers' queue, and nothing
/// at all (<see cref="NoPartner"/>) for inspections and measurements.
/// </summary>
internal interface ILedgerPartner
{
    /// <summary>Any thread: whether a handover is open in this conversation, as far as this process has heard.</summary>
    bool HasOpen(ConversationKey conversation);

    /// <summary>Any thread: whether an officer has this conversation. Then the bot is not heard there, and the contact's turns need not wait for what was said.</summary>
    bool HasOfficer(ConversationKey conversation);

    /// <summary>The same inside the transaction, with all that it has done so far.</summary>
    bool HasOfficerNow(ConversationKey conversation);

    /// <summary>A turn is kept; its lines are written.</summary>
    void TurnKept(KeptTurn turn);

    /// <summary>A try at sending ended; the row says how.</summary>
    void Settled(OutboxItem item, SendResult result, DateTimeOffset now);

    /// <summary>A contact's file was fetched, or will never be.</summary>
    void FileSettled(FileOrder order, DateTimeOffset now);

    /// <summary>The transaction was undone: forget what it did.</summary>
    void RolledBack();

    /// <summary>The transaction is durable. Must be quick and must not throw.</summary>
    void Committed();
}

/// <summary>A partner in SQLite's file.</summary>
internal interface ISqlitePartner : ILedgerPartner
{
    /// <summary>Once, before anything else: the schema is up to date, the writer's connection is its own from here on.</summary>
    void Join(SqliteDatabase write, SqliteWrites ledger);
}

/// <summary>A partner in PostgreSQL, where other processes write too.</summary>
internal interface IPostgresPartner : ILedgerPartner
{
    /// <summary>Once, before anything else, inside a transaction for reading: the schema is up to date.</summary>
    void Join(PostgresSession session);

    /// <summary>Inside a transaction for reading: takes in what other processes did.</summary>
    void CatchUp();

    /// <summary>Inside a transaction: the partner is about to hear of all these, one by one. What it will have to read for that, it can read at once.</summary>
    void ReadAhead(IReadOnlyList<OutboxItem> settled, IReadOnlyList<KeptTurn> kept);

    /// <summary>Any thread: the number of an agency's newest event that this process has heard of.</summary>
    long Heard(string agency);
}

/// <summary>A turn as it was written.</summary>
/// <param name="Commit">What was asked to be kept.</param>
/// <param name="Turn">Its number.</param>
/// <param name="Inbound">The transcript's row of what came in.</param>
/// <param name="Outbox">What is said; null when nothing is.</param>
/// <param name="Silenced">True when the turn wanted to speak and may not: an officer has the conversation.</param>
/// <param name="Now">The desk's clock.</param>
internal sealed record KeptTurn(TurnCommit Commit, long Turn, long Inbound, OutboxItem? Outbox, bool Silenced, DateTimeOffset Now);

/// <summary>No room joined.</summary>
internal sealed class NoPartner : ISqlitePartner, IPostgresPartner
{
    public void Join(SqliteDatabase write, SqliteWrites ledger)
    {
    }

    public void Join(PostgresSession session)
    {
    }

    public void CatchUp()
    {
    }

    public void ReadAhead(IReadOnlyList<OutboxItem> settled, IReadOnlyList<KeptTurn> kept)
    {
    }

    public long Heard(string agency) => long.MaxValue;

    public bool HasOpen(ConversationKey conversation) => false;

    public bool HasOfficer(ConversationKey conversation) => false;

    public bool HasOfficerNow(ConversationKey conversation) => false;

    public void TurnKept(KeptTurn turn)
    {
    }

    public void Settled(OutboxItem item, SendResult result, DateTimeOffset now)
    {
    }

    public void FileSettled(FileOrder order, DateTimeOffset now)
    {
    }

    public void RolledBack()
    {
    }

    public void Committed()
    {
    }
}
