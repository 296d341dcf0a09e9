using System.Globalization;
using System.Text.RegularExpressions;
using Npgsql;
using NpgsqlTypes;

namespace ChatDesk.Delivery.Postgres;

/// <summary>A statement of a session: it runs in whatever transaction the session has open, and holds its rows until the last was read.</summary>
internal sealed partial class PostgresStatement : LedgerStatement
{
    private readonly PostgresSession _session;
    private readonly string _sql;
    private readonly (object? Value, NpgsqlDbType Type)[] _bound;
    private List<object[]>? _rows;
    private int _at;

    /// <param name="session">Where it runs.</param>
    /// <param name="sql">With <c>?1</c>, <c>?2</c> … for parameters.</param>
    public PostgresStatement(PostgresSession session, string sql)
    {
        _session = session;
        _sql = Place().Replace(sql, "$$$1");
        _bound = new (object?, NpgsqlDbType)[Place().Matches(sql).Select(m => int.Parse(m.Groups[1].ValueSpan, CultureInfo.InvariantCulture)).DefaultIfEmpty().Max()];
    }

    public override PostgresStatement Bind(int index, long value) => Bind(index, value, NpgsqlDbType.Bigint);

    public override PostgresStatement Bind(int index, long? value) => Bind(index, value, NpgsqlDbType.Bigint);

    public override PostgresStatement Bind(int index, string? value) => Bind(index, PostgresCommands.Clean(value), NpgsqlDbType.Text);

    public override PostgresStatement Bind(int index, ReadOnlyMemory<byte>? value) => Bind(index, value?.ToArray(), NpgsqlDbType.Bytea);

    public override bool Step()
    {
        if (_rows is null) Read();
        if (++_at < _rows!.Count) return true;
        _rows = null;
        return false;
    }

    public override int Run()
    {
        var command = Command();
        _session.Run([command]);
        return command.RecordsAffected;
    }

    public override void RunLater(Func<LedgerException>? unlessOne = null) => _session.Later(Command(), unlessOne);

    public override void Reset() => _rows = null;

    public override long Long(int column) => _rows![_at][column] switch
    {
        long number => number,
        bool flag => flag ? 1 : 0,
        DBNull => 0,
        var other => Convert.ToInt64(other, CultureInfo.InvariantCulture),
    };

    public override bool IsNull(int column) => _rows![_at][column] is DBNull;

    public override string Text(int column) => (string)_rows![_at][column];

    public override ReadOnlySpan<byte> Blob(int column) => (byte[])_rows![_at][column];

    private PostgresStatement Bind(int index, object? value, NpgsqlDbType type)
    {
        _bound[index - 1] = (value, type);
        return this;
    }

    private void Read()
    {
        _rows = _session.Read([Command()], reader =>
        {
            var rows = new List<object[]>();
            while (reader.Read())
            {
                var row = new object[reader.FieldCount];
                reader.GetValues(row);
                rows.Add(row);
            }
            return rows;
        });
        _at = -1;
    }

    private NpgsqlBatchCommand Command()
    {
        var command = new NpgsqlBatchCommand(_sql);
        foreach (var (value, type) in _bound) command.Parameters.Add(new NpgsqlParameter { Value = value ?? DBNull.Value, NpgsqlDbType = type });
        return command;
    }

    [GeneratedRegex(@"\?([0-9]+)", RegexOptions.NonBacktracking)]
    private static partial Regex Place();
}
