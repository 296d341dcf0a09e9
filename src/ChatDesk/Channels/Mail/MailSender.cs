using ChatDesk.Activities;
using ChatDesk.Delivery;
using MailKit;
using MailKit.Net.Smtp;
using MailKit.Security;

namespace ChatDesk.Channels.Mail;

/// <summary>
/// Brings one outbox item to the agency's mail server. A refusal for good ends it, everything else is tried again for
/// <see cref="Patience"/>. Mail has no retry key: when the line breaks between the last byte and the server's word, the letter goes
/// again with the same Message-ID, by which mailboxes know a repetition; a promised answer that never comes would be worse.
/// </summary>
internal sealed class MailSender(MailOptions options, MailBook book, TimeProvider time, ILogger<MailSender> log) : IChannelSender
{
    public const string Name = "mail";

    private static readonly TimeSpan Patience = TimeSpan.FromHours(48);
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(20);
    private static readonly TimeSpan LongestPause = TimeSpan.FromMinutes(30);

    public string Channel => Name;

    public async ValueTask<SendResult> SendAsync(OutboxItem item, CancellationToken stopping)
    {
        if (options.Host is null || !options.From.TryGetValue(item.Conversation.Agency, out var from)) return Blocked("no-account");
        if (await book.FindAsync(item.Conversation) is not { } to) return Blocked("stopped");
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        patience.CancelAfter(options.Timeout);
        try
        {
            using var letter = MailLetter.Write(item, from, to);
            using var client = new SmtpClient { Timeout = (int)options.Timeout.TotalMilliseconds };
            await client.ConnectAsync(options.Host, options.Port, options.Security, patience.Token);
            if (options is { User: { } user, Password: { } password }) await client.AuthenticateAsync(user, password, patience.Token);
            await client.SendAsync(letter, patience.Token);
            await GoodbyeAsync(client, patience.Token);
            return new(SendStatus.Sent) { PartsDone = 1, Reply = item.Reply, ProviderId = letter.MessageId };
        }
        catch (SmtpCommandException refused) when ((int)refused.StatusCode >= 500)
        {
            return Blocked($"smtp-{(int)refused.StatusCode}");
        }
        catch (SmtpCommandException busy)
        {
            return Later(item, $"smtp-{(int)busy.StatusCode}");
        }
        catch (AuthenticationException)
        {
            log.LogError("The mail server refuses Mail:User and Mail:Password; letters wait");
            return Later(item, "authentication");
        }
        catch (SslHandshakeException)
        {
            log.LogError("The mail server at Mail:Host offers no encryption that can be trusted (Mail:Security); letters wait");
            return Later(item, "tls");
        }
        catch (Exception fault) when (fault is IOException or System.Net.Sockets.SocketException or ProtocolException or NotSupportedException || (fault is OperationCanceledException or TimeoutException && !stopping.IsCancellationRequested))
        {
            return Later(item, fault is OperationCanceledException or TimeoutException ? "timeout" : "unreachable");
        }

        SendResult Blocked(string reason) => new(SendStatus.Blocked) { Reason = reason, PartsDone = item.PartsDone, Reply = item.Reply };
    }

    public ValueTask ShowWorkingAsync(ConversationKey conversation, CancellationToken stopping) => ValueTask.CompletedTask;

    /// <summary>The letter is the server's; a line that breaks now changes nothing.</summary>
    private static async Task GoodbyeAsync(SmtpClient client, CancellationToken stopping)
    {
        try
        {
            await client.DisconnectAsync(quit: true, stopping);
        }
        catch (Exception fault) when (fault is IOException or ProtocolException or OperationCanceledException or System.Net.Sockets.SocketException)
        {
            // It was taken.
        }
    }

    private SendResult Later(OutboxItem item, string reason)
    {
        var now = time.GetUtcNow();
        if (now - item.CreatedAt > Patience) return new(SendStatus.Blocked) { Reason = reason, PartsDone = item.PartsDone, Reply = item.Reply };
        var pause = TimeSpan.FromSeconds(Math.Min(LongestPause.TotalSeconds, FirstPause.TotalSeconds * Math.Pow(2, Math.Min(item.Attempts, 10))));
        return new(SendStatus.Deferred) { Reason = reason, RetryAt = now + pause, PartsDone = item.PartsDone, Reply = item.Reply };
    }
}
