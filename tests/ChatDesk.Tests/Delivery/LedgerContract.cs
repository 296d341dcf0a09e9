using ChatDesk.Activities;
using ChatDesk.Delivery;
using Microsoft.Extensions.Time.Testing;

namespace ChatDesk.Tests.Delivery;

/// <summary>What every ledger promises, whatever it keeps its rows in.</summary>
public abstract class LedgerContract : IAsyncLifetime
{
    private readonly FakeTimeProvider _time = new(new DateTimeOffset(2026, 11, 23, 2, 0, 0, TimeSpan.Zero));
    private ILedger _ledger = null!;

    private protected ILedger Ledger => _ledger;

    private protected FakeTimeProvider Time => _time;

    public virtual async ValueTask InitializeAsync() => _ledger = await OpenAsync(_time);

    public virtual async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Opens the ledger of this test, again if it was open before.</summary>
    private protected abstract Task<ILedger> OpenAsync(TimeProvider time);

    /// <summary>The one number a query gives.</summary>
    private protected abstract long Count(string sql);

    private protected async Task CloseAsync()
    {
        if (_ledger is not null) await _ledger.DisposeAsync();
        _ledger = null!;
    }

    private protected async Task ReopenAsync()
    {
        await CloseAsync();
        _ledger = await OpenAsync(_time);
    }

    [Fact]
    public async Task Two_workers_on_one_conversation_the_fence_lets_only_the_first_commit()
    {
        await _ledger.AcceptAsync([Entry("e1", "U1")]);
        var claim = await ClaimOneAsync();

        var first = await _ledger.CommitTurnAsync(Turn(claim));
        var second = await _ledger.CommitTurnAsync(Turn(claim));

        Assert.Equal(1, first!.Turn);
        Assert.Null(second);
        Assert.Equal(1, Count("SELECT count(*) FROM outbox"));
        Assert.Equal(2, Count("SELECT count(*) FROM transcript"));
    }

    [Fact]
    public async Task What_nobody_waits_for_any_more_is_not_kept_and_can_be_delivered_again()
    {
        var gone = Patience.Of(TimeSpan.FromSeconds(-1));
        await Assert.ThrowsAsync<LedgerException>(() => _ledger.AcceptAsync([Entry("e1", "U1")], gone));
        Assert.Equal(0, Count("SELECT count(*) FROM inbox"));

        Assert.Equal(1, await _ledger.AcceptAsync([Entry("e1", "U1")], Patience.Of(TimeSpan.FromMinutes(1))));
        // Its conversation is known by now, so only the write itself can be late.
        await Assert.ThrowsAsync<LedgerException>(() => _ledger.AcceptAsync([Entry("e2", "U1")], gone));
        Assert.Equal(1, Count("SELECT count(*) FROM inbox"));
    }

    [Fact]
    public async Task A_claimed_conversation_is_not_handed_out_again_until_it_is_given_back()
    {
        await _ledger.AcceptAsync([Entry("e1", "U1")]);
        var claim = await ClaimOneAsync();
        await _ledger.AcceptAsync([Entry("e2", "U1"), Entry("e3", "U2")]);

        Assert.Equal("U2", (await ClaimOneAsync()).Key.Address);
        await _ledger.CommitTurnAsync(Turn(claim));
        _ledger.Release(claim);

        var again = await ClaimOneAsync();
        Assert.Equal("U1", again.Key.Address);
        Assert.Single(again.Unsettled);
        Assert.Equal("e2", Assert.Single(again.Pending).Activity!.Id);
    }

    [Fact]
    public async Task After_a_crash_everything_unfinished_is_handed_out_and_a_reply_that_may_have_left_says_so()
    {
        await _ledger.AcceptAsync([Entry("e1", "U1", token: "t1"), Entry("e2", "U2")]);
        var claims = await _ledger.ClaimAsync(10, TestContext.Current.CancellationToken);
        await _ledger.CommitTurnAsync(Turn(claims.Single(c => c.Key.Address == "U1")));
        await ReopenAsync();

        var after = await _ledger.ClaimAsync(10, TestContext.Current.CancellationToken);

        Assert.Equal(ReplyTrace.MaybeUsed, Assert.Single(after.Single(c => c.Key.Address == "U1").Unsettled).Reply);
        Assert.Equal("e2", Assert.Single(after.Single(c => c.Key.Address == "U2").Pending).Activity!.Id);
    }

