using System.CommandLine;
using System.Globalization;
using ChatDesk.LinePlatform.Bench;
using ChatDesk.LinePlatform.Desk;
using ChatDesk.LinePlatform.Hosting;
using ChatDesk.LinePlatform.Load;
using ChatDesk.LinePlatform.Peers;
using ChatDesk.LineSimulator;
using ChatDesk.LineSimulator.Api;
using ChatDesk.LineSimulator.Faults;

namespace ChatDesk.LinePlatform.Verbs;

/// <summary>ChatDesk beside the field's usual frameworks, in one interleaved run: at the machine's limit, at a steady rate, and by size.</summary>
internal sealed class PeersVerb
{
    private const int Connections = 192;
    private const int Window = 1024;

    /// <summary>Answered by a command, with a text and two buttons, as every peer answers everything.</summary>
    private const string Text = "เมนู";

    private readonly SceneArguments scene = new();
    private readonly Option<string[]> entrants = new("--entrants") { Description = "Who takes part.", DefaultValueFactory = _ => Field.Names, AllowMultipleArgumentsPerToken = true };
    private readonly Option<int> rounds = new("--rounds") { Description = "Measured rounds of each; the middle one counts.", DefaultValueFactory = _ => 5 };
    private readonly Option<int> warmUps = new("--warm-ups") { Description = "Rounds before measuring.", DefaultValueFactory = _ => 2 };
    private readonly Option<int> turns = new("--turns") { Description = "Turns in one round of a desk.", DefaultValueFactory = _ => 20_000 };
    private readonly Option<int> peerTurns = new("--peer-turns") { Description = "Turns in one round of a peer.", DefaultValueFactory = _ => 6_000 };
    private readonly Option<int> users = new("--users") { Description = "How many people write.", DefaultValueFactory = _ => 1_000 };
    private readonly Option<double> rate = new("--rate") { Description = "Events a second of the steady part.", DefaultValueFactory = _ => 200 };
    private readonly Option<double> seconds = new("--seconds") { Description = "How long each of its three rounds lasts; 0 leaves it out.", DefaultValueFactory = _ => 10 };
    private readonly Option<int[]> sizes = new("--sizes") { Description = "Also measure with so many conversations known, for example 100000 1000000.", DefaultValueFactory = _ => [], AllowMultipleArgumentsPerToken = true };
    private readonly Option<int> peersUpTo = new("--peers-up-to") { Description = "The largest size at which all but the desk on SQLite are measured too: each conversation costs them a turn.", DefaultValueFactory = _ => 100_000 };

    private readonly List<PacedRound> listening = [];
    private Action? leave;

    public static Command Make() => new PeersVerb().MakeCommand();

    private Command MakeCommand()
    {
        var command = new Command("peers", "Measure the desk beside other frameworks (tests/peers): turns a second, processor time, acknowledgement, end to end, memory. One table of ratios at the end.");
        foreach (var option in (Option[])[entrants, rounds, warmUps, turns, peerTurns, users, rate, seconds, sizes, peersUpTo]) command.Options.Add(option);
        scene.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult given, CancellationToken cancel)
    {
        var options = scene.Read("peers", given, faulty: false);
        var folder = RunFolder.Make(options.Folder, "peers", TimeProvider.System);
        var setup = new LineChannelSetup { EnforceRates = false, Remember = false };
        await using var line = await LineHost.StartAsync(setup, new FaultPlan(), new LineApiOptions { Record = false }, TimeProvider.System);
        using var lean = new LeanLine(line.Channel, Answered);
        await using var field = new Field(options, folder, setup, lean.Url);
        var standings = new List<Standing>();
        try
        {
            foreach (var name in given.GetValue(entrants)!) standings.Add(Enter(given, line, await field.StartAsync(name, 0, cancel), cancel));
            for (var n = 1; n <= given.GetValue(warmUps) + given.GetValue(rounds); n++)
            {
                foreach (var standing in standings) await standing.Full.RunAsync(n, measured: n > given.GetValue(warmUps));
            }
            if (given.GetValue(seconds) > 0) await PaceAsync(given, line, standings, cancel);
            PeersTable.Print(standings, given.GetValue(rate), Console.Out);
        }
        finally
        {
            foreach (var standing in standings) await standing.Entrant.DisposeAsync();
        }

        await SizesAsync(given, line, field, cancel);
        folder.Close(clean: true);
        return 0;
    }

