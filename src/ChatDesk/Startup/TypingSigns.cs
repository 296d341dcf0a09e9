using ChatDesk.Activities;
using ChatDesk.Channels.Web.Receiving;
using ChatDesk.Channels.Web.Sending;
using ChatDesk.Delivery;
using ChatDesk.Handover;

namespace ChatDesk.Startup;

/// <summary>Carries "is typing" between a contact's page and the desk, both ways: neither room knows the other.</summary>
internal sealed class TypingSigns(ContactSigns contacts, DeskFeed desk, WebTyping web, TimeProvider time) : IHostedService
{
    public Task StartAsync(CancellationToken cancellationToken)
    {
        contacts.Typed += TellDesk;
        desk.Signed += TellContact;
        return Task.CompletedTask;
    }

    public Task StopAsync(CancellationToken cancellationToken)
    {
        contacts.Typed -= TellDesk;
        desk.Signed -= TellContact;
        return Task.CompletedTask;
    }

    private void TellDesk(ConversationKey conversation) => desk.Sign(new DeskSign(conversation, "typing", null, null, time.GetUtcNow()));

    /// <summary>An officer's reply only: of notes, and of who looks on, a contact knows nothing.</summary>
    private void TellContact(DeskSign sign)
    {
        if (sign is { Kind: "typing", OfficerId: not null } && sign.Conversation.Channel == WebActivityMapper.Channel) web.Show(sign.Conversation, sign.OfficerName);
    }
}
