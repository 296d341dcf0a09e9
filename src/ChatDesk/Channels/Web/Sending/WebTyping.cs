using ChatDesk.Activities;
using ChatDesk.Channels.Web.Streaming;

namespace ChatDesk.Channels.Web.Sending;

/// <summary>Shows pages that are open now that an answer is being written. Nothing is kept of it.</summary>
internal sealed class WebTyping(WebFeed feed)
{
    /// <param name="conversation">Whose pages; without any this does nothing.</param>
    /// <param name="from">The officer's name; null when it is the desk itself.</param>
    public void Show(ConversationKey conversation, string? from) => feed.Typing(conversation, from);
}
