using System.Globalization;
using MailKit.Security;
using MimeKit;

namespace ChatDesk.Channels.Mail;

/// <summary>
/// Everything the settings say about e-mail. Without <c>Mail:Host</c> there is none. Read once at start; <see cref="Problems"/> lists all
/// that is wrong with it.
/// </summary>
internal sealed record MailOptions
{
    public string? Host { get; init; }

    public int Port { get; init; } = 587;

    /// <summary>StartTls (default), Tls (from the first byte, port 465), or None (on this machine only).</summary>
    public SecureSocketOptions Security { get; init; } = SecureSocketOptions.StartTls;

    public string? User { get; init; }

    public string? Password { get; init; }

    /// <summary>How long one letter may take altogether.</summary>
    public TimeSpan Timeout { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>Who writes, for the agencies that have said so (<c>Agencies:{id}:Mail:From</c>).</summary>
    public IReadOnlyDictionary<string, MailboxAddress> From { get; init; } = new Dictionary<string, MailboxAddress>();

    public IReadOnlyList<string> Problems { get; init; } = [];

    /// <summary>Kept out of logs: it holds a password.</summary>
    public override string ToString() => nameof(MailOptions);

    public static MailOptions Read(IConfiguration configuration, IReadOnlyList<string> agencies)
    {
        var problems = new List<string>();
        var section = configuration.GetSection("Mail");
        var from = new Dictionary<string, MailboxAddress>(StringComparer.Ordinal);
        foreach (var agency in agencies)
        {
            if (Given(configuration[$"Agencies:{agency}:Mail:From"]) is { } given) ReadSender(configuration, agency, given, from, problems);
        }
        var host = Given(section["Host"]);
        if (host is null)
        {
            if (from.Count > 0) problems.Add("Mail:Host is missing: agencies have an address to write from, but no server to send by.");
            return new() { Problems = problems };
        }
        if (from.Count == 0) problems.Add("Mail:Host is set, but no agency has an address to write from: set Agencies:{id}:Mail:From, for example 'Permit desk <desk@agency.go.th>'.");
        var security = SecurityOf(section["Security"], host, problems);
        var (user, password) = (Given(section["User"]), Given(section["Password"]));
        if (user is null != password is null) problems.Add("Mail:User and Mail:Password belong together: set both, or neither for a server that asks for none.");
        return new()
        {
            Host = host,
            Port = PortOf(section["Port"], security == SecureSocketOptions.SslOnConnect ? 465 : 587, problems),
            Security = security,
            User = user,
            Password = password,
            Timeout = Span(section["Timeout"], problems),
            From = from,
            Problems = problems,
        };
    }

    private static void ReadSender(IConfiguration configuration, string agency, string given, Dictionary<string, MailboxAddress> from, List<string> problems)
    {
        if (!MailboxAddress.TryParse(given, out var sender) || MailAddress.Read(sender.Address) is null)
            problems.Add($"Agencies:{agency}:Mail:From: '{given}' is no address; write for example 'Permit desk <desk@agency.go.th>'.");
        else from[agency] = sender;
        // A letter says where to go on and how to end it; its addresses must not come from a request's Host.
        if (Given(configuration[$"Agencies:{agency}:Web:PublicUrl"]) is null)
            problems.Add($"Agencies:{agency}:Web:PublicUrl is missing: letters say where the chat is and how to stop them, so the desk must know its own address.");
    }

    private static SecureSocketOptions SecurityOf(string? given, string host, List<string> problems)
    {
        switch (given?.ToLowerInvariant())
        {
            case null or "" or "starttls":
                return SecureSocketOptions.StartTls;
            case "tls":
                return SecureSocketOptions.SslOnConnect;
            case "none":
                if (host is not ("localhost" or "127.0.0.1" or "::1")) problems.Add("Mail:Security: None would send letters and the password in the clear; it is for a server on this machine only.");
                return SecureSocketOptions.None;
            default:
                problems.Add($"Mail:Security: '{given}' is not known; write StartTls, Tls or None.");
                return SecureSocketOptions.StartTls;
        }
    }

    private static int PortOf(string? given, int otherwise, List<string> problems)
    {
        if (Given(given) is null) return otherwise;
        if (int.TryParse(given, NumberStyles.None, CultureInfo.InvariantCulture, out var port) && port is > 0 and < 65_536) return port;
        problems.Add($"Mail:Port: '{given}' is no port.");
        return otherwise;
    }

    private static TimeSpan Span(string? given, List<string> problems)
    {
        var otherwise = TimeSpan.FromSeconds(30);
        if (Given(given) is null) return otherwise;
        if (TimeSpan.TryParse(given, CultureInfo.InvariantCulture, out var span) && span >= TimeSpan.FromSeconds(1) && span <= TimeSpan.FromMinutes(5)) return span;
        problems.Add($"Mail:Timeout: '{given}' is no duration from 00:00:01 to 00:05:00.");
        return otherwise;
    }

    private static string? Given(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
