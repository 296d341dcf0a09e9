using System.Text.Json;
using ChatDesk.Activities;
using ChatDesk.Delivery;

namespace ChatDesk.Channels.Line.Sending;

/// <summary>
/// Brings one outbox item to LINE. An item's messages go in parts of five:
/// <list type="table">
/// <item><term>part 1, reply token fresh and unused</term><description>reply (free)</description></item>
/// <item><term>part 1, reply token maybe used</term><description>reply once more: only the token itself can tell (see <see cref="ReplyAsync"/>)</description></item>
/// <item><term>everything else</term><description>push, with the part's retry key from the first try on (see <see cref="PushAsync"/>)</description></item>
/// </list>
/// What every other answer means is in <see cref="Otherwise"/>.
/// </summary>
internal sealed partial class LineSender : IChannelSender
{
    /// <summary>Those who wait for the next second do not come in its first moment all together.</summary>
    private static readonly TimeSpan PaceSpread = TimeSpan.FromMilliseconds(500);

    private readonly Dictionary<string, LineBrake> _brakes = new(StringComparer.Ordinal);
    private readonly LineOptions _options;
    private readonly LineClient _client;
    private readonly LineBackoff _backoff;
    private readonly LinePace _pace;
    private readonly TimeProvider _time;
    private readonly ILogger<LineSender> _log;
    private readonly LineInvitations _invitations;

    public LineSender(LineOptions options, LineClient client, LineBackoff backoff, LinePace pace, TimeProvider time, ILogger<LineSender> log)
    {
        (_options, _client, _backoff, _pace, _time, _log) = (options, client, backoff, pace, time, log);
        _invitations = new(options, client);
        foreach (var agency in options.Agencies.Keys) _brakes[agency] = new(backoff, time);
    }

    public string Channel => "line";

    public bool PushesCost => true;

    public ValueTask<Invitation?> InviteAsync(string agency, string words, CancellationToken stopping) => _invitations.MakeAsync(agency, words, stopping);

    public async ValueTask<SendResult> SendAsync(OutboxItem item, CancellationToken stopping)
    {
        var progress = new LineProgress(item, LineMessageMapper.Map(item.Activities));
        if (!_brakes.TryGetValue(item.Conversation.Agency, out var brake)) return progress.Blocked("no-account");
        while (!progress.Complete)
        {
            if (brake.Held() is { } until) return progress.HeldBack(brake.Reason, until);
            var reply = MayReply(progress);
            if (await _pace.TakeAsync(progress.Agency, reply ? "reply" : "push") is { } next) return progress.HeldBack("pace", next + _backoff.Spread(PaceSpread));
            var end = reply ? await ReplyAsync(progress, brake, stopping) : await GivenUpAsync(progress) ?? await PushAsync(progress, brake, stopping);
            if (end is not null) return end;
        }
        return progress.Sent();
    }

    public async ValueTask ShowWorkingAsync(ConversationKey conversation, CancellationToken stopping)
    {
        // LINE shows it to single users only; groups (C…) and rooms (R…) get a 400.
        if (!conversation.Address.StartsWith('U')) return;
        if (!_brakes.TryGetValue(conversation.Agency, out var brake) || brake.Held() is not null) return;
        await _client.StartLoadingAsync(conversation.Agency, conversation.Address, stopping);
    }

    /// <summary>A reply is free, a push is counted.</summary>
    public async ValueTask<string?> NameOfAsync(ConversationKey conversation, CancellationToken stopping)
    {
        // Groups and rooms have no profile; and nothing but letters and digits may become part of a path.
        if (!conversation.Address.StartsWith('U') || !conversation.Address.All(char.IsAsciiLetterOrDigit)) return null;
        if (!_brakes.TryGetValue(conversation.Agency, out var brake) || brake.Held() is not null) return null;
        return (await _client.ProfileAsync(conversation.Agency, conversation.Address, stopping)).Name;
    }

    public async ValueTask MarkReadAsync(ConversationKey conversation, ReadOnlyMemory<byte> raw, CancellationToken stopping)
    {
        if (!_brakes.TryGetValue(conversation.Agency, out var brake) || brake.Held() is not null || ReadToken(raw) is not { } token) return;
        await _client.MarkAsReadAsync(conversation.Agency, token, stopping);
    }

