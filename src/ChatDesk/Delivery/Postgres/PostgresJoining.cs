using ChatDesk.Activities;
using Npgsql;

namespace ChatDesk.Delivery.Postgres;

/// <summary>
/// Turns, and how tries at sending ended, where officers have a part in the conversation: kept together with what the partner makes of them. However many share a
/// transaction, they are asked of the database in the trips of one.
/// </summary>
/// <param name="lane">Their way.</param>
/// <param name="partner">Who takes part.</param>
/// <param name="outbox">Makes what is about to leave of a kept turn; null when it says nothing.</param>
/// <param name="time">The desk's clock.</param>
internal sealed class PostgresJoining(PostgresLane lane, IPostgresPartner partner, Func<PostgresTurn, KeptRows, OutboxItem?> outbox, TimeProvider time)
{
    /// <returns>Null when the turn was not kept.</returns>
    /// <exception cref="LedgerException">The database refused, or is away.</exception>
    public Task<CommittedTurn?> KeepAsync(TurnCommit turn) => lane.WriteAsync(new JoinedTurn(this, turn, partner.HasOpen(turn.Conversation.Key)));

    /// <param name="item">What was sent.</param>
    /// <param name="result">How that ended.</param>
    /// <param name="isWritten">True when the row says so already and only the partner has not heard of it.</param>
    /// <exception cref="LedgerException">The database refused, or is away.</exception>
    public Task SettleAsync(OutboxItem item, SendResult result, bool isWritten) => lane.WriteAsync(new JoinedEnding(this, item, result, isWritten));

    /// <summary>Of two changes of one kind in one conversation the second must see what the first did.</summary>
    private void Do(PostgresSession session, IReadOnlyList<LaneWork> group)
    {
        var rounds = group.GroupBy(one => (one.GetType(), (one as JoinedEnding)?.Item.Conversation, (one as JoinedTurn)?.Place))
            .SelectMany(same => same.Select((one, round) => (one, round))).GroupBy(one => one.round, one => one.one);
        foreach (var round in rounds.OrderBy(round => round.Key)) Round(session, [.. round.OfType<JoinedEnding>()], [.. round.OfType<JoinedTurn>()]);
    }

    private void Round(PostgresSession session, IReadOnlyList<JoinedEnding> endings, IReadOnlyList<JoinedTurn> turns)
    {
        var now = time.GetUtcNow();
        // Asked in any case: the agency is held before the conversation, by everybody in this order. Nothing that follows gives the floor to an officer.
        foreach (var ending in endings) ending.Decide(partner.HasOfficerNow(ending.Item.Conversation));
        foreach (var turn in turns) turn.Decide(partner.HasOfficerNow(turn.Commit.Conversation.Key), now);

        Write(session, [.. endings.Where(e => e.IsToBeWritten)], turns, now);
        var ended = endings.Where(e => e.IsTold).ToList();
        foreach (var ending in ended.Where(e => e.IsTakenBack)) session.Later(PostgresCommands.MarkDueAt(ending.Item.Conversation, now.ToUnixTimeMilliseconds()));
        var kept = turns.Where(t => t.Rows is not null).Select(t => (Turn: t, Kept: t.Keep(outbox(t.Write, t.Rows!.Value)))).ToList();
        foreach (var (turn, _) in kept) turn.Follow(session);

        partner.ReadAhead([.. ended.Select(e => e.Item)], [.. kept.Select(k => k.Kept)]);
        foreach (var ending in ended) partner.Settled(ending.Item, ending.Ended, now);
        foreach (var (turn, told) in kept)
        {
            partner.TurnKept(told);
            turn.Answer = new CommittedTurn(told.Turn, told.Silenced ? null : told.Outbox);
        }
    }

