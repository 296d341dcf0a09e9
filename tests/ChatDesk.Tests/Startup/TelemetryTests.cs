using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using ChatDesk.LineSimulator.Api;
using ChatDesk.LineSimulator.Faults;
using ChatDesk.Tests.Fixtures;

namespace ChatDesk.Tests.Startup;

/// <summary>What those who run the desk see of it: figures, traces, logs; and what none of them may hold.</summary>
public sealed partial class TelemetryTests
{
    private const string Words = "ร้านกาแฟริมน้ำแปลกมาก";

    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_message_is_one_trace_from_the_webhook_to_LINE_and_nobodys_words_leave_the_desk()
    {
        await using var collector = await OtlpCollector.StartAsync();
        // LINE fails once, so that there is something to log.
        await using var desk = await TestDesk.StartAsync(Traced(collector), faults: new FaultPlan().Script(LineEndpoint.Reply, FaultKind.ServerError));
        var who = desk.Person();

        var message = desk.Events.Message.Text(who, Words);
        await desk.PostAsync(message);
        await desk.SeenAsync(who, 1);
        await desk.SettledAsync();
        await desk.StopDeskAsync();

        var trace = TraceOf(message.Id, collector);
        Assert.Equal(2, trace.Count(s => s.Name == "reply"));
        Assert.All(trace.Where(s => s.Name == "reply"), call => Assert.Equal(["receive", "turn", "deliver", "reply"], WayTo(call, trace)));
        Assert.Contains(trace, s => s.Name == "commit");
        Assert.True(collector.Got("/v1/metrics") && collector.Got("/v1/logs"));
        Assert.False(collector.Holds(Words));
        Assert.False(collector.Holds("/v1/traces", who.ChatId) || collector.Holds("/v1/metrics", who.ChatId));
    }

    [Fact]
    public async Task A_trace_goes_on_after_a_restart_between_the_turn_and_its_delivery()
    {
        await using var collector = await OtlpCollector.StartAsync();
        await using var desk = await TestDesk.StartAsync(Traced(collector));
        var who = desk.Person();
        // LINE suspends the account: answers wait in the outbox.
        await desk.PostAsync(desk.Events.BotSuspended());
        await desk.TurnsTakenAsync();
        var message = desk.Events.Message.Text(who, "เมนู");
        await desk.PostAsync(message);
        await desk.UntilAsync(() => desk.Count("SELECT count(*) FROM outbox WHERE reason = 'suspended'") == 1, "the answer is held back");

        await desk.RestartAsync();
        await desk.PostAsync(desk.Events.BotResumed());
        await desk.SeenAsync(who, 1);
        await desk.SettledAsync();
        await desk.StopDeskAsync();

        var trace = TraceOf(message.Id, collector);
        Assert.True(trace.Count(s => s.Name == "deliver") >= 2, "the try before the restart and the one after it are of one trace");
        Assert.Equal("receive", WayTo(trace.First(s => s.Name is "reply" or "push"), trace)[0]);
    }

    [Fact]
    public async Task Figures_are_at_their_own_address_and_nowhere_else()
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        await using var desk = await TestDesk.StartAsync(settings => settings["Telemetry:Prometheus"] = address);
        var who = desk.Person();
        await desk.SayAsync(who, Words);
        await desk.SettledAsync();

        var text = "";
        await desk.UntilAsync(
            () =>
            {
                text = desk.Http.GetStringAsync(new Uri($"{address}/metrics"), Cancel).GetAwaiter().GetResult();
                return text.Contains("chatdesk_inbox_depth", StringComparison.Ordinal) && Value(text, "chatdesk_turns_total") >= 1;
            }, "figures of a turn and of what waits");

        Assert.True(Value(text, "chatdesk_events_total") >= 1);
        Assert.True(Value(text, "chatdesk_outbox_total") >= 1);
        Assert.Contains("chatdesk_ledger_commit_time_seconds_bucket", text, StringComparison.Ordinal);
        Assert.Contains("chatdesk_promises_broken", text, StringComparison.Ordinal);
        Assert.DoesNotContain(Words, text, StringComparison.Ordinal);
        Assert.DoesNotContain(who.ChatId, text, StringComparison.Ordinal);
        using var elsewhere = await desk.Http.GetAsync(new Uri($"{desk.Url}/metrics"), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, elsewhere.StatusCode);
        using var door = await desk.Http.GetAsync(new Uri($"{address}/healthz"), Cancel);
        Assert.Equal(HttpStatusCode.NotFound, door.StatusCode);
    }

    private static List<ReceivedSpan> TraceOf(string message, OtlpCollector collector)
    {
        var spans = collector.Spans;
        var turn = Assert.Single(spans, s => s.Name == "turn" && s.Mentions(message));
        return [.. spans.Where(s => s.Trace == turn.Trace)];
    }

    private static List<string> WayTo(ReceivedSpan last, List<ReceivedSpan> trace)
    {
        var way = new List<string>();
        for (var at = last; at is not null; at = trace.Find(s => s.Id == at.Parent)) way.Insert(0, at.Name);
        return way;
    }

    private static Action<Dictionary<string, string?>> Traced(OtlpCollector collector) => settings =>
    {
        settings["Telemetry:Otlp"] = collector.Url;
        settings["Telemetry:OtlpProtocol"] = "HttpProtobuf";
    };

    private static double Value(string text, string name) => Samples().Matches(text)
        .Where(m => m.Groups["name"].Value == name).Sum(m => double.Parse(m.Groups["value"].Value, CultureInfo.InvariantCulture));

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"^(?<name>[a-z_]+)(\{[^}\n]*\})? (?<value>[0-9.eE+-]+)", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex Samples();
}
