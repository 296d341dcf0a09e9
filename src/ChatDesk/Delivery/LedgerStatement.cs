namespace ChatDesk.Delivery;

/// <summary>
/// One statement of a ledger's database, for rooms that keep tables in it: bind parameters from 1, step through rows, read
/// columns from 0, and it resets itself. Two members: SQLite's prepared statements, and PostgreSQL inside one transaction.
/// Used by one thread at a time.
/// </summary>
internal abstract class LedgerStatement
{
    public abstract LedgerStatement Bind(int index, long value);

    public abstract LedgerStatement Bind(int index, long? value);

    public abstract LedgerStatement Bind(int index, string? value);

    public abstract LedgerStatement Bind(int index, ReadOnlyMemory<byte>? value);

    /// <summary>Goes to the next row; false when there is none, and the statement is ready for its next use.</summary>
    /// <exception cref="LedgerException">The database refused; the statement is ready for its next use.</exception>
    public abstract bool Step();

    /// <summary>Runs a statement to its end, ignoring rows; returns the number of rows changed.</summary>
    public abstract int Run();

    /// <summary>
    /// Runs a statement that answers nothing, at the latest before the next one of its transaction and before the commit: where every statement is a trip to the
    /// database and back, it travels with another one.
    /// </summary>
    /// <param name="unlessOne">Makes what is thrown when it changed no row, or several; null when that does not matter.</param>
    public virtual void RunLater(Func<LedgerException>? unlessOne = null)
    {
        if (Run() != 1 && unlessOne is not null) throw unlessOne();
    }

    /// <summary>Ends reading before the last row.</summary>
    public abstract void Reset();

    public abstract long Long(int column);

    public abstract bool IsNull(int column);

    public abstract string Text(int column);

    /// <summary>The column's bytes, valid until the next step.</summary>
    public abstract ReadOnlySpan<byte> Blob(int column);

    public int Int(int column) => (int)Long(column);

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public byte[]? BlobOrNull(int column) => IsNull(column) ? null : Blob(column).ToArray();

    /// <summary>The first column of the only row, or null when there is no row.</summary>
    public long? ReadOne()
    {
        if (!Step()) return null;
        var value = Long(0);
        Reset();
        return value;
    }
}
