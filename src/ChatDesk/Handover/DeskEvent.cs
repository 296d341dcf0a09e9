using System.Collections.Immutable;

namespace ChatDesk.Handover;

/// <summary>One change of what the desk shows, numbered without gaps within its agency. Carries the whole new state of one thing, so applying it twice does no harm.</summary>
internal sealed record DeskEvent
{
    public required long Seq { get; init; }

    /// <summary>Exactly one of the following is set.</summary>
    public HandoverRow? Row { get; init; }

    public PresenceRow? Presence { get; init; }

    public TranscriptLine? Line { get; init; }

    /// <summary>True when the line is new and not a later state of one that was there (delivery, fetched file, unsend).</summary>
    public bool IsNew { get; init; }

    public BotSwitch? Bot { get; init; }

    public Referral? Referral { get; init; }
}

/// <summary>Everything the desk's lists show, as of one number.</summary>
internal sealed record DeskSnapshot
{
    public required long Seq { get; init; }

    /// <summary>Open handovers by id.</summary>
    public ImmutableSortedDictionary<long, HandoverRow> Rows { get; init; } = ImmutableSortedDictionary<long, HandoverRow>.Empty;

    /// <summary>Officers by id, those signed off left out.</summary>
    public ImmutableSortedDictionary<string, PresenceRow> Officers { get; init; } = ImmutableSortedDictionary.Create<string, PresenceRow>(StringComparer.Ordinal);

    /// <summary>Referrals from other agencies that wait for an answer, by the handover's id.</summary>
    public ImmutableSortedDictionary<long, Referral> Referrals { get; init; } = ImmutableSortedDictionary<long, Referral>.Empty;

    public BotSwitch Bot { get; init; } = BotSwitch.On;

    /// <summary>The snapshot after an event; the same snapshot when it already knows it.</summary>
    public DeskSnapshot After(DeskEvent change)
    {
        if (change.Seq <= Seq) return this;
        var next = this with { Seq = change.Seq };
        if (change.Row is { } row) return next with { Rows = row.IsOpen ? Rows.SetItem(row.Id, row) : Rows.Remove(row.Id) };
        if (change.Presence is { } officer)
        {
            var id = officer.Card.Officer.Id;
            return next with { Officers = officer.State == PresenceState.Off ? Officers.Remove(id) : Officers.SetItem(id, officer) };
        }
        if (change.Referral is { } referral)
            return next with { Referrals = referral.IsOpen ? Referrals.SetItem(referral.Handover, referral) : Referrals.Remove(referral.Handover) };
        return change.Bot is { } bot ? next with { Bot = bot } : next;
    }
}

/// <summary>What a page must apply to catch up.</summary>
/// <param name="Events">In order, each one number above the last.</param>
/// <param name="Last">The newest number there is; above the last event's when there are more to fetch.</param>
/// <param name="Gap">True when events that old are gone: take a fresh snapshot instead.</param>
internal sealed record DeskCatchUp(IReadOnlyList<DeskEvent> Events, long Last, bool Gap);

/// <summary>Whether the bot speaks for an agency.</summary>
/// <param name="Off">True: contacts get one notice with a promise, and everything they write is work for officers.</param>
/// <param name="Reason">The supervisor's words.</param>
/// <param name="By">The supervisor's name.</param>
/// <param name="At">When it was switched.</param>
internal sealed record BotSwitch(bool Off, string? Reason, string? By, DateTimeOffset? At)
{
    public static readonly BotSwitch On = new(false, null, null, null);
}

/// <summary>A matter that another agency offers to this one: what was asked and the packet, not the chat.</summary>
internal sealed record Referral
{
    /// <summary>The handover it comes from.</summary>
    public required long Handover { get; init; }

    public required string FromAgency { get; init; }

    public required string ToAgency { get; init; }

    public required string ByName { get; init; }

    public required string Reason { get; init; }

    public required string Language { get; init; }

    public required HandoverPacket Packet { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>False once it was accepted, refused or taken back.</summary>
    public bool IsOpen { get; init; } = true;
}
