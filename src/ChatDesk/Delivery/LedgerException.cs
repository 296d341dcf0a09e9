namespace ChatDesk.Delivery;

/// <summary>The ledger could not do what was asked (disk full, file locked, database away). Nothing of the request was kept.</summary>
/// <param name="message">What the database said; contains no message text.</param>
/// <param name="code">The database's own error number.</param>
internal sealed class LedgerException(string message, int code = 0) : Exception(message)
{
    public int Code => code;
}
