using ChatDesk.Activities;

namespace ChatDesk.Delivery.Sqlite;

/// <summary>
/// A room that keeps tables of its own in the ledger's file and moves them in the ledger's transactions. Everything here
/// runs on the writer's thread inside a transaction, unless it says otherwise. Members: the officers' queue, and nothing
/// at all (<see cref="NoPartner"/>) for inspections and measurements.
/// </summary>
internal interface ISqlitePartner
{
    /// <summary>Once, before anything else: the schema is up to date, the writer's connection is its own from here on.</summary>
    void Join(SqliteDatabase write, SqliteWrites ledger);

    /// <summary>Any thread: whether an officer has this conversation. Then the bot is not heard there, and the contact's turns need not wait for what was said.</summary>
    bool HasOfficer(ConversationKey conversation);

    /// <summary>The same inside the writer's transaction, with all that it has done so far.</summary>
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

/// <summary>A turn as it was written.</summary>
/// <param name="Commit">What was asked to be kept.</param>
/// <param name="Turn">Its number.</param>
/// <param name="Inbound">The transcript's row of what came in.</param>
/// <param name="Outbox">What is said; null when nothing is.</param>
/// <param name="Silenced">True when the turn wanted to speak and may not: an officer has the conversation.</param>
/// <param name="Now">The desk's clock.</param>
internal sealed record KeptTurn(TurnCommit Commit, long Turn, long Inbound, OutboxItem? Outbox, bool Silenced, DateTimeOffset Now);

/// <summary>No room joined.</summary>
internal sealed class NoPartner : ISqlitePartner
{
    public void Join(SqliteDatabase write, SqliteWrites ledger)
    {
    }

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