    private static string? ReadToken(ReadOnlyMemory<byte> raw)
    {
        try
        {
            using var json = JsonDocument.Parse(raw);
            return json.RootElement.Object("message")?.String("markAsReadToken");
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private bool MayReply(LineProgress progress)
    {
        var item = progress.Item;
        if (progress.PartsDone > 0 || item.ReplyHandle is null) return false;
        return progress.Reply switch
        {
            ReplyTrace.Unused or ReplyTrace.Failed => Age(item) < _options.ReplyFreshness,
            // Made when the token was already stale, so it can only ever have been pushed: that is safe to repeat.
            ReplyTrace.MaybeUsed => item.CreatedAt - item.ReplyHandleAt < _options.ReplyFreshness,
            _ => false,
        };
    }

    /// <summary>Before a push takes the place of a reply: no other replica shall reply any more, or has done so.</summary>
    /// <returns>Null when the way is free.</returns>
    private async ValueTask<SendResult?> GivenUpAsync(LineProgress progress)
    {
        var item = progress.Item;
        // Nobody ever replies with a token that was stale when the answer was made, and what stands in the row already binds everybody.
        if (progress.PartsDone > 0 || item is not { ReplyHandle: not null, GiveUpHandle: { } giveUp, Reply: ReplyTrace.Unused or ReplyTrace.Failed }) return null;
        if (item.CreatedAt - item.ReplyHandleAt >= _options.ReplyFreshness || await giveUp()) return null;
        progress.Reply = ReplyTrace.MaybeUsed;
        return progress.Deferred("taken-over", _time.GetUtcNow());
    }

    /// <summary>
    /// A reply has no retry key; its token, which works once, stands in for one. 200: arrived. "Invalid reply token":
    /// never tried before, nothing arrived, push; tried before and too young to have expired, our own try used it, arrived;
    /// tried before and old, or LINE had answered that try with an error, nobody can know. Errors of LINE's own mean that
    /// nothing was sent (ref@131500), so an answer that met only those is pushed once its token is stale; after a time-out
    /// or a broken line it never is.
    /// </summary>
    private async ValueTask<SendResult?> ReplyAsync(LineProgress progress, LineBrake brake, CancellationToken stopping)
    {
        var answer = await ReplyOnceAsync(progress, stopping);
        var verdict = LineVerdicts.Of(answer);
        var expiresAfter = _options.ReplyFreshness;
        if (verdict == LineVerdict.Unclear)
        {
            var first = progress.Reply == ReplyTrace.Unused;
            progress.Reply = Trace(progress.Reply, answer);
            if (first)
            {
                // The first try was well inside the token's minute; the second may use the minute up.
                expiresAfter = LineLimits.ReplyTokenLife;
                answer = await ReplyOnceAsync(progress, stopping);
                verdict = LineVerdicts.Of(answer);
                if (verdict == LineVerdict.Unclear) progress.Reply = Trace(progress.Reply, answer);
            }
        }
        switch (verdict)
        {
            case LineVerdict.Accepted:
                brake.Release();
                progress.Arrived(answer.RequestId, counted: false);
                return null;
            case LineVerdict.ReplyTokenInvalid when progress.Reply == ReplyTrace.Unused:
                progress.Reply = ReplyTrace.Refused;
                return null;
            case LineVerdict.ReplyTokenInvalid when progress.Reply == ReplyTrace.MaybeUsed && Age(progress.Item) < expiresAfter:
                progress.Arrived(requestId: null, counted: false);
                return null;
            case LineVerdict.ReplyTokenInvalid:
                return progress.Unknown("reply-unknown");
            default:
                return Otherwise(progress, verdict, answer, brake);
        }
    }

    /// <summary>An error is LINE's word that nothing was sent; silence says nothing, and outweighs any word before or after it.</summary>
    private static ReplyTrace Trace(ReplyTrace before, in LineAnswer answer) =>
        answer.Reach == LineReach.Answered && before != ReplyTrace.MaybeUsed ? ReplyTrace.Failed : ReplyTrace.MaybeUsed;

    /// <summary>A push may be repeated for 24 hours: LINE answers 409 with the accepted call's id if it already has it.</summary>
    private async ValueTask<SendResult?> PushAsync(LineProgress progress, LineBrake brake, CancellationToken stopping)
    {
        if (_time.GetUtcNow() >= progress.LastTry) return progress.Blocked("retry-window-over");
        var key = LineRetryKey.For(progress.Item.Id, progress.PartsDone);
        var answer = await _client.PushAsync(progress.Agency, progress.Item.Conversation.Address, key, progress.Messages, progress.FirstMessage, stopping);
        var verdict = LineVerdicts.Of(answer);
        if (verdict is not (LineVerdict.Accepted or LineVerdict.AcceptedBefore)) return Otherwise(progress, verdict, answer, brake);
        brake.Release();
        // The earlier try behind a 409 was never reported, so it is counted now.
        progress.Arrived(answer.AcceptedRequestId ?? answer.RequestId, counted: true);
        return null;
    }

    /// <summary>What is the same for reply and push.</summary>
    private SendResult Otherwise(LineProgress progress, LineVerdict verdict, in LineAnswer answer, LineBrake brake)
    {
        switch (verdict)
        {
            case LineVerdict.TooFast:
                brake.Press("rate");
                return Later(progress, "rate", brake) with { HeldBack = true };
            case LineVerdict.Unauthorized:
                brake.Press("unauthorized");
                LogUnauthorized(progress.Agency);
                return Later(progress, "unauthorized", brake);
            case LineVerdict.QuotaUsedUp:
                return progress.Blocked("quota");
            case LineVerdict.Unclear or LineVerdict.NotSent:
                return Later(progress, answer.Word, brake);
            default:
                LogRefused(progress.Agency, progress.Item.Id, answer.Status, answer.ErrorProperties, answer.RequestId);
                return progress.Blocked(answer.Word);
        }
    }

    private SendResult Later(LineProgress progress, string reason, LineBrake brake)
    {
        var now = _time.GetUtcNow();
        if (now >= progress.LastTry)
            return progress is { PartsDone: 0, Reply: ReplyTrace.MaybeUsed } ? progress.Unknown("reply-unknown") : progress.Blocked("retry-window-over");
        return progress.Deferred(reason, brake.Held() ?? now + _backoff.Next(progress.Item.Attempts));
    }

    private ValueTask<LineAnswer> ReplyOnceAsync(LineProgress progress, CancellationToken stopping) =>
        _client.ReplyAsync(progress.Agency, progress.Item.ReplyHandle!, progress.Messages, progress.FirstMessage, stopping);

    private TimeSpan Age(OutboxItem item) => _time.GetUtcNow() - item.ReplyHandleAt;

    [LoggerMessage(LogLevel.Warning, "LINE refuses the channel access token of {Agency}: check its settings")]
    private partial void LogUnauthorized(string agency);

    [LoggerMessage(LogLevel.Warning, "LINE refuses {OutboxId} of {Agency} for good: {Status}, properties: {Properties} ({RequestId})")]
    private partial void LogRefused(string agency, string outboxId, int status, string? properties, string? requestId);
}