    private Standing Enter(ParseResult given, LineHost line, Entrant entrant, CancellationToken cancel)
    {
        var round = new Round(entrant.Webhooks, entrant.Side, Connections);
        var paced = entrant.Kind == EntrantKind.Bare || given.GetValue(seconds) <= 0 ? null : new PacedRound(entrant.Webhooks, entrant.Side, given.GetValue(rate));
        if (paced is not null) listening.Add(paced);
        var count = entrant.Kind is EntrantKind.Desk ? given.GetValue(turns) : given.GetValue(peerTurns);
        // Prepared just before use: a reply token lives for a minute.
        return new(entrant, new Contestant(entrant.Name, "turns", _ => entrant.Kind == EntrantKind.Bare
            ? round.AcksAsync(Requests(given, line, entrant, count), count * 4, cancel)
            : FullAsync(round, Requests(given, line, entrant, count), cancel)), paced);
    }

    private async Task<RoundResult> FullAsync(Round round, PreparedRequests requests, CancellationToken cancel)
    {
        using var answers = new AnswerWindow(Window);
        leave = answers.Leave;
        var result = await round.TurnsAsync(requests, answers, cancel);
        leave = null;
        return result;
    }

    private async Task PaceAsync(ParseResult given, LineHost line, List<Standing> standings, CancellationToken cancel)
    {
        for (var n = 1; n <= 3; n++)
        {
            foreach (var (entrant, _, paced) in standings.Where(s => s.Paced is not null))
            {
                await paced!.RunAsync(Requests(given, line, entrant, (int)(given.GetValue(rate) * given.GetValue(seconds))), cancel);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  steady {n} {entrant.Name,-18} so far: ack p99 {paced.Acks.Percentile(99):0.0} ms, end to end p99 {paced.Answers.Percentile(99):0.0} ms"));
            }
        }
    }

    /// <summary>What many known conversations cost: those of the desk on SQLite are written into its ledger, all others are made by talking.</summary>
    private async Task SizesAsync(ParseResult given, LineHost line, Field field, CancellationToken cancel)
    {
        if (given.GetValue(sizes) is not { Length: > 0 } all) return;
        Console.WriteLine();
        Console.WriteLine("| conversations | entrant | turns/s | CPU µs/turn | memory MB | bytes a conversation |");
        Console.WriteLine("| ---: | --- | ---: | ---: | ---: | ---: |");
        foreach (var size in all)
        {
            foreach (var name in given.GetValue(entrants)!.Where(name => name is not ("bare" or "echo")))
            {
                // Written into the file, or else made one by one by talking.
                var filled = name == "desk";
                if (!filled && size > given.GetValue(peersUpTo)) continue;
                await using var entrant = await field.StartAsync(name, filled ? size : 0, cancel);
                var round = new Round(entrant.Webhooks, entrant.Side, Connections);
                await FullAsync(round, People(line, entrant, 2_000, n => n % 1_000), cancel);
                var before = entrant.Side.ResidentMegabytes();
                for (var from = 0; !filled && from < size; from += 10_000)
                {
                    var first = from;
                    await FullAsync(round, People(line, entrant, Math.Min(10_000, size - from), n => first + n), cancel);
                }
                var random = new Random(size);
                var result = await FullAsync(round, People(line, entrant, entrant.Kind == EntrantKind.Desk ? given.GetValue(turns) : given.GetValue(peerTurns), _ => random.Next(size)), cancel);
                Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
                    $"| {size} | {name} | {result.PerSecond:0} | {result.CpuMicroseconds:0} | {result.ResidentMegabytes:0} | {Math.Max(0, result.ResidentMegabytes - before) * 1e6 / size:0} |"));
            }
        }
    }

    private static PreparedRequests People(LineHost line, Entrant entrant, int count, Func<int, int> person) =>
        // Seed 0 makes the people of `ledger fill`.
        PreparedRequests.Make(line.Channel, entrant.Webhooks[0], count, n => LoadRun.UserId(seed: 0, person(n)), TimeProvider.System, Text);

    private PreparedRequests Requests(ParseResult given, LineHost line, Entrant entrant, int count) =>
        PreparedRequests.Make(line.Channel, entrant.Webhooks[0], count, given.GetValue(users), 0, TimeProvider.System, Text);

    private void Answered(string token)
    {
        leave?.Invoke();
        foreach (var paced in listening) paced.Answered(token);
    }
}
