using System.Security.Cryptography;
using System.Text;
using ChatDesk.Activities;
using ChatDesk.Delivery;
using MimeKit;
using MimeKit.Text;

namespace ChatDesk.Channels.Mail;

/// <summary>Writes what a turn said as one letter in plain text. The same outbox item always gives the same letter, with the same Message-ID.</summary>
internal static class MailLetter
{
    public static MimeMessage Write(OutboxItem item, MailboxAddress from, MailAddress to)
    {
        var letter = item.Activities.Select(a => a.Letter).FirstOrDefault(l => l is not null);
        var message = new MimeMessage
        {
            Subject = letter?.Subject ?? from.Name ?? "",
            Date = item.CreatedAt,
            MessageId = IdOf(item, from),
            Body = new TextPart(TextFormat.Plain) { Text = Words(item, letter) },
        };
        message.From.Add(from);
        message.To.Add(new MailboxAddress("", to.Text));
        // RFC 3834: no answering machine answers it.
        message.Headers.Add("Auto-Submitted", "auto-generated");
        if (letter?.StopUrl is not { } stop) return message;
        // RFC 8058: the mail program's own button, one POST.
        message.Headers.Add("List-Unsubscribe", $"<{stop}>");
        message.Headers.Add("List-Unsubscribe-Post", "List-Unsubscribe=One-Click");
        return message;
    }

    private static string Words(OutboxItem item, Letter? letter)
    {
        var parts = item.Activities.Select(Words).Where(p => p.Length > 0).ToList();
        if (letter?.Foot is { Length: > 0 } foot) parts.Add($"-- \n{foot}");
        return string.Join("\n\n", parts);
    }

    /// <summary>What can be tapped elsewhere has nothing to answer to in a letter; what opens a page is an address.</summary>
    private static string Words(OutboundActivity said)
    {
        var text = new StringBuilder(said.SpeakerName is { Length: > 0 } name ? $"{name}:\n" : "").Append(said.PlainText);
        if (said.File is { } file) text.Append('\n').Append(file.Name).Append(": ").Append(file.Url);
        foreach (var choice in said.Choices.Where(c => c.Url is not null)) text.Append('\n').Append(choice.Label).Append(": ").Append(choice.Url);
        return text.ToString().Trim();
    }

    private static string IdOf(OutboxItem item, MailboxAddress from)
    {
        var hash = SHA256.HashData(Encoding.UTF8.GetBytes($"{item.Conversation}\n{item.Id}"));
        return $"{Convert.ToHexStringLower(hash.AsSpan(0, 16))}@{from.Domain}";
    }
}
