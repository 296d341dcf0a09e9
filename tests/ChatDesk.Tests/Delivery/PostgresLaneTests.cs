using ChatDesk.Activities;
using ChatDesk.Delivery;
using ChatDesk.Delivery.Postgres;
using ChatDesk.Tests.Fixtures;
using Npgsql;

namespace ChatDesk.Tests.Delivery;

/// <summary>Changes of many steps share a transaction, and nobody pays for another one's mistake.</summary>
public sealed class PostgresLaneTests(PostgresServer server) : IAsyncLifetime
{
    private readonly Ends _partner = new();
    private readonly ManualResetEventSlim _first = new();
    private NpgsqlDataSource _source = null!;
    private PostgresLane _lane = null!;

    public async ValueTask InitializeAsync()
    {
        _source = NpgsqlDataSource.Create(await server.NewDatabaseAsync());
        await using var create = _source.CreateCommand("CREATE TABLE written (id bigint GENERATED ALWAYS AS IDENTITY, agency text, conversation bigint, step bigint)");
        await create.ExecuteNonQueryAsync();
        _lane = new PostgresLane(_source, _partner);
    }

    public async ValueTask DisposeAsync()
    {
        _first.Dispose();
        _partner.IsHeld.Dispose();
        await _source.DisposeAsync();
    }

    [Fact]
    public async Task What_waits_for_one_agency_shares_a_transaction()
    {
        var held = HoldAsync();
        var waiting = Enumerable.Range(0, 80).Select(n => WriteAsync("a", n)).ToList();
        Release();
        await Task.WhenAll([held, .. waiting]);

        Assert.Equal(80, await CountAsync("SELECT count(*) FROM written"));
        // One is as much as another agency's officers or another replica should have to wait for.
        Assert.Equal(2, await CountAsync("SELECT count(DISTINCT xmin::text) FROM written"));
        Assert.Equal((3, 0), (_partner.Kept, _partner.Undone));
    }

    [Theory]
    [InlineData(1, 64)]
    [InlineData(16, 4)]
    [InlineData(100, 1)] // too heavy for any transaction, but not for its own
    public async Task What_takes_more_room_comes_with_fewer_others_and_nothing_passes_it(int weight, int most)
    {
        var held = HoldAsync();
        List<Task> waiting = [.. Enumerable.Range(0, most + 1).Select(n => WriteAsync("a", 100 - n, weight: weight)), WriteAsync("a", 1)];
        Release();
        await Task.WhenAll([held, .. waiting]);

        var transactions = (await ReadAsync("SELECT string_agg(conversation::text, ' ' ORDER BY id) FROM written GROUP BY xmin::text ORDER BY min(id)")).ToArray();
        Assert.Equal(string.Join(' ', Enumerable.Range(101 - most, most)), transactions[0]);
        Assert.Equal(weight == 100 ? [$"{100 - most}", "1"] : [$"1 {100 - most}"], transactions[1..]);
    }

    [Fact]
    public async Task Agencies_do_not_share_and_nothing_passes_what_must_be_alone()
    {
        var held = HoldAsync();
        Task[] waiting = [WriteAsync("a", 1), WriteAsync("b", 1), WriteAsync("a", 2), _lane.WriteAsync(session => Insert(session, "alone", 0, 0)), WriteAsync("a", 3), WriteAsync("b", 2)];
        Release();
        await Task.WhenAll([held, .. waiting]);

        var transactions = (await ReadAsync("SELECT string_agg(agency || conversation, ' ' ORDER BY id) FROM written GROUP BY xmin::text ORDER BY min(id)")).ToArray();
        Assert.Equal(["a1 a2", "b1", "alone0", "a3", "b2"], transactions);
    }

    [Fact]
    public async Task Rows_are_locked_by_number_and_one_conversations_changes_stay_in_order()
    {
        var held = HoldAsync();
        Task[] waiting = [WriteAsync("a", 7, 1), WriteAsync("a", 3, 1), WriteAsync("a", 7, 2), WriteAsync("a", 5, 1), WriteAsync("a", 3, 2)];
        Release();
        await Task.WhenAll([held, .. waiting]);

        Assert.Equal(["3/1 3/2 5/1 7/1 7/2"], await ReadAsync("SELECT string_agg(conversation || '/' || step, ' ' ORDER BY id) FROM written"));
    }

