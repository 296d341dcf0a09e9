using System.Security.Cryptography;
using ChatDesk.Activities;
using ChatDesk.Delivery;

namespace ChatDesk.Channels.Mail;

/// <summary>
/// Which address is behind a conversation's key. The key is a random name: it stands in logs and on the desk, where an e-mail address
/// has no business.
/// </summary>
internal sealed class MailBook(ILedger ledger, TimeProvider time)
{
    private const string Prefix = "mailbox:";

    /// <summary>A conversation with this address.</summary>
    public async Task<ConversationKey> OpenAsync(string agency, MailAddress address)
    {
        var name = Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(12));
        await ledger.RememberAsync(agency, MailSender.Name, Prefix + name, address.Text, time.GetUtcNow());
        return new(agency, MailSender.Name, name);
    }

    /// <returns>Null when it was never known, or is forgotten.</returns>
    public async Task<MailAddress?> FindAsync(ConversationKey conversation) =>
        MailAddress.Read(await ledger.RecallAsync(conversation.Agency, MailSender.Name, Prefix + conversation.Address));

    /// <summary>Nothing can be written there any more, not even what is already on its way. Conversations of other channels have no address here.</summary>
    public Task ForgetAsync(ConversationKey conversation) => conversation.Channel != MailSender.Name
        ? Task.CompletedTask
        : ledger.RememberAsync(conversation.Agency, MailSender.Name, Prefix + conversation.Address, "", time.GetUtcNow());
}
