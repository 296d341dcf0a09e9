using ChatDesk.Activities;

namespace ChatDesk.Delivery;

/// <summary>Fleeting signs of contacts, from channels that have them, for whoever looks on in this process. Nothing is kept; handlers must be quick.</summary>
internal sealed class ContactSigns
{
    /// <summary>The contact of this conversation is writing something.</summary>
    public event Action<ConversationKey>? Typed;

    public void Type(ConversationKey conversation) => Typed?.Invoke(conversation);
}