    [Fact]
    public async Task One_that_fails_is_undone_alone()
    {
        var held = HoldAsync();
        Task[] good = [WriteAsync("a", 1), WriteAsync("a", 3)];
        var refused = WriteAsync("a", 2, session => Insert(session, "a", 2, 0) + session.Prepare("SELECT 1 / (?1 - 1)").Bind(1, 1L).ReadOne());
        var thrown = WriteAsync<long>("a", 4, session =>
        {
            Insert(session, "a", 4, 0);
            throw new InvalidOperationException("its own");
        });
        Release();
        await Task.WhenAll([held, .. good]);

        Assert.Contains("22012", (await Assert.ThrowsAsync<LedgerException>(() => refused)).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<InvalidOperationException>(() => thrown);
        Assert.Equal(["1 3"], await ReadAsync("SELECT string_agg(conversation::text, ' ' ORDER BY conversation) FROM written"));
        // The one that held the lane and the two good ones; undone is what they all shared, and each bad one's own.
        Assert.Equal((3, 3), (_partner.Kept, _partner.Undone));
    }

    [Fact]
    public async Task A_connection_that_the_server_ends_costs_nobody_anything()
    {
        var held = HoldAsync();
        var tries = 0;
        Task[] waiting =
        [
            WriteAsync("a", 1),
            WriteAsync("a", 2, session => Interlocked.Increment(ref tries) > 1 ? Insert(session, "a", 2, 0) : session.Prepare("SELECT pg_terminate_backend(pg_backend_pid())::int::bigint").ReadOne()!.Value),
            WriteAsync("a", 3),
        ];
        Release();
        await Task.WhenAll([held, .. waiting]);

        Assert.Equal(["1 2 3"], await ReadAsync("SELECT string_agg(conversation::text, ' ' ORDER BY conversation) FROM written"));
    }

    [Fact]
    public async Task While_the_server_is_away_everybody_who_waits_hears_of_it()
    {
        await using var nowhere = NpgsqlDataSource.Create("Host=127.0.0.1;Port=1;Username=nobody;Timeout=1");
        _lane = new PostgresLane(nowhere, _partner);

        foreach (var waiting in (Task[])[WriteAsync("a", 1), WriteAsync("a", 2), WriteAsync("a", 3), _lane.CatchUpAsync(), _lane.WriteAsync(_ => true)])
            await Assert.ThrowsAsync<LedgerException>(() => waiting.WaitAsync(TimeSpan.FromSeconds(60), TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task Who_wants_to_catch_up_does_so_once_for_all()
    {
        var held = HoldAsync();
        Task[] waiting = [.. Enumerable.Range(0, 10).Select(_ => _lane.CatchUpAsync())];
        Release();
        await Task.WhenAll([held, .. waiting]);

        Assert.Equal(1, _partner.CaughtUp);
    }

    [Fact]
    public async Task What_is_left_for_later_is_there_for_the_next_statement_and_before_the_commit()
    {
        var seen = await WriteAsync("a", 1, session =>
        {
            Later(session, 1);
            Later(session, 2);
            var before = session.Prepare("SELECT count(*) FROM written WHERE step = ?1").Bind(1, 0L).ReadOne();
            Later(session, 3);
            return before;
        });

        Assert.Equal(2, seen);
        Assert.Equal(["1 2 3"], await ReadAsync("SELECT string_agg(conversation::text, ' ' ORDER BY id) FROM written"));
    }

    [Theory]
    [InlineData(0, true)] // the row it counts on is gone
    [InlineData(1, false)]
    [InlineData(2, true)]
    public async Task What_is_left_for_later_and_finds_another_number_of_rows_is_the_fault_of_its_own_change(int rows, bool refused)
    {
        for (var n = 0; n < rows; n++) await WriteAsync("a", 9);
        var held = HoldAsync();
        Task[] good = [WriteAsync("a", 1), WriteAsync("a", 3)];
        // Its last word: nothing of its own follows that would bring the fault to light.
        var counting = WriteAsync("a", 2, session =>
        {
            Insert(session, "a", 2, 0);
            session.Prepare("UPDATE written SET step = 7 WHERE conversation = ?1").Bind(1, 9L).RunLater(() => new LedgerException("somebody else was here"));
            return true;
        });
        Release();
        await Task.WhenAll([held, .. good]);

        if (refused) Assert.Equal("somebody else was here", (await Assert.ThrowsAsync<LedgerException>(() => counting)).Message);
        else Assert.True(await counting);
        var kept = refused ? "1 3" : "1 2 3";
        Assert.Equal([kept], await ReadAsync("SELECT string_agg(conversation::text, ' ' ORDER BY conversation) FROM written WHERE conversation < 9"));
        Assert.Equal(refused ? 0 : 1, await CountAsync("SELECT count(*) FROM written WHERE step = 7"));
    }

    [Fact]
    public async Task What_is_left_for_later_and_refused_by_the_server_is_not_carried_into_another_transaction()
    {
        var refused = WriteAsync("a", 1, session =>
        {
            session.Prepare("INSERT INTO written (id) VALUES (?1)").Bind(1, 1L).RunLater();
            Later(session, 5);
            return true;
        });

        // Column id is GENERATED ALWAYS.
        Assert.Contains("428C9", (await Assert.ThrowsAsync<LedgerException>(() => refused)).Message, StringComparison.Ordinal);
        await WriteAsync("a", 2);
        Assert.Equal(["2"], await ReadAsync("SELECT string_agg(conversation::text, ' ' ORDER BY id) FROM written"));
    }

    /// <summary>Keeps the lane busy until <see cref="Release"/>, so that what comes meanwhile waits together.</summary>
    private Task HoldAsync()
    {
        _partner.Hold = _first;
        var held = _lane.WriteAsync(_ => true);
        _partner.IsHeld.Wait(TestContext.Current.CancellationToken);
        return held;
    }

    private void Release() => _first.Set();

    private Task<long> WriteAsync(string agency, long conversation, long step = 0, int weight = 1) => WriteAsync(agency, conversation, session => Insert(session, agency, conversation, step), weight);

    private Task<T> WriteAsync<T>(string agency, long conversation, Func<PostgresSession, T> work, int weight = 1) => _lane.WriteAsync(new Placed<T>(agency, conversation, work, weight));

    private static void Later(PostgresSession session, long conversation) =>
        session.Prepare("INSERT INTO written (agency, conversation, step) VALUES ('a', ?1, 0)").Bind(1, conversation).RunLater();

    private static long Insert(PostgresSession session, string agency, long conversation, long step) =>
        session.Prepare("INSERT INTO written (agency, conversation, step) VALUES (?1, ?2, ?3)").Bind(1, agency).Bind(2, conversation).Bind(3, step).Run();

    private async Task<long> CountAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        return (long)(await command.ExecuteScalarAsync())!;
    }

    private async Task<IReadOnlyList<string>> ReadAsync(string sql)
    {
        await using var command = _source.CreateCommand(sql);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string>();
        while (await reader.ReadAsync()) rows.Add(reader.GetString(0));
        return rows;
    }

    /// <summary>A change that makes its steps after those of the others.</summary>
    private sealed class Placed<T>(string agency, long conversation, Func<PostgresSession, T> work, int weight) : LaneWork<T>, IStep
    {
        public override (string Agency, long Conversation)? Place => (agency, conversation);

        public override int Weight => weight;

        public override void Do(PostgresSession session, IReadOnlyList<LaneWork> group)
        {
            foreach (var one in group.Cast<IStep>()) one.Step(session);
        }

        public void Step(PostgresSession session) => Answer = work(session);
    }

    private interface IStep
    {
        void Step(PostgresSession session);
    }

    /// <summary>A partner that counts how transactions end.</summary>
    private sealed class Ends : IPostgresPartner
    {
        public ManualResetEventSlim IsHeld { get; } = new();

        /// <summary>What the next commit waits for.</summary>
        public ManualResetEventSlim? Hold { get; set; }

        public int Kept { get; private set; }

        public int Undone { get; private set; }

        public int CaughtUp { get; private set; }

        public void Join(PostgresSession session)
        {
        }

        public void CatchUp() => CaughtUp++;

        public void ReadAhead(IReadOnlyList<OutboxItem> settled, IReadOnlyList<KeptTurn> kept)
        {
        }

        public long Heard(string agency) => 0;

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

        public void RolledBack() => Undone++;

        public void Committed()
        {
            Kept++;
            if (Hold is not { } hold) return;
            Hold = null;
            IsHeld.Set();
            hold.Wait(TimeSpan.FromSeconds(30));
        }
    }
}
