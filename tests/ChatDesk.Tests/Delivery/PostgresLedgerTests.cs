using System.Text;
using ChatDesk.Delivery;
using ChatDesk.Delivery.Postgres;
using ChatDesk.Tests.Fixtures;
using Npgsql;

[assembly: AssemblyFixture(typeof(PostgresServer))]

namespace ChatDesk.Tests.Delivery;

/// <summary>The ledger's promises, on a real PostgreSQL, and what only several replicas can get wrong.</summary>
public sealed class PostgresLedgerTests(PostgresServer server) : LedgerContract
{
    private string? _connection;

    private protected override async Task<ILedger> OpenAsync(TimeProvider time) => PostgresLedger.Open(_connection ??= await server.NewDatabaseAsync(), time);

    private protected override long Count(string sql)
    {
        using var connection = new NpgsqlConnection(_connection);
        connection.Open();
        using var command = new NpgsqlCommand(sql, connection);
        return (long)command.ExecuteScalar()!;
    }

    [Fact]
    public async Task What_the_desk_asks_again_and_again_is_never_compiled_by_the_server()
    {
        // No index leads to every agency's head: a whole table, which the ledger's plans are told not to read, looks endlessly dear.
        var plan = await PlanAsync(new NpgsqlBatchCommand("SELECT sum(rewritten) FROM desk_heads"), analyze: true);

        Assert.Contains("Seq Scan on desk_heads", plan, StringComparison.Ordinal);
        Assert.DoesNotContain("JIT", plan, StringComparison.Ordinal);
    }

    [Fact]
    public async Task After_a_quiet_hour_a_claim_takes_no_more_than_it_asks_for_and_looks_by_key()
    {
        const int Waiting = 300;
        // A day of work, all done.
        await Ledger.AcceptAsync([.. Enumerable.Range(0, Waiting).Select(n => Entry($"e{n}", $"U{n}"))]);
        Run("DELETE FROM work WHERE conversation_id > 0");
        Run("UPDATE inbox SET state = 1");
        // What the server's own vacuum does at night: it counts what there is to do, and plans by that until it counts again.
        Run("VACUUM ANALYZE work");
        await using var replica = PostgresLedger.Open(_connection!, Time);
        await replica.AcceptAsync([.. Enumerable.Range(0, Waiting).Select(n => Entry($"f{n}", $"U{n}"))]);

        for (var left = Waiting; left > 0;)
        {
            var claims = await replica.ClaimAsync(10, TestContext.Current.CancellationToken);
            Assert.InRange(claims.Count, 1, 10);
            left -= claims.Count;
        }

        var now = Time.GetUtcNow().ToUnixTimeMilliseconds();
        using var extend = PostgresCommands.Extend([new(1, Guid.NewGuid())], TimeSpan.FromSeconds(2));
        var asked = new NpgsqlBatchCommand(extend.CommandText);
        foreach (NpgsqlParameter value in extend.Parameters) asked.Parameters.Add(value.Clone());
        foreach (var command in (NpgsqlBatchCommand[])[PostgresCommands.Claim(10, now, Guid.NewGuid(), TimeSpan.FromSeconds(2)), PostgresCommands.Free(), asked])
        {
            // Two lists compared row by row.
            Assert.DoesNotContain("Join Filter", await PlanAsync(command), StringComparison.Ordinal);
        }

        void Run(string sql)
        {
            using var connection = new NpgsqlConnection(_connection);
            connection.Open();
            using var command = new NpgsqlCommand(sql, connection);
            command.ExecuteNonQuery();
        }
    }

    [Fact]
    public async Task Two_replicas_never_hold_one_conversation()
    {
        await using var other = PostgresLedger.Open(_connection!, Time);
        await Ledger.AcceptAsync([.. Enumerable.Range(0, 40).Select(n => Entry($"e{n}", $"U{n % 20}"))]);

        var both = await Task.WhenAll(
            Ledger.ClaimAsync(10, TestContext.Current.CancellationToken).AsTask(), other.ClaimAsync(10, TestContext.Current.CancellationToken).AsTask());

        var held = both.SelectMany(claims => claims.Select(c => c.Key.Address)).ToList();
        Assert.Equal(held.Count, held.Distinct().Count());
        Assert.Equal(20, held.Count);
        Assert.All(both.SelectMany(claims => claims), claim => Assert.Equal(2, claim.Pending.Count));
    }

