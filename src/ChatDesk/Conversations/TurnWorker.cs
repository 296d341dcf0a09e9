using System.Diagnostics;
using ChatDesk.Activities;
using ChatDesk.Delivery;

namespace ChatDesk.Conversations;

/// <summary>
/// Runs turns: claims conversations, takes their activities one after the other through the pipeline, commits each turn
/// whole, and lets what it said go out before the next one. One worker holds a conversation at a time; if two ever do,
/// the turn number stops the second commit.
/// </summary>
internal sealed class TurnWorker(
    ILedger ledger, ISessionStore sessions, OutboxWorker outbox, ChannelStandings standings, TurnPipeline pipeline,
    ContentLibrary library, TurnFeed feed, TimeProvider time, ILogger<TurnWorker> log) : BackgroundService
{
    /// <summary>Turns computed at once. Conversations that wait for their provider do not count.</summary>
    private const int TurnsInFlight = 256;

    /// <summary>
    /// With how many a replica begins that others can stand in for, and one more with each conversation it has worked on: its first turns are slow (nothing is compiled,
    /// no connection is open), and what it holds meanwhile another one could have answered.
    /// </summary>
    private const int FirstInFlight = 8;

    /// <summary>What part of the slots may wait for something due: a conversation that was delivering must get one for its next turn, however quiet it is otherwise.</summary>
    private const int ClaimPart = 4;

    /// <summary>A turn that failed this often on one activity sets it aside.</summary>
    private const int FaultLimit = 3;

    private static readonly TimeSpan SlowTurn = TimeSpan.FromSeconds(1.5);
    private static readonly TimeSpan DrainTime = TimeSpan.FromSeconds(8);

    private readonly SemaphoreSlim _slots = new(ledger.IsShared ? FirstInFlight : TurnsInFlight);
    private int _granted = ledger.IsShared ? FirstInFlight : TurnsInFlight;
    private int _working;

    public override void Dispose()
    {
        _slots.Dispose();
        base.Dispose();
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        var patience = time.GetTimestamp();
        while (Volatile.Read(ref _working) > 0 && time.GetElapsedTime(patience) < DrainTime)
            await Task.Delay(TimeSpan.FromMilliseconds(20), time, cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Where replicas share the ledger, one that still reads its articles must not hold what another could answer now.
        if (ledger.IsShared) await library.Loaded.WaitAsync(stoppingToken);
        while (!stoppingToken.IsCancellationRequested)
        {
            var slots = await TakeSlotsAsync(stoppingToken);
            var claimed = await ClaimAsync(slots, stoppingToken);
            if (claimed.Count < slots) _slots.Release(slots - claimed.Count);
            foreach (var conversation in claimed)
            {
                Interlocked.Increment(ref _working);
                _ = Task.Run(() => WorkAsync(conversation, stoppingToken), CancellationToken.None);
            }
        }
    }

    private async ValueTask<int> TakeSlotsAsync(CancellationToken stopping)
    {
        await _slots.WaitAsync(stopping);
        var taken = 1;
        var most = Math.Min(Volatile.Read(ref _granted), TurnsInFlight) / ClaimPart;
        while (taken < most && _slots.Wait(0, CancellationToken.None)) taken++;
        return taken;
    }

    private async ValueTask<IReadOnlyList<ClaimedConversation>> ClaimAsync(int slots, CancellationToken stopping)
    {
        try
        {
            return await ledger.ClaimAsync(slots, stopping);
        }
        catch (Exception fault) when (fault is not OperationCanceledException)
        {
            log.LogError(fault, "Claim failed, next one in a second");
            await Task.Delay(TimeSpan.FromSeconds(1), time, stopping);
            return [];
        }
    }

    private async Task WorkAsync(ClaimedConversation conversation, CancellationToken stopping)
    {
        var slot = new Slot(_slots);
        var (givenBack, inOrder) = (false, false);
        try
        {
            var heldBack = conversation.HeldBack;
            if (conversation.Unsettled.Count > 0)
            {
                slot.Leave();
                heldBack = inOrder = !await outbox.DeliverAsync(conversation.Unsettled, conversation.Reachable, stopping);
                if (heldBack && !conversation.WithOfficer) return;
            }
            if (!library.Loaded.IsCompleted)
            {
                // What was said before the restart has gone out above, while its reply handles are fresh; only new turns need the articles.
                // Given back afterwards and not worked on: what arrived during the wait may belong before what was claimed.
                slot.Leave();
                await library.Loaded.WaitAsync(stopping);
                inOrder = conversation.LeftInOrder;
                return;
            }
            givenBack = await TakeTurnsAsync(conversation, heldBack, slot, stopping);
            inOrder = conversation.LeftInOrder;
        }
        catch (OperationCanceledException) when (stopping.IsCancellationRequested)
        {
            // The desk is stopping: whatever was not committed or settled is found again at the next start.
        }
        catch (LedgerException fault)
        {
            log.LogError("Ledger failed in {Conversation}, to be tried again: {Fault}", conversation.Key, fault.Message);
        }
        catch (Exception fault)
        {
            log.LogError(fault, "Conversation {Conversation} is left for the next sweep", conversation.Key);
        }
        finally
        {
            slot.Leave();
            if (!givenBack) ledger.Release(conversation, inOrder);
            if (Volatile.Read(ref _granted) < TurnsInFlight && Interlocked.Increment(ref _granted) <= TurnsInFlight) _slots.Release();
            Interlocked.Decrement(ref _working);
        }
    }

    /// <returns>True when the conversation is given back by the last settling and not by the caller.</returns>
    private async ValueTask<bool> TakeTurnsAsync(ClaimedConversation conversation, bool heldBack, Slot slot, CancellationToken stopping)
    {
        var session = await LoadAsync(conversation);
        for (var i = 0; i < conversation.Pending.Count; i++)
        {
            await slot.TakeAsync(stopping);
            if (await TakeTurnAsync(session, conversation.Pending[i], stopping) is not { } committed) return false;
            // Behind what may not be tried yet: the next claim sends both, in order.
            if (committed.Outbox is not { } said || heldBack) continue;
            slot.Leave();
            if (i == conversation.Pending.Count - 1)
            {
                await outbox.DeliverLastAsync(said, session.Reachable, conversation.Id, stopping);
                return true;
            }
            heldBack = !await outbox.DeliverAsync([said], session.Reachable, stopping);
            // LINE is away. The bot says nothing more meanwhile; an officer who goes on sees each of his words take its place in the line.
            if (heldBack && !conversation.WithOfficer) return false;
        }
        return false;
    }

    private async ValueTask<OpenSession> LoadAsync(ClaimedConversation conversation)
    {
        SessionState? state = null;
        if (conversation.Turn > 0)
        {
            state = SessionState.Read(await sessions.ReadAsync(conversation.Key, conversation.Turn))
                ?? SessionState.Read(await ledger.ReadSnapshotAsync(conversation.Id));
        }
        return new OpenSession(conversation) { State = state ?? SessionState.New, Turn = conversation.Turn, Reachable = conversation.Reachable };
    }

    /// <returns>The turn, or null when this worker must let go of the conversation (fenced off, or the turn failed and comes back).</returns>
    private async ValueTask<CommittedTurn?> TakeTurnAsync(OpenSession session, InboxItem item, CancellationToken stopping)
    {
        using var span = DeskTraces.Turn(session.Conversation.Key, item.Activity);
        StageAnswer answer;
        string? quarantine = null;
        try
        {
            if (item.Unreadable) quarantine = "unreadable";
            answer = await AnswerAsync(session, item, stopping);
        }
        catch (Exception fault) when (fault is not (OperationCanceledException or LedgerException))
        {
            DeskMeters.TurnFailed(session.Conversation.Key);
            log.LogError(fault, "Turn failed in {Conversation} on activity {Activity}, try {Try}", session.Conversation.Key, item.Activity?.Id, item.Attempts + 1);
            if (item.Attempts + 1 < FaultLimit)
            {
                await ledger.RecordFaultAsync(item, fault.GetType().Name);
                return null;
            }
            quarantine = fault.GetType().Name;
            answer = Apologise(session, item);
        }

        var state = answer.State ?? session.State;
        var snapshot = state.Write();
        var committed = await CommitAsync(new TurnCommit
        {
            Conversation = session.Conversation,
            BasedOnTurn = session.Turn,
            Item = item,
            Outcome = answer.Outcome.Name,
            Evidence = answer.Evidence,
            Snapshot = snapshot,
            Replies = DeskTraces.Mark(answer.Replies),
            Effects = answer.Effects,
            Parts = answer.Parts,
            Handle = answer.Handle,
            Timers = answer.Timers,
            Reachable = answer.Reachable,
            WithdrawnMessageId = answer.WithdrawnMessageId,
            KeptText = answer.KeptText,
            QuarantineReason = quarantine,
        });
        if (committed is null)
        {
            DeskMeters.TurnFenced(session.Conversation.Key);
            log.LogWarning("Turn {Turn} of {Conversation} was already taken elsewhere; this one is dropped", session.Turn + 1, session.Conversation.Key);
            return null;
        }
        span?.SetTag("chatdesk.outcome", answer.Outcome.Name.Split(':')[0]);
        DeskMeters.TurnTaken(session.Conversation.Key, answer.Outcome.Name);
        sessions.Write(session.Conversation.Key, committed.Turn, snapshot);
        session.Turn = committed.Turn;
        session.State = state;
        session.Reachable = answer.Reachable ?? session.Reachable;
        if (answer.ShowWorking) await outbox.ShowWorkingAsync(session.Conversation.Key, stopping);
        feed.Publish(new FinishedTurn(session.Conversation.Key, item.Activity?.Id, committed.Turn, answer));
        return committed;
    }

    private Task<CommittedTurn?> CommitAsync(TurnCommit turn) => DeskTraces.Commit() is { } span ? TracedAsync(span, turn) : ledger.CommitTurnAsync(turn);

    private async Task<CommittedTurn?> TracedAsync(Activity span, TurnCommit turn)
    {
        using (span) return await ledger.CommitTurnAsync(turn);
    }

    private async ValueTask<StageAnswer> AnswerAsync(OpenSession session, InboxItem item, CancellationToken stopping)
    {
        if (item.Activity is not { } activity) return new StageAnswer(TurnOutcome.Silent);
        if (activity.Kind is InboundKind.Suspended or InboundKind.Resumed)
            await standings.ChangeAsync(activity.Conversation, activity.Kind == InboundKind.Suspended);
        var working = pipeline.RunAsync(Context(session, item, activity), stopping);
        return working.IsCompletedSuccessfully ? working.Result : await ShowWorkingAsync(activity, working.AsTask(), stopping);
    }

    private async Task<StageAnswer> ShowWorkingAsync(InboundActivity activity, Task<StageAnswer> working, CancellationToken stopping)
    {
        try
        {
            return await working.WaitAsync(SlowTurn, time, stopping);
        }
        catch (TimeoutException) when (!working.IsCompleted)
        {
            if (activity.MayAnswer) await outbox.ShowWorkingAsync(activity.Conversation, stopping);
            return await working;
        }
    }

    private TurnContext Context(OpenSession session, InboxItem item, InboundActivity activity) => new()
    {
        Activity = activity,
        State = session.State,
        Content = library.For(activity.Conversation.Agency),
        Language = SpokenLanguage.Of(activity, session.State),
        Now = time.GetUtcNow(),
        ReceivedAt = item.ReceivedAt,
    };

    private StageAnswer Apologise(OpenSession session, InboxItem item)
    {
        var state = session.State with { Faults = session.State.Faults + 1 };
        if (session.State.Floor is not null || item.Activity is not { MayAnswer: true } activity || !library.Has(activity.Conversation.Agency))
            return new StageAnswer(TurnOutcome.Failed) { State = state };
        var context = Context(session, item, activity);
        var words = context.Content.Words;
        return new StageAnswer(TurnOutcome.Failed)
        {
            State = state,
            Replies = [OutboundActivity.Say(words.Say("apology", context.Language), words.Offer(context.Language, "person", "start_over"))],
        };
    }

    /// <summary>The right to compute a turn; given up while the provider is waited for, taken again for the next turn.</summary>
    private sealed class Slot(SemaphoreSlim slots)
    {
        private bool _held = true;

        public async ValueTask TakeAsync(CancellationToken stopping)
        {
            if (_held) return;
            await slots.WaitAsync(stopping);
            _held = true;
        }

        public void Leave()
        {
            if (!_held) return;
            _held = false;
            slots.Release();
        }
    }

    /// <summary>A conversation while this worker holds it.</summary>
    private sealed class OpenSession(ClaimedConversation conversation)
    {
        public ClaimedConversation Conversation => conversation;

        public required SessionState State { get; set; }

        public required long Turn { get; set; }

        public required bool Reachable { get; set; }
    }
}
