using MimeKit;

namespace ChatDesk.Channels.Mail;

/// <summary>An e-mail address that a contact typed.</summary>
/// <param name="Text">As it is written to.</param>
internal sealed record MailAddress(string Text)
{
    /// <summary>RFC 5321, 4.5.3.1.</summary>
    private const int Longest = 254;

    private const int LongestLocal = 64;

    /// <summary>For display: enough for its owner to know it again, too little for anybody else.</summary>
    public string Masked => $"{Text[..Math.Min(2, Text.IndexOf('@', StringComparison.Ordinal))]}•••{Text[Text.IndexOf('@', StringComparison.Ordinal)..]}";

    /// <returns>Null when it is none: one mailbox, nothing around it, a host with a dot.</returns>
    public static MailAddress? Read(string? typed)
    {
        var text = typed?.Trim();
        if (text is not { Length: > 4 and <= Longest } || text.AsSpan().ContainsAnyExceptInRange('!', '~')) return null;
        if (!MailboxAddress.TryParse(text, out var mailbox) || mailbox.Address != text || mailbox.Name is { Length: > 0 } || mailbox.Route.Count > 0) return null;
        if (text.Split('@') is not [{ Length: > 0 and <= LongestLocal } local, var host] || local.Contains('"', StringComparison.Ordinal)) return null;
        return Uri.CheckHostName(host) == UriHostNameType.Dns && host.Contains('.', StringComparison.Ordinal) && !host.EndsWith('.') ? new(text) : null;
    }

    /// <summary>Kept out of logs.</summary>
    public override string ToString() => nameof(MailAddress);
}