    [Fact]
    public async Task What_a_dead_replica_held_goes_on_elsewhere_and_its_late_commit_is_stopped_by_the_fence()
    {
        await Ledger.AcceptAsync([Entry("e1", "U1", token: "t1")]);
        var frozen = await ClaimOneAsync();
        // The replica freezes: its lease runs out, as if its heart had stopped.
        Count("WITH frozen AS (UPDATE work SET held_until = '-infinity', holder = NULL RETURNING 1) SELECT count(*) FROM frozen");

        await using var other = PostgresLedger.Open(_connection!, Time);
        var taken = Assert.Single(await other.ClaimAsync(10, TestContext.Current.CancellationToken));
        Assert.NotNull(await other.CommitTurnAsync(Turn(taken)));

        Assert.Null(await Ledger.CommitTurnAsync(Turn(frozen)));
        Ledger.Release(frozen);
        Assert.Equal(1, Count("SELECT count(*) FROM outbox"));
    }

    [Fact]
    public async Task A_replica_that_froze_before_sending_cannot_use_up_the_handle_nor_write_over_how_it_ended()
    {
        await Ledger.AcceptAsync([Entry("e1", "U1", token: "t1")]);
        var frozen = await ClaimOneAsync();
        var said = (await Ledger.CommitTurnAsync(Turn(frozen)))!.Outbox!;

        await using var other = PostgresLedger.Open(_connection!, Time);
        var taken = Assert.Single((await TakeFromAsync(frozen, other)).Unsettled);
        Assert.Equal(ReplyTrace.MaybeUsed, taken.Reply);

        // Both wake and think it is theirs; only the later claim may put the row off or give the handle up.
        Assert.False(await said.GiveUpHandle!());
        await Ledger.SettleAsync(said, new SendResult(SendStatus.Deferred) { RetryAt = Time.GetUtcNow().AddHours(1), Reply = ReplyTrace.Refused });
        await Ledger.SettleAsync(said, new SendResult(SendStatus.Unknown) { Reason = "late" });
        Assert.Equal(1, Count("SELECT count(*) FROM outbox WHERE state = 0 AND reply_trace = 0 AND reason IS NULL"));
        Assert.True(await taken.GiveUpHandle!());
        Assert.Equal(1, Count("SELECT count(*) FROM outbox WHERE state = 0 AND reply_trace = 2"));
        await other.SettleAsync(taken, new SendResult(SendStatus.Sent));
        await Ledger.SettleAsync(said, new SendResult(SendStatus.Blocked) { Reason = "late" });
        Assert.Equal(1, Count("SELECT count(*) FROM outbox WHERE state = 1 AND reason IS NULL"));
    }

    /// <summary>Lets a claim run out until somebody takes the conversation: its holder's heart still beats, and may extend it once more in between.</summary>
    private async Task<ClaimedConversation> TakeFromAsync(ClaimedConversation frozen, ILedger by)
    {
        var taking = by.ClaimAsync(10, TestContext.Current.CancellationToken).AsTask();
        while (!taking.IsCompleted)
        {
            Count($"WITH frozen AS (UPDATE work SET held_until = '2000-01-01' WHERE holder = '{frozen.Claim}' RETURNING 1) SELECT count(*) FROM frozen");
            await Task.WhenAny(taking, Task.Delay(20, TestContext.Current.CancellationToken));
        }
        return Assert.Single(await taking);
    }

