using ChatDesk.Activities;

namespace ChatDesk.Delivery;

/// <summary>
/// Session state of conversations, stamped with the turn that wrote it. Never the truth: the ledger keeps the same bytes
/// with every turn, so whatever is missing, older or unreachable here is read there. Two members: Redis and bounded memory.
/// </summary>
internal interface ISessionStore
{
    /// <summary>The state as of exactly <paramref name="turn"/>, or null when the store has none, an older or a newer one.</summary>
    ValueTask<byte[]?> ReadAsync(ConversationKey conversation, long turn);

    /// <summary>Keeps the state as of that turn. Best effort: a failure costs a read of the ledger, nothing else.</summary>
    void Write(ConversationKey conversation, long turn, byte[] state);
}
