using System.Collections.Concurrent;
using ChatDesk.Delivery;

namespace ChatDesk.Channels.Line.Sending;

/// <summary>Makes links that open an agency's LINE account with words ready to send.</summary>
internal sealed class LineInvitations(LineOptions options, LineClient client)
{
    private const string Label = "LINE";

    /// <summary>Each account's id, as LINE last said; it changes when somebody buys a premium id, and then with the next start.</summary>
    private readonly ConcurrentDictionary<string, string> _ids = new(StringComparer.Ordinal);

    /// <returns>Null for an agency without an account; without a link while LINE does not say the account's id.</returns>
    public async ValueTask<Invitation?> MakeAsync(string agency, string words, CancellationToken stopping)
    {
        if (!options.Agencies.TryGetValue(agency, out var account)) return null;
        var said = Uri.EscapeDataString(words);
        if (account.MessageLink is { } own) return new(Label, own.Replace(LineAgencyOptions.WordsPlace, said, StringComparison.Ordinal));
        return new(Label, await IdAsync(agency, stopping) is { } id ? $"https://line.me/R/oaMessage/{Uri.EscapeDataString(id)}/?{said}" : null);
    }

    private async ValueTask<string?> IdAsync(string agency, CancellationToken stopping)
    {
        if (_ids.TryGetValue(agency, out var known)) return known;
        var (_, info) = await client.BotInfoAsync(agency, stopping);
        if (info?.BasicId is { Length: > 1 } id) return _ids[agency] = id;
        return null;
    }
}