    [Fact]
    public async Task A_process_that_loses_a_conversation_to_itself_keeps_the_late_turn_out_too()
    {
        await Ledger.AcceptAsync([Entry("e1", "U1")]);
        var late = await ClaimOneAsync();
        var claim = await TakeFromAsync(late, Ledger);

        Assert.Null(await Ledger.CommitTurnAsync(Turn(late)));
        Ledger.Release(late);
        Assert.NotNull(await Ledger.CommitTurnAsync(Turn(claim)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task What_is_written_of_a_handle_is_believed_only_when_the_last_holder_gave_the_conversation_back_in_order(bool inOrder)
    {
        await Ledger.AcceptAsync([Entry("e1", "U1", token: "t1")]);
        var claim = await ClaimOneAsync();
        var said = (await Ledger.CommitTurnAsync(Turn(claim)))!.Outbox!;
        await Ledger.SettleAsync(said, new SendResult(SendStatus.Deferred) { RetryAt = Time.GetUtcNow(), HeldBack = true });
        Ledger.Release(claim, inOrder);
        Time.Advance(TimeSpan.FromSeconds(1));

        await using var other = PostgresLedger.Open(_connection!, Time);
        var again = Assert.Single(await other.ClaimAsync(10, TestContext.Current.CancellationToken));
        Assert.Equal(inOrder ? ReplyTrace.Unused : ReplyTrace.MaybeUsed, Assert.Single(again.Unsettled).Reply);
    }

    [Fact]
    public async Task What_comes_while_a_conversation_is_held_is_due_as_soon_as_it_is_given_back()
    {
        await Ledger.AcceptAsync([Entry("e1", "U1")]);
        var claim = await ClaimOneAsync();
        await using var other = PostgresLedger.Open(_connection!, Time);
        await other.AcceptAsync([Entry("e2", "U1")]);
        await Ledger.CommitTurnAsync(Turn(claim) with { Replies = [] });
        Ledger.Release(claim);

        Assert.Equal("e2", Assert.Single((await ClaimOneAsync()).Pending).Activity!.Id);
    }

    [Fact]
    public async Task A_message_taken_back_is_erased_with_the_turn_that_says_so()
    {
        await Ledger.AcceptAsync([With(Entry("e1", "U1"), "m1"), With(Entry("e2", "U1", second: 1), "m2")]);
        var claim = await ClaimOneAsync();
        await Ledger.CommitTurnAsync(Turn(claim) with { Replies = [] });
        await Ledger.CommitTurnAsync(Turn(claim) with { BasedOnTurn = 1, Item = claim.Pending[1], Replies = [], WithdrawnMessageId = "m1" });

        Assert.Equal(1, Count("SELECT count(*) FROM inbox WHERE activity IS NULL"));
        await Ledger.AcceptAsync([With(Entry("e3", "U1"), "m1")]);
        Assert.Equal(2, Count("SELECT count(*) FROM inbox WHERE activity IS NULL"));
    }

    [Fact]
    public async Task A_null_character_from_outside_is_kept_as_something_readable()
    {
        Assert.Equal(1, await Ledger.AcceptAsync([Entry("e\0vil", "U\01")]));

        Assert.Equal("e\0vil", Assert.Single((await ClaimOneAsync()).Pending).Activity!.Id);
    }

    /// <summary>How the server would run a statement, on a connection as the ledger makes them.</summary>
    private async Task<string> PlanAsync(NpgsqlBatchCommand asked, bool analyze = false)
    {
        await using var source = PostgresConnections.To(_connection!);
        await using var connection = await source.OpenConnectionAsync(TestContext.Current.CancellationToken);
        await using var command = new NpgsqlCommand($"EXPLAIN {(analyze ? "(ANALYZE)" : "")} {asked.CommandText}", connection);
        foreach (NpgsqlParameter value in asked.Parameters) command.Parameters.Add(value.Clone());
        await using var reader = await command.ExecuteReaderAsync(TestContext.Current.CancellationToken);
        var plan = new StringBuilder();
        while (await reader.ReadAsync(TestContext.Current.CancellationToken)) plan.AppendLine(reader.GetString(0));
        return plan.ToString();
    }

    private static InboxEntry With(InboxEntry entry, string message) => entry with { Activity = entry.Activity with { MessageId = message } };
}
