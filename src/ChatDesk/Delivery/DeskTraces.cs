using System.Diagnostics;
using ChatDesk.Activities;

namespace ChatDesk.Delivery;

/// <summary>
/// One message, one trace: <c>receive</c> (the webhook), <c>turn</c> with <c>commit</c>, <c>deliver</c> with the calls to the provider.
/// Over the inbox and the outbox it travels in the stored activity itself (<see cref="InboundActivity.Trace"/>), so neither ledger has a
/// column for it, another replica or the next start goes on with the same trace, and a desk that is not traced stores and pays nothing.
/// </summary>
internal static class DeskTraces
{
    public const string Name = "ChatDesk";

    private static readonly ActivitySource Source = new(Name);

    /// <summary>Begins a trace. What the web server noted of the request is left aside: its addresses may name a contact.</summary>
    public static Activity? Receive(string agency, string channel)
    {
        if (!Source.HasListeners()) return null;
        Activity.Current = null;
        return Source.StartActivity("receive", ActivityKind.Server)?.SetTag("chatdesk.agency", agency).SetTag("chatdesk.channel", channel);
    }

    /// <summary>The same entries, marked with the trace under way, if there is one.</summary>
    public static IReadOnlyList<InboxEntry> Mark(IReadOnlyList<InboxEntry> entries) => Activity.Current is { } current && current.Source == Source
        ? [.. entries.Select(entry => entry with { Activity = entry.Activity with { Trace = current.Id } })]
        : entries;

    /// <summary>The same replies, marked with the trace under way, if there is one.</summary>
    public static IReadOnlyList<OutboundActivity> Mark(IReadOnlyList<OutboundActivity> replies) => replies.Count > 0 && Activity.Current is { } current && current.Source == Source
        ? [replies[0] with { Trace = current.Id }, .. replies.Skip(1)]
        : replies;

    public static Activity? Turn(ConversationKey conversation, InboundActivity? activity)
    {
        if (!Source.HasListeners()) return null;
        return Source.StartActivity("turn", ActivityKind.Consumer, Parent(activity?.Trace))
            ?.SetTag("chatdesk.agency", conversation.Agency).SetTag("chatdesk.channel", conversation.Channel)
            .SetTag("chatdesk.event", activity?.Id).SetTag("chatdesk.kind", activity?.Kind.ToString());
    }

    public static Activity? Commit() => Source.HasListeners() && Activity.Current is not null ? Source.StartActivity("commit") : null;

    public static Activity? Deliver(OutboxItem item)
    {
        if (!Source.HasListeners()) return null;
        return Source.StartActivity("deliver", ActivityKind.Producer, Parent(item.Activities is [var first, ..] ? first.Trace : null))
            ?.SetTag("chatdesk.agency", item.Conversation.Agency).SetTag("chatdesk.channel", item.Conversation.Channel).SetTag("chatdesk.try", item.Attempts + 1);
    }

    /// <summary>A call to the provider, inside a delivery; calls that no message asked for have no trace.</summary>
    public static Activity? Call(string operation) =>
        Source.HasListeners() && Activity.Current is not null ? Source.StartActivity(operation, ActivityKind.Client) : null;

    private static ActivityContext Parent(string? trace) =>
        trace is not null && ActivityContext.TryParse(trace, null, isRemote: true, out var parent) ? parent : default;
}
