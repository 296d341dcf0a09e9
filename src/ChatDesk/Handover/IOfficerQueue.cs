using ChatDesk.Activities;

namespace ChatDesk.Handover;

/// <summary>
/// The officers' side of the ledger: queue, presence, words, and the numbered feed. Every method looks only into the
/// officer's own agency. Two members: SQLite (with the embedded ledger) and PostgreSQL (shared by replicas). Methods that change
/// something return after it is durable; who may do what (roles) is decided before them, on the desk.
/// </summary>
/// <remarks>Failures of the store throw <see cref="Delivery.LedgerException"/>: nothing of the action was kept.</remarks>
internal interface IOfficerQueue
{
    // ---- Live -------------------------------------------------------------------------------------------------------

    /// <summary>Everything the lists show, and the number to go on from.</summary>
    Task<DeskSnapshot> SnapshotAsync(string agency);

    /// <summary>What changed since. <see cref="DeskFeed"/> says when it is worth asking.</summary>
    Task<DeskCatchUp> EventsAfterAsync(string agency, long seq, int max = 500);

    /// <summary>Closed handovers, newest first, for the tab ปิดแล้ว.</summary>
    /// <param name="agency">Whose.</param>
    /// <param name="before">Only those closed before; null for the newest.</param>
    /// <param name="take">At most 200.</param>
    Task<IReadOnlyList<HandoverRow>> ClosedAsync(string agency, DateTimeOffset? before, int take);

    // ---- Conversations ----------------------------------------------------------------------------------------------

    /// <summary>Whether the bot speaks for an agency. From memory: asked in every turn.</summary>
    BotSwitch Bot(string agency);

    /// <summary>The open handover of a conversation, or null.</summary>
    ValueTask<HandoverRow?> OpenInAsync(ConversationKey conversation);

    /// <summary>Does what time has made due: closes, returns, promises, openings, officers who went silent. Called every second.</summary>
    Task SweepAsync();

    /// <summary>Forgets events older than <see cref="HandoverRules.EventsKept"/>. Called every hour.</summary>
    Task PruneAsync();

    // ---- Presence ---------------------------------------------------------------------------------------------------

    /// <summary>Signs an officer on (Free), or renews what they can take.</summary>
    Task<PresenceRow> ArriveAsync(OfficerCard card);

    /// <summary>Free, busy or away with a reason. Away gives conversations back to the queue after <see cref="HandoverRules.AwayPatience"/>; Off at once.</summary>
    Task<QueueResult> SetPresenceAsync(Officer by, PresenceState state, string? reason);

    /// <summary>A sign of life (every 15 s from an open page). Costs no write; after <see cref="HandoverRules.SilentPresence"/> without one the officer is set away.</summary>
    void Seen(Officer by);

    // ---- Queue ------------------------------------------------------------------------------------------------------

    /// <summary>Takes one that waits. Ends when the floor is the officer's: everything the bot said before is settled, nothing of it follows.
    /// Losers get <see cref="QueueStatus.Taken"/> at once, with the winner in the row. Should the turn be slow, ends after five seconds with the row's
    /// <see cref="HandoverRow.FloorSince"/> still null; an event follows.</summary>
    Task<QueueResult> ClaimAsync(Officer by, long handover);

    /// <summary>Takes the next suitable one: offered to the officer first, then by priority, then the longest wait.</summary>
    Task<QueueResult> ClaimNextAsync(Officer by);

    /// <summary>Takes a conversation that nobody asked to hand over.</summary>
    Task<QueueResult> StepInAsync(Officer by, ConversationKey conversation, string? reason);

    /// <summary>Takes one from a colleague.</summary>
    Task<QueueResult> TakeOverAsync(Officer by, long handover, string reason);

    /// <summary>Puts one's own back into the queue.</summary>
    Task<QueueResult> ReturnAsync(Officer by, long handover, string reason);

    /// <summary>Offers one's own to a colleague, a unit, or another agency.</summary>
    Task<QueueResult> TransferAsync(Officer by, long handover, TransferTarget to, string reason);

    /// <summary>Accepts what is offered to the officer, their unit, or (a referral) their agency.</summary>
    Task<QueueResult> AcceptAsync(Officer by, long handover);

    Task<QueueResult> RefuseAsync(Officer by, long handover, string reason);

    /// <summary>Takes an offer back.</summary>
    Task<QueueResult> TakeBackOfferAsync(Officer by, long handover);

    /// <summary>Waits for the contact (รอประชาชน); ends by itself when they write.</summary>
    Task<QueueResult> HoldAsync(Officer by, long handover);

    Task<QueueResult> ResumeAsync(Officer by, long handover);

    /// <summary>Changes how soon it is wanted.</summary>
    Task<QueueResult> PrioritiseAsync(Officer by, long handover, HandoverPriority priority, string reason);

    /// <summary>Closes after <see cref="HandoverRules.UndoTime"/>; until then nothing is sent and <see cref="UndoCloseAsync"/> undoes it. A message of the contact meanwhile undoes it too.</summary>
    Task<QueueResult> CloseAsync(Officer by, long handover, string topic, string outcome, bool survey);

    Task<QueueResult> UndoCloseAsync(Officer by, long handover);

    // ---- Words ------------------------------------------------------------------------------------------------------

    /// <summary>Says something to the contact, once for each client id.</summary>
    Task<SayResult> SayAsync(Officer by, SayOrder order);

    /// <summary>A note between officers, once for each client id; any officer of the agency, any conversation.</summary>
    Task<SayResult> NoteAsync(Officer by, ConversationKey conversation, string clientId, string text);

    /// <summary>Tries a failed line again, with the retry key of its first try.</summary>
    Task<QueueResult> RetryAsync(Officer by, long handover, string lineKey);

    /// <summary>The officer has read everything: the count falls to zero, and the channel is told where it has a way.</summary>
    Task<QueueResult> MarkReadAsync(Officer by, long handover);

    // ---- Reading ----------------------------------------------------------------------------------------------------

    /// <param name="agency">Whose.</param>
    /// <param name="conversation">Which; of another agency: empty.</param>
    /// <param name="before">Cursor (<see cref="TranscriptPage.Before"/>); null for the newest.</param>
    /// <param name="take">At most 200.</param>
    Task<TranscriptPage> TranscriptAsync(string agency, ConversationKey conversation, string? before, int take);

    /// <summary>People, messages and case numbers that hold these letters, anywhere inside unspaced Thai; newest first, at most 50 of a kind,
    /// among the agency's last 50,000 events.</summary>
    Task<IReadOnlyList<SearchHit>> SearchAsync(string agency, string text);

    Task<ContactCard?> ContactAsync(string agency, ConversationKey conversation);

    /// <summary>Replaces a contact's tags.</summary>
    Task<QueueResult> TagAsync(Officer by, ConversationKey conversation, IReadOnlyList<string> tags);

    // ---- Off switch -------------------------------------------------------------------------------------------------

    /// <summary>Switches the bot of the supervisor's agency off or on.</summary>
    /// <returns>The switch before and after, for the audit.</returns>
    Task<(BotSwitch Before, BotSwitch After)> SwitchBotAsync(Officer by, bool off, string reason);
}
