using ChatDesk.Activities;
using ChatDesk.Channels.Web.Receiving;
using ChatDesk.Channels.Web.Streaming;
using ChatDesk.Delivery;

namespace ChatDesk.Channels.Web.Sending;

/// <summary>
/// The way out to the web. Once a turn is committed its words are in the transcript, and that is where pages read them: open ones
/// at once (<see cref="WebFeed"/>), others when they come back. So there is nothing left to bring anywhere.
/// </summary>
internal sealed class WebSender(WebTyping typing, WebFeed feed) : IChannelSender
{
    public string Channel => WebActivityMapper.Channel;

    public ValueTask<SendResult> SendAsync(OutboxItem item, CancellationToken stopping) =>
        new(new SendResult(SendStatus.Sent) { PartsDone = 1, Reply = item.Reply });

    public bool IsWatched(ConversationKey conversation) => feed.IsWatched(conversation);

    public ValueTask ShowWorkingAsync(ConversationKey conversation, CancellationToken stopping)
    {
        typing.Show(conversation, from: null);
        return ValueTask.CompletedTask;
    }
}
