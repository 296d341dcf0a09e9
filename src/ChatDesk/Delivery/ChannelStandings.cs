using System.Collections.Concurrent;
using ChatDesk.Activities;

namespace ChatDesk.Delivery;

/// <summary>Whether the provider lets an agency's account speak: told by its own events, kept in the ledger over restarts.</summary>
internal sealed class ChannelStandings(ILedger ledger, TimeProvider time, ILogger<ChannelStandings> log)
{
    private const string Fact = "suspended";
    private readonly ConcurrentDictionary<(string Agency, string Channel), bool> _suspended = new();

    public bool IsSuspended(string agency, string channel) => _suspended.GetValueOrDefault((agency, channel));

    /// <summary>Reads what was kept; to be called once before anything is sent.</summary>
    public async Task RecallAsync(string agency, string channel) =>
        _suspended[(agency, channel)] = await ledger.RecallAsync(agency, channel, Fact) == "yes";

    /// <summary>Reads again what is known of each account: the event that changed it may have come to another replica.</summary>
    public async Task RefreshAsync()
    {
        foreach (var (agency, channel) in _suspended.Keys) await RecallAsync(agency, channel);
    }

    public async Task ChangeAsync(ConversationKey conversation, bool suspended)
    {
        _suspended[(conversation.Agency, conversation.Channel)] = suspended;
        await ledger.RememberAsync(conversation.Agency, conversation.Channel, Fact, suspended ? "yes" : "no", time.GetUtcNow());
        if (suspended) log.LogCritical("{Channel} has suspended the account of agency {Agency}: nothing is sent until it is resumed", conversation.Channel, conversation.Agency);
        else log.LogWarning("{Channel} has resumed the account of agency {Agency}", conversation.Channel, conversation.Agency);
    }
}
