using System.CommandLine;
using ChatDesk.LinePlatform.Desk;
using ChatDesk.LinePlatform.Hosting;
using ChatDesk.LineSimulator;
using ChatDesk.LineSimulator.Api;
using ChatDesk.LineSimulator.Channel;
using ChatDesk.LineSimulator.Faults;

namespace ChatDesk.LinePlatform.Verbs;

/// <summary>Plays LINE for a desk that somebody else started, and lets the person at the terminal write to it.</summary>
internal sealed class ServeVerb
{
    private static readonly LineChannelSetup Example = new();

    private readonly Option<int> port = new("--port") { Description = "Port on 127.0.0.1 for LINE's API.", DefaultValueFactory = _ => 5081 };
    private readonly Option<string> webhook = new("--webhook") { Description = "Where the desk takes webhooks.", DefaultValueFactory = _ => "http://127.0.0.1:5080/line/demo/webhook" };
    private readonly Option<string> channelId = new("--channel-id") { Description = "The channel's id.", DefaultValueFactory = _ => Example.Id };
    private readonly Option<string> secret = new("--secret") { Description = "The channel's secret.", DefaultValueFactory = _ => Example.Secret };
    private readonly Option<string> token = new("--token") { Description = "The long-lived channel access token.", DefaultValueFactory = _ => Example.AccessToken! };
    private readonly Option<long?> quota = new("--quota") { Description = "Counted messages a month; none by default." };
    private readonly Option<double> faults = new("--faults") { Description = "Share of send calls that go wrong.", DefaultValueFactory = _ => 0 };

    public static Command Make() => new ServeVerb().MakeCommand();

    private Command MakeCommand()
    {
        var command = new Command("serve", "Play LINE on a port until Ctrl-C, with a log of every call, and send what is typed as a citizen's message (/help lists what else can be sent).");
        foreach (var option in (Option[])[port, webhook, channelId, secret, token, quota, faults]) command.Options.Add(option);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult given, CancellationToken cancel)
    {
        if (!Uri.TryCreate(given.GetValue(webhook), UriKind.Absolute, out var desk)) throw new PlatformException($"--webhook {given.GetValue(webhook)}: must be a whole address, http://…");
        var setup = new LineChannelSetup
        {
            Id = given.GetValue(channelId)!,
            Secret = given.GetValue(secret)!,
            AccessToken = given.GetValue(token),
            MonthlyQuota = given.GetValue(quota),
        };
        var plan = new FaultPlan().With(FaultMix.Blend(given.GetValue(faults)), FaultPlan.Sends);
        await using var line = await LineHost.StartAsync(setup, plan, new LineApiOptions(), TimeProvider.System, given.GetValue(port));
        line.Api.Handled += Print;
        line.Channel.Accepted += Print;
        PrintWelcome(line, setup);
        using var http = new HttpClient();
        var terminal = new TypedEvents(line, new(http, desk, line.Channel, TimeProvider.System));
        await terminal.RunAsync(cancel);
        return 0;
    }

    private static void PrintWelcome(LineHost line, LineChannelSetup setup)
    {
        Console.WriteLine($"LINE is at {line.Url}. Start the desk with:");
        Console.WriteLine($"  Line__ApiBaseUrl={line.Url} Line__DataApiBaseUrl={line.Url} Agencies__demo__Line__ChannelId={setup.Id} \\");
        Console.WriteLine($"  Agencies__demo__Line__ChannelSecrets__0={setup.Secret} Agencies__demo__Line__ChannelAccessToken={setup.AccessToken} \\");
        Console.WriteLine("  dotnet run --project src/ChatDesk");
        Console.WriteLine("Type a message and press Enter; /help shows the rest; Ctrl-C ends.");
    }

    private static void Print(ReceivedRequest request)
    {
        var fault = request.Fault == FaultKind.None ? "" : $"  [{request.Fault}]";
        Console.WriteLine($"{request.At:HH:mm:ss.fff}  {request.Method} {request.Path} -> {(request.Status == 0 ? "no answer" : request.Status)}{fault}");
    }

    private static void Print(AcceptedCall call)
    {
        foreach (var message in call.Messages)
        {
            var who = call.SeenBy.Count == 0 ? "nobody" : string.Join(", ", call.SeenBy.Select(TypedEvents.Short));
            Console.WriteLine($"  bot to {who} ({call.Kind.ToString().ToLowerInvariant()}, {(call.Counted == 0 ? "free" : $"{call.Counted} counted")}): {Torture.MiddleOfSomething.TextOf(message)}");
            PrintChoices(message);
        }
    }

    private static void PrintChoices(System.Text.Json.JsonElement message)
    {
        if (!message.TryGetProperty("quickReply", out var quick) || !quick.TryGetProperty("items", out var items)) return;
        var labels = items.EnumerateArray().Select(i => i.TryGetProperty("action", out var a) && a.TryGetProperty("label", out var l) ? l.GetString() : null);
        Console.WriteLine($"    [{string.Join("] [", labels.OfType<string>())}]");
    }
}