    [Fact]
    public async Task A_deferred_answer_holds_the_conversation_back_until_its_time()
    {
        await _ledger.AcceptAsync([Entry("e1", "U1")]);
        var claim = await ClaimOneAsync();
        var said = (await _ledger.CommitTurnAsync(Turn(claim)))!.Outbox!;
        await _ledger.SettleAsync(said, new SendResult(SendStatus.Deferred) { RetryAt = _time.GetUtcNow().AddSeconds(30), Reply = ReplyTrace.Refused, Reason = "rate" });
        await _ledger.AcceptAsync([Entry("e2", "U1")]);
        _ledger.Release(claim);
        using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(200));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await ClaimSomethingAsync(soon.Token));

        _time.Advance(TimeSpan.FromSeconds(31));
        await _ledger.SweepAsync(_time.GetUtcNow());

        var again = await ClaimOneAsync();
        Assert.Equal((1, ReplyTrace.Refused), (again.Unsettled.Single().Attempts, again.Unsettled.Single().Reply));
        Assert.Single(again.Pending);
    }

    [Fact]
    public async Task Events_of_one_conversation_come_by_the_time_they_happened()
    {
        await _ledger.AcceptAsync([Entry("c", "U1", second: 3), Entry("a", "U1", second: 1), Entry("b", "U1", second: 2)]);

        Assert.Equal(["a", "b", "c"], (await ClaimOneAsync()).Pending.Select(p => p.Activity!.Id));
    }

    [Fact]
    public async Task A_timer_fires_once_at_its_time_as_an_event_and_a_cancelled_one_never()
    {
        await _ledger.AcceptAsync([Entry("e1", "U1"), Entry("e2", "U2")]);
        foreach (var claim in await _ledger.ClaimAsync(10, TestContext.Current.CancellationToken))
        {
            var due = _time.GetUtcNow().AddMinutes(10);
            await _ledger.CommitTurnAsync(Turn(claim) with { Timers = [new("silence", due, "data")], Replies = [] });
            if (claim.Key.Address == "U2")
                await _ledger.CommitTurnAsync(Turn(claim) with { BasedOnTurn = 1, Timers = [new("silence", null)], Replies = [] });
            _ledger.Release(claim);
        }
        await _ledger.SweepAsync(_time.GetUtcNow());
        Assert.Equal(2, Count("SELECT count(*) FROM inbox"));

        _time.Advance(TimeSpan.FromMinutes(11));
        await _ledger.SweepAsync(_time.GetUtcNow());
        await _ledger.SweepAsync(_time.GetUtcNow());

        var fired = Assert.Single((await ClaimOneAsync()).Pending).Activity!;
        Assert.Equal((InboundKind.Timer, "silence", "data", "U1"), (fired.Kind, fired.Text, fired.Data, fired.Conversation.Address));
        Assert.Equal(3, Count("SELECT count(*) FROM inbox"));
    }

    [Fact]
    public async Task One_bad_write_in_a_batch_fails_alone()
    {
        var broken = Entry("e0", "U0") with { Activity = Entry("e0", "U0").Activity with { Id = null! } };
        var writes = Enumerable.Range(1, 50).Select(n => _ledger.AcceptAsync([n == 25 ? broken : Entry($"e{n}", $"U{n}")])).ToList();

        await Assert.ThrowsAsync<LedgerException>(() => writes[24]);
        for (var n = 0; n < writes.Count; n++)
        {
            if (n != 24) Assert.Equal(1, await writes[n]);
        }
        Assert.Equal(49, Count("SELECT count(*) FROM inbox"));
    }

    [Fact]
    public async Task What_was_said_is_read_question_before_answer_from_any_place_and_its_growing_is_told()
    {
        var grew = 0;
        _ledger.TranscriptGrew += _ => Interlocked.Increment(ref grew);
        var key = new ConversationKey("demo", "line", "U1");
        await _ledger.AcceptAsync([Entry("e0", "U2")]);
        await _ledger.CommitTurnAsync(Turn(await ClaimOneAsync()));
        for (var n = 1; n <= 3; n++)
        {
            await _ledger.AcceptAsync([Entry($"e{n}", "U1", second: n)]);
            var claim = await ClaimOneAsync();
            foreach (var unsettled in claim.Unsettled) await _ledger.SettleAsync(unsettled, new SendResult(n == 2 ? SendStatus.Sent : SendStatus.Blocked));
            await _ledger.CommitTurnAsync(Turn(claim));
            _ledger.Release(claim);
        }

        var lines = await _ledger.ReadTranscriptAsync(key, 0, 100);

        Assert.Equal(["e1", "e1:0", "e2", "e2:0", "e3", "e3:0"], lines.Select(l => l.ActivityId));
        Assert.Equal([null, OutboxState.Sent, null, OutboxState.Blocked, null, OutboxState.Pending], lines.Select(l => l.Delivery));
        Assert.All(lines, l => Assert.True(l.Incoming is null != l.Outgoing is null));
        Assert.Equal(lines[^1].Place, await _ledger.LastPlaceAsync(key));
        for (var n = 0; n < lines.Count; n++)
            Assert.Equal(lines.Skip(n + 1).Take(2).Select(l => l.ActivityId), (await _ledger.ReadTranscriptAsync(key, lines[n].Place, 2)).Select(l => l.ActivityId));
        Assert.Empty(await _ledger.ReadTranscriptAsync(key with { Agency = "other" }, 0, 100));
        Assert.Equal(4, grew);
    }

    private protected static InboxEntry Entry(string id, string address, string? token = null, int second = 0) => new(
        new InboundActivity
        {
            Id = id,
            Conversation = new("demo", "line", address),
            Kind = InboundKind.Text,
            At = new DateTimeOffset(2026, 11, 23, 1, 59, second, TimeSpan.Zero),
            Text = "สวัสดี",
            ReplyHandle = token,
        },
        new DateTimeOffset(2026, 11, 23, 2, 0, 0, TimeSpan.Zero), "{}"u8.ToArray());

    private protected static TurnCommit Turn(ClaimedConversation claim) => new()
    {
        Conversation = claim,
        BasedOnTurn = claim.Turn,
        Item = claim.Pending[0],
        Outcome = "clarify",
        Snapshot = "{}"u8.ToArray(),
        Replies = [OutboundActivity.Say("ตอบ")],
    };

    private protected async Task<ClaimedConversation> ClaimOneAsync() => Assert.Single(await ClaimSomethingAsync(TestContext.Current.CancellationToken, 1));

    /// <summary>Claims until there is something to do; a conversation that was woken for nothing is no claim.</summary>
    private protected async Task<IReadOnlyList<ClaimedConversation>> ClaimSomethingAsync(CancellationToken cancel, int max = 10)
    {
        while (true)
        {
            var claimed = await _ledger.ClaimAsync(max, cancel);
            if (claimed.Count > 0) return claimed;
        }
    }
}
