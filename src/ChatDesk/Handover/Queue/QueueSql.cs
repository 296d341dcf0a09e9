using ChatDesk.Delivery;

namespace ChatDesk.Handover.Queue;

/// <summary>
/// The ledger's database as the queue writes to it: statements with <c>?1</c>, <c>?2</c> …, and the few words that SQLite and
/// PostgreSQL say differently. Everything prepared on it runs inside whatever transaction its owner has open.
/// </summary>
internal abstract class QueueSql
{
    /// <summary>A statement that lives as long as this.</summary>
    public abstract LedgerStatement Prepare(string sql);

    /// <summary>The function that finds one text in another: place from 1, or 0.</summary>
    public abstract string Find { get; }

    /// <summary>Compares with a pattern, whatever the case of Latin letters.</summary>
    public abstract string Like { get; }

    /// <summary>Bytes that hold text, read as text.</summary>
    public abstract string Text(string bytes);

    /// <summary>One field of a text that holds JSON; null when it is not there.</summary>
    public abstract string Field(string text, string name);

    /// <summary>Rows to select from: the pairs of numbers in a text that holds a JSON array of them.</summary>
    public abstract string Pairs(string text, string first, string second);

    /// <summary>Puts an event of a known conversation into the ledger, once.</summary>
    /// <param name="entry">The event.</param>
    /// <param name="conversation">The ledger's number of its conversation.</param>
    /// <param name="touched">Gets the conversation if it now has something due that the ledger does not know of yet.</param>
    public abstract int Accept(InboxEntry entry, long conversation, List<long> touched);

    /// <summary>Called before an agency is looked at in a transaction: from here to its end nobody else changes that agency.</summary>
    /// <param name="agency">Whose.</param>
    /// <param name="heard">The number of its newest event that this process has heard of.</param>
    /// <returns>How far the agency has come, and its news; null where there is only this process.</returns>
    public virtual DeskHead? Enter(string agency, long heard) => null;

    /// <summary>How far every agency has come; nothing where there is only this process.</summary>
    public virtual IReadOnlyList<DeskHead> Heads() => [];

    /// <summary>Who has the floor of a conversation has changed, by the event of this number.</summary>
    public virtual void FloorMoved(long conversation, DeskFloor floor, long seq)
    {
    }

    /// <summary>Old events of an agency were changed.</summary>
    public virtual void Rewritten(string agency)
    {
    }
}
