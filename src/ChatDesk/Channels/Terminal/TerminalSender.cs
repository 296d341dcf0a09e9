using ChatDesk.Activities;
using ChatDesk.Delivery;

namespace ChatDesk.Channels.Terminal;

/// <summary>The way out of <c>-- chat</c> and <c>-- ask</c>: hands what the desk says to whoever waits at the terminal.</summary>
internal sealed class TerminalSender : IChannelSender
{
    public const string Name = "terminal";

    /// <summary>Called with everything said, in order.</summary>
    public event Action<ConversationKey, IReadOnlyList<OutboundActivity>>? Said;

    public string Channel => Name;

    public ValueTask<SendResult> SendAsync(OutboxItem item, CancellationToken stopping)
    {
        Said?.Invoke(item.Conversation, item.Activities);
        return new(new SendResult(SendStatus.Sent) { PartsDone = 1, Reply = item.Reply });
    }

    public ValueTask ShowWorkingAsync(ConversationKey conversation, CancellationToken stopping) => ValueTask.CompletedTask;
}