    private static void Write(PostgresSession session, IReadOnlyList<JoinedEnding> endings, IReadOnlyList<JoinedTurn> turns, DateTimeOffset now)
    {
        var commands = new List<NpgsqlBatchCommand>();
        if (endings.Count > 0) commands.Add(PostgresEndings.Settle([.. endings.Select(e => (e.Item, e.Ended, now))], unlessHeld: false));
        if (turns.Count > 0) commands.Add(PostgresTurns.Command([.. turns.Select(t => t.Write)], quick: false));
        // Done again from the beginning, it must not remember.
        foreach (var ending in endings) ending.IsFound = false;
        foreach (var turn in turns) (turn.Rows, turn.Answer) = (null, null);
        if (commands.Count == 0) return;
        session.Read(commands, reader =>
        {
            if (endings.Count > 0)
            {
                // No row: another replica has settled it, or holds it now. Its word stands.
                while (reader.Read()) endings[(int)reader.GetInt64(0) - 1].IsFound = true;
                reader.NextResult();
            }
            while (turns.Count > 0 && reader.Read()) turns[(int)reader.GetInt64(0) - 1].Rows = PostgresTurns.Kept(reader);
            return true;
        });
    }

    private sealed class JoinedTurn(PostgresJoining joining, TurnCommit turn, bool hasOpen) : LaneWork<CommittedTurn?>
    {
        /// <summary>For the partner's own steps, each a trip, when a handover is opened or something is erased: as many as all the others take together.</summary>
        private const int Heavy = 32;

        /// <summary>For the step or two when an open one moves on.</summary>
        private const int Moving = 4;

        public TurnCommit Commit => turn;

        public override (string Agency, long Conversation)? Place { get; } = (turn.Conversation.Key.Agency, turn.Conversation.Id);

        public override int Weight => turn.WithdrawnMessageId is not null ? Heavy : turn.Parts.Count == 0 ? 1 : hasOpen ? Moving : Heavy;

        public override bool HasEffects => turn.Effects.Count > 0;

        public PostgresTurn Write { get; private set; } = null!;

        public KeptRows? Rows { get; set; }

        public override void Do(PostgresSession session, IReadOnlyList<LaneWork> group) => joining.Do(session, group);

        public void Decide(bool hasOfficer, DateTimeOffset now) => Write = new PostgresTurn(turn, now) { IsSilenced = hasOfficer && OutboundActivity.AnyByBot(turn.Replies) };

        public KeptTurn Keep(OutboxItem? outbox) => new(turn, turn.BasedOnTurn + 1, Rows!.Value.Heard, outbox, Write.IsSilenced, Write.At);

        /// <summary>What comes with the turn, now that it is kept.</summary>
        public void Follow(PostgresSession session)
        {
            if (turn.WithdrawnMessageId is { } message)
            {
                foreach (var erase in PostgresCommands.Erase(turn.Conversation.Id, turn.BasedOnTurn + 1, message, turn.Item.RowId)) session.Later(erase);
            }
            if (HasEffects) session.Later(PostgresCommands.AddEffects(turn, Write.At.ToUnixTimeMilliseconds()));
        }
    }

    private sealed class JoinedEnding(PostgresJoining joining, OutboxItem item, SendResult result, bool wasWritten) : LaneWork<bool>
    {
        private SendResult? _takenBack;

        public OutboxItem Item => item;

        /// <remarks>It locks no row in <c>work</c>.</remarks>
        public override (string Agency, long Conversation)? Place { get; } = (item.Conversation.Agency, 0);

        /// <summary>How it ends.</summary>
        public SendResult Ended => _takenBack ?? result;

        public bool IsTakenBack => _takenBack is not null;

        /// <summary>True while the row does not say how it ended, or says something else.</summary>
        public bool IsToBeWritten => !wasWritten || IsTakenBack;

        /// <summary>Whether the row has taken it.</summary>
        public bool IsFound { get; set; }

        /// <summary>Whether the partner is to hear of it.</summary>
        public bool IsTold => !IsToBeWritten || IsFound;

        public override void Do(PostgresSession session, IReadOnlyList<LaneWork> group) => joining.Do(session, group);

        /// <summary>An officer took the conversation while the bot's answer could not leave: it is not tried again.</summary>
        public void Decide(bool hasOfficer) =>
            _takenBack = hasOfficer && result.Status == SendStatus.Deferred && OutboundActivity.AnyByBot(item.Activities) ? result.TakenBack() : null;
    }
}
