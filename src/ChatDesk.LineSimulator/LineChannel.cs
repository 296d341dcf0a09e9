using ChatDesk.LineSimulator.Channel;

namespace ChatDesk.LineSimulator;

/// <summary>One channel (one official account): its people, tokens, quota, and everything it accepted from the bot.</summary>
internal sealed class LineChannel(LineChannelSetup setup, TimeProvider time)
{
    private readonly Lock gate = new();
    private long lastMessageId = 460_000_000_000_000_000;

    /// <summary>Raised, in the order of acceptance, for each call that LINE accepted. Handlers must be quick and must not throw.</summary>
    public event Action<AcceptedCall>? Accepted;

    public LineChannelSetup Setup => setup;

    public AccessTokens AccessTokens { get; } = new(setup, time);

    public ReplyTokens ReplyTokens { get; } = new(time);

    public RetryKeys RetryKeys { get; } = new(time);

    public MonthlyQuota Quota { get; } = new(setup.MonthlyQuota, time);

    public RateLimits Rates { get; } = new(setup.EnforceRates, time);

    public People People { get; } = new(time);

    public ContentShelf Content { get; } = new(time);

    public ReadMarks ReadMarks { get; } = new();

    /// <summary>Everything accepted, in order; what a person on LINE could have seen.</summary>
    public AcceptedLog Calls { get; } = new(setup.Remember);

    /// <summary>Loading animations that were started: who, when, seconds.</summary>
    public BoundedLog<LoadingStarted> Loading { get; } = new();

    /// <summary>Decides one send call that already passed validation, as one step that nothing else can interleave with.</summary>
    public SendVerdict Send(SendCall call)
    {
        SendVerdict verdict;
        lock (gate)
        {
            verdict = Decide(call);
            if (verdict.Accepted is { } accepted)
            {
                Calls.Add(accepted);
                Accepted?.Invoke(accepted);
            }
        }

        return verdict;
    }

    /// <summary>The next message id, 18 digits like LINE's, rising.</summary>
    public string NextMessageId() => Interlocked.Increment(ref lastMessageId).ToString(System.Globalization.CultureInfo.InvariantCulture);

    private SendVerdict Decide(SendCall call)
    {
        if (call.RetryKey is { } key && RetryKeys.Find(key) is { } before) return SendVerdict.AlreadyAccepted(before);
        return call.Kind == SendKind.Reply ? DecideReply(call) : DecidePaid(call);
    }

    private SendVerdict DecideReply(SendCall call)
    {
        var to = ReplyTokens.Redeem(call.ReplyToken!);
        return to is null ? SendVerdict.InvalidReplyToken : Accept(call, [to], counted: 0);
    }

    /// <summary>Push, multicast and broadcast: counted per recipient that can be reached (doc:pricing), never per message object.</summary>
    private SendVerdict DecidePaid(SendCall call)
    {
        var recipients = call.Kind is SendKind.Broadcast or SendKind.Narrowcast ? People.Friends() : call.To;
        if (call.Kind == SendKind.Push && !People.Knows(recipients[0])) return SendVerdict.UnknownRecipient;
        var reachable = recipients.Count(People.CanReach);
        return Quota.TryTake(reachable) ? Accept(call, recipients, reachable) : SendVerdict.QuotaUsedUp;
    }

    private SendVerdict Accept(SendCall call, IReadOnlyList<string> to, int counted)
    {
        var ids = new string[call.MessageCount];
        for (var i = 0; i < ids.Length; i++) ids[i] = NextMessageId();
        var accepted = new AcceptedCall
        {
            Sequence = Calls.NextSequence(),
            At = time.GetUtcNow(),
            Kind = call.Kind,
            To = to,
            SeenBy = [.. to.Where(People.CanReach)],
            RequestId = call.RequestId,
            RetryKey = call.RetryKey,
            ReplyToken = call.ReplyToken,
            Counted = counted,
            MessageIds = ids,
            Body = setup.Remember ? call.Body.ToArray() : [],
        };
        if (call.RetryKey is { } key) RetryKeys.Remember(key, accepted);
        return SendVerdict.Ok(accepted);
    }
}

/// <summary>A loading animation that the bot started (m:5836).</summary>
internal sealed record LoadingStarted(string ChatId, int Seconds, DateTimeOffset At);
