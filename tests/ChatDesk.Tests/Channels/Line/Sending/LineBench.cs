using System.Collections.Concurrent;
using ChatDesk.Activities;
using ChatDesk.Channels.Line;
using ChatDesk.Channels.Line.Content;
using ChatDesk.Channels.Line.Sending;
using ChatDesk.Delivery;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Time.Testing;

namespace ChatDesk.Tests.Channels.Line.Sending;

/// <summary>Everything of LINE out, wired to a <see cref="FakeLine"/> and a clock that the test moves.</summary>
internal sealed class LineBench : IAsyncDisposable
{
    public const string Reply = "/v2/bot/message/reply";
    public const string Push = "/v2/bot/message/push";
    public const string Token = "/oauth2/v3/token";
    public const string User = "U0123456789abcdef0123456789abcdef";
    public const string InvalidReplyToken = """{"message":"Invalid reply token"}""";
    public const string RateLimit = """{"message":"The API rate limit has been exceeded. Try again later."}""";
    public const string MonthlyLimit = """{"message":"You have reached your monthly limit."}""";

    private readonly LineWire _wire;

    private LineBench(FakeLine line, LineOptions options)
    {
        Line = line;
        Options = options;
        _wire = new(options, Time, new CapturedLog<LineWire>(Log));
        Tokens = new(options, _wire, Time);
        Client = new(options, _wire, Tokens);
        Sender = new(options, Client, new(new HalfRandom()), new(Time, 0), Time, new CapturedLog<LineSender>(Log));
        Quota = new(options, Client, new ChatDesk.Delivery.ChannelQuotas(), Time, new CapturedLog<LineQuota>(Log));
        Content = new(options, Client, Time);
    }

    public FakeLine Line { get; }

    public LineOptions Options { get; }

    public FakeTimeProvider Time { get; } = new(new(2026, 11, 22, 9, 0, 0, TimeSpan.Zero));

    public ConcurrentQueue<string> Log { get; } = new();

    public LineAccessTokens Tokens { get; }

    public LineClient Client { get; }

    public LineSender Sender { get; }

    public LineQuota Quota { get; }

    public LineContentDownload Content { get; }

    public static readonly LineAgencyOptions FixedToken = new() { ChannelSecrets = ["topsecret"], ChannelAccessToken = "fixed-token" };

    public static readonly LineAgencyOptions IssuedToken = new() { ChannelSecrets = ["topsecret"], ChannelId = "1650000000" };

    public static async Task<LineBench> StartAsync(LineAgencyOptions? agency = null, Func<LineOptions, LineOptions>? change = null)
    {
        var line = await FakeLine.StartAsync();
        var options = new LineOptions
        {
            ApiBaseUrl = line.Url,
            DataApiBaseUrl = line.Url,
            Agencies = new Dictionary<string, LineAgencyOptions> { ["demo"] = agency ?? FixedToken, ["other"] = FixedToken },
        };
        return new(line, change is null ? options : change(options));
    }

    /// <summary>An answer to a message that came this very moment, with a reply token.</summary>
    public OutboxItem Item(string text = "สวัสดี", string agency = "demo") => new()
    {
        RowId = 1,
        Id = "event-1:0",
        Conversation = new(agency, "line", User),
        Activities = [OutboundActivity.Say(text)],
        ReplyHandle = "reply-token",
        ReplyHandleAt = Time.GetUtcNow(),
        CreatedAt = Time.GetUtcNow(),
    };

    /// <summary>As many messages as asked for: more than five make more than one part.</summary>
    public OutboxItem Item(int messages) => Item() with { Activities = [.. Enumerable.Range(1, messages).Select(n => OutboundActivity.Say($"m{n}"))] };

    public async Task<SendResult> SendAsync(OutboxItem item) => await Sender.SendAsync(item, TestContext.Current.CancellationToken);

    public async ValueTask DisposeAsync()
    {
        _wire.Dispose();
        Quota.Dispose();
        await Line.DisposeAsync();
    }

    /// <summary>Every wait is exactly half its ceiling.</summary>
    private sealed class HalfRandom : Random
    {
        public override double NextDouble() => 0.5;
    }

    private sealed class CapturedLog<T>(ConcurrentQueue<string> lines) : ILogger<T>
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) =>
            lines.Enqueue($"{logLevel} {formatter(state, exception)} {exception}");
    }
}
