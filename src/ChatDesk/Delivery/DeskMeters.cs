using System.Diagnostics.Metrics;
using ChatDesk.Activities;

namespace ChatDesk.Delivery;

/// <summary>
/// What the line of a message counts as it goes. Labels are from closed lists: agency, channel, how it ended; never a contact, never
/// a word of theirs. Without a listener an instrument costs a comparison. What can only be counted by looking (depths, ages)
/// is in Startup/Telemetry; the names are read by deploy/grafana and deploy/prometheus.
/// </summary>
internal static class DeskMeters
{
    public const string Name = "ChatDesk";

    private static readonly Meter Meter = new(Name);

    private static readonly Counter<long> Events = Meter.CreateCounter<long>("chatdesk.events", "{event}", "Events stored, each once.");
    private static readonly Counter<long> Repeats = Meter.CreateCounter<long>("chatdesk.events.repeated", "{event}", "Events delivered again that were stored already.");
    private static readonly Counter<long> Refusals = Meter.CreateCounter<long>("chatdesk.ledger.refusals", "{delivery}", "Deliveries answered 503: the ledger could not be written.");
    private static readonly Histogram<double> CommitTime = Meter.CreateHistogram("chatdesk.ledger.commit.time", "s", "How long one transaction of the ledger took, all its writes together.", advice: Seconds(0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5));
    private static readonly Counter<long> CommitWrites = Meter.CreateCounter<long>("chatdesk.ledger.writes", "{write}", "Writes made durable; divided by the number of transactions, how many share one.");
    private static readonly Counter<long> Turns = Meter.CreateCounter<long>("chatdesk.turns", "{turn}", "Turns committed, by how they ended.");
    private static readonly Counter<long> TurnFaults = Meter.CreateCounter<long>("chatdesk.turn.faults", "{turn}", "Turns that failed, before their third and last try or at it.");
    private static readonly Counter<long> Fenced = Meter.CreateCounter<long>("chatdesk.turns.fenced", "{turn}", "Turns dropped because another worker had committed one meanwhile.");
    private static readonly Counter<long> Answers = Meter.CreateCounter<long>("chatdesk.outbox", "{try}", "Tries at sending an answer, by how they ended.");
    private static readonly Histogram<double> AnswerTime = Meter.CreateHistogram("chatdesk.answer.time", "s", "From a message's arrival to its answer's, as far as the provider took it.", advice: Seconds(0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2, 3, 5, 10, 30, 60));
    private static readonly Counter<long> LineErrors = Meter.CreateCounter<long>("chatdesk.line.errors", "{call}", "Calls to LINE without a 2xx, by operation and error.");

    /// <summary>A delivery is on disk.</summary>
    public static void Accepted(IReadOnlyList<InboxEntry> entries, int stored)
    {
        if (!Events.Enabled || entries.Count == 0) return;
        var (agency, channel) = Labels(entries[0].Activity.Conversation);
        if (stored > 0) Events.Add(stored, agency, channel);
        if (entries.Count > stored) Repeats.Add(entries.Count - stored, agency, channel);
    }

    public static void Refused(string agency, string channel) => Refusals.Add(1, new("agency", agency), new("channel", channel));

    public static void Committed(TimeSpan took, int writes)
    {
        CommitTime.Record(took.TotalSeconds);
        CommitWrites.Add(writes);
    }

    /// <param name="conversation">Where.</param>
    /// <param name="outcome">Its stored form; what follows a colon names an article, a dialog or a case and is left out.</param>
    public static void TurnTaken(ConversationKey conversation, string outcome)
    {
        if (!Turns.Enabled) return;
        var (agency, channel) = Labels(conversation);
        var colon = outcome.IndexOf(':', StringComparison.Ordinal);
        Turns.Add(1, agency, channel, new("outcome", colon < 0 ? outcome : outcome[..colon]));
    }

    public static void TurnFailed(ConversationKey conversation)
    {
        var (agency, channel) = Labels(conversation);
        TurnFaults.Add(1, agency, channel);
    }

    public static void TurnFenced(ConversationKey conversation)
    {
        var (agency, channel) = Labels(conversation);
        Fenced.Add(1, agency, channel);
    }

    public static void Tried(OutboxItem item, SendResult result, DateTimeOffset now)
    {
        if (!Answers.Enabled && !AnswerTime.Enabled) return;
        var (agency, channel) = Labels(item.Conversation);
        Answers.Add(1, agency, channel, new("result", Word(result.Status)), new("reason", result.Reason ?? ""));
        if (result.Status == SendStatus.Sent && item.ReplyHandle is not null) AnswerTime.Record((now - item.ReplyHandleAt).TotalSeconds, agency, channel);
    }

    /// <param name="agency">Whose account.</param>
    /// <param name="operation">What was asked, from a closed list: a path may name a contact.</param>
    /// <param name="error">The machine word of the failure: <c>http-500</c>, <c>timeout</c> …</param>
    public static void LineFailed(string agency, string operation, string error) =>
        LineErrors.Add(1, new("agency", agency), new("operation", operation), new("error", error));

    private static (KeyValuePair<string, object?> Agency, KeyValuePair<string, object?> Channel) Labels(ConversationKey conversation) =>
        (new("agency", conversation.Agency), new("channel", conversation.Channel));

    private static string Word(SendStatus status) => status switch
    {
        SendStatus.Sent => "sent",
        SendStatus.Deferred => "deferred",
        SendStatus.Blocked => "blocked",
        SendStatus.Unknown => "unknown",
        _ => "taken-back",
    };

    private static InstrumentAdvice<double> Seconds(params IReadOnlyList<double> bounds) => new() { HistogramBucketBoundaries = bounds };
}
