using System.CommandLine;
using System.Globalization;
using ChatDesk.LinePlatform.Bench;
using ChatDesk.LinePlatform.Desk;
using ChatDesk.LinePlatform.Hosting;
using ChatDesk.LinePlatform.Load;
using ChatDesk.LineSimulator;
using ChatDesk.LineSimulator.Api;
using ChatDesk.LineSimulator.Faults;

namespace ChatDesk.LinePlatform.Verbs;

/// <summary>Full durable turns beside a bare endpoint, in one run, in rounds that take turns.</summary>
internal sealed class BenchVerb
{
    private readonly SceneArguments scene = new();
    /// <summary>What the README sets for heavy load; --set overrides it.</summary>
    private static readonly string[] ForLoad = ["DOTNET_GCgen0size=3000000"];

    private readonly Option<int> connections = new("--connections") { Description = "Keep-alive connections of the sender.", DefaultValueFactory = _ => 192 };
    private readonly Option<int> window = new("--window") { Description = "Events that may wait for their answer at the same time.", DefaultValueFactory = _ => 1024 };
    private readonly Option<int> turns = new("--turns") { Description = "Turns in one round of the desk.", DefaultValueFactory = _ => 20_000 };
    private readonly Option<int> requests = new("--requests") { Description = "Requests in one round of the bare endpoint.", DefaultValueFactory = _ => 60_000 };
    private readonly Option<int> rounds = new("--rounds") { Description = "Measured rounds of each; the middle one counts.", DefaultValueFactory = _ => 5 };
    private readonly Option<int> warmUps = new("--warm-ups") { Description = "Rounds before measuring.", DefaultValueFactory = _ => 2 };
    private readonly Option<int> users = new("--users") { Description = "How many people write in one round.", DefaultValueFactory = _ => 5_000 };
    private readonly Option<long> conversations = new("--conversations") { Description = "Also run a desk whose ledger already holds this many conversations (filled by its own verb), and compare.", DefaultValueFactory = _ => 0 };
    private readonly Option<string> text = new("--text") { Description = "What everybody writes. The default is answered by a command, with a text and buttons: it measures the line and not the content behind it. 'mixed' writes as people do and measures search and dialogs too.", DefaultValueFactory = _ => "เมนู" };
    private readonly Option<bool> fullLine = new("--full-line") { Description = "Let the whole simulator be the LINE side, with every check, instead of a lean one that only redeems reply tokens; costs processor time that the desk then lacks." };

    public static Command Make() => new BenchVerb().MakeCommand();

    private Command MakeCommand()
    {
        var command = new Command("bench", "Measure the desk beside a bare endpoint that only checks the signature: turns a second, processor time a turn, acknowledgement, memory. Sender and LINE side share the machine with both.");
        foreach (var option in (Option[])[connections, window, turns, requests, rounds, warmUps, users, conversations, text, fullLine]) command.Options.Add(option);
        scene.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult given, CancellationToken cancel)
    {
        var options = scene.Read("bench", given, faulty: false);
        var folder = RunFolder.Make(options.Folder, "bench", TimeProvider.System);
        var setup = new LineChannelSetup { EnforceRates = false, Remember = false };
        await using var line = await LineHost.StartAsync(setup, new FaultPlan(), new LineApiOptions { Record = false }, TimeProvider.System);
        using var answers = new AnswerWindow(given.GetValue(window));
        using var lean = new LeanLine(line.Channel, _ => answers.Leave());
        line.Channel.Accepted += _ => answers.Leave();
        var lineUrl = given.GetValue(fullLine) ? line.Url : lean.Url;
        using var bare = await BareProcess.StartAsync(setup.Secret, cancel);
        await using var desk = await StartDeskAsync("desk", options, folder, setup, lineUrl, 0, cancel);
        await using var full = given.GetValue(conversations) is > 0 and var many ? await StartDeskAsync("full", options, folder, setup, lineUrl, many, cancel) : null;

        var contestants = new List<Contestant> { Bare(given, line, bare, cancel), Turns("desk", given, line, desk, answers, cancel) };
        if (full is not null) contestants.Add(Turns($"desk, {given.GetValue(conversations):n0}", given, line, full, answers, cancel));
        for (var n = 1; n <= given.GetValue(warmUps) + given.GetValue(rounds); n++)
        {
            foreach (var contestant in contestants) await contestant.RunAsync(n, measured: n > given.GetValue(warmUps));
        }

        Print(contestants);
        folder.Close(clean: true);
        return 0;
    }

    private static async Task<DeskProcess> StartDeskAsync(string name, SceneOptions options, RunFolder folder, LineChannelSetup setup, Uri lineUrl, long conversations, CancellationToken cancel)
    {
        var settings = new DeskSettings(DeskDll.Find(options.Desk), lineUrl, setup, FreePort.Pick(), folder.Folder(name + "-data"), folder.File(name + ".log"))
        {
            Extra = Scene.Pairs([.. ForLoad.Where(own => !options.Settings.Any(s => s.StartsWith(own.Split('=')[0] + "=", StringComparison.Ordinal))), .. options.Settings]),
        };
        var desk = new DeskProcess(settings);
        if (conversations > 0)
        {
            Console.WriteLine($"filling a ledger with {conversations} conversations …");
            await desk.RunVerbAsync(["ledger", "fill", "--conversations", conversations.ToString(CultureInfo.InvariantCulture)], cancel);
        }

        Console.WriteLine($"{name} ready after {(await desk.StartAsync(cancel)).TotalSeconds:0.00} s");
        return desk;
    }

    private Contestant Bare(ParseResult given, LineHost line, BareProcess bare, CancellationToken cancel)
    {
        var prepared = PreparedRequests.Make(line.Channel, bare.Webhook, 5_000, given.GetValue(users), 0, TimeProvider.System);
        var round = new Round([bare.Webhook], new ServerSide([bare.Id]), given.GetValue(connections));
        return new("bare", "requests", _ => round.AcksAsync(prepared, given.GetValue(requests), cancel));
    }

    private Contestant Turns(string name, ParseResult given, LineHost line, DeskProcess desk, AnswerWindow answers, CancellationToken cancel)
    {
        var round = new Round([desk.Settings.Webhook], new ServerSide([desk.Id]), given.GetValue(connections));
        return new(name, "turns   ", async _ =>
        {
            // Prepared just before use: a reply token lives for a minute.
            var prepared = PreparedRequests.Make(line.Channel, desk.Settings.Webhook, given.GetValue(turns), given.GetValue(users), 0, TimeProvider.System, given.GetValue(text) is "mixed" ? null : given.GetValue(text));
            return await round.TurnsAsync(prepared, answers, cancel);
        });
    }

    /// <summary><c>ratio</c> is turns a second over requests a second; <c>ratio_by_cpu</c> the same from processor times, which busy neighbours disturb less.</summary>
    private static void Print(List<Contestant> contestants)
    {
        Console.WriteLine("middle of the measured rounds:");
        foreach (var contestant in contestants) Console.WriteLine("  " + contestant);
        var (bare, desk) = (contestants[0], contestants[1]);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"ratio={desk.RatioTo(bare):0.000} ratio_by_cpu={bare.AllCpuMicroseconds / desk.AllCpuMicroseconds:0.000} turns_per_s={desk.PerSecond:0} requests_per_s={bare.PerSecond:0} cpu_us_per_turn={desk.CpuMicroseconds:0.0}"));
        if (contestants.Count < 3) return;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"cpu_ratio_full={contestants[2].CpuMicroseconds / desk.CpuMicroseconds:0.00} cpu_us_per_turn_full={contestants[2].CpuMicroseconds:0.0}"));
    }
}
