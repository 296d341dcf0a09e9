using System.CommandLine;
using ChatDesk.LinePlatform.Ledger;
using ChatDesk.LinePlatform.Load;
using ChatDesk.LinePlatform.Torture;
using ChatDesk.LineSimulator.Faults;

namespace ChatDesk.LinePlatform.Verbs;

/// <summary>Complaints interrupted by kill -9 at every question.</summary>
internal sealed class DialogVerb
{
    private readonly SceneArguments scene = new();
    private readonly Option<int> people = new("--people") { Description = "How many people file a complaint at once.", DefaultValueFactory = _ => 100 };
    private readonly Option<int> rounds = new("--rounds") { Description = "How often, each time with new people; the desk is killed eight times a round.", DefaultValueFactory = _ => 5 };
    private readonly Option<int> spread = new("--spread") { Description = "Over how many milliseconds the people's answers to one question are spread; the kill comes in the middle third.", DefaultValueFactory = _ => 250 };
    private readonly Option<int> seed = new("--seed") { Description = "Makes the moments repeat.", DefaultValueFactory = _ => 1 };

    public static Command Make() => new DialogVerb().MakeCommand();

    private Command MakeCommand()
    {
        var command = new Command("dialog", "People file complaints, and the desk is killed with -9 while they answer each question. Exit code 1 when anybody was asked something else than an undisturbed person, or something was said or done twice or never.");
        foreach (var option in (Option[])[people, rounds, spread, seed]) command.Options.Add(option);
        scene.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    /// <summary>Most calls take a fifth of a second, before or after LINE accepted: a kill then meets answers that nobody knows the end of.</summary>
    private static FaultPlan SlowLine(int seed) =>
        new FaultPlan(seed) { HangFor = TimeSpan.FromMilliseconds(200) }.With(new FaultMix { HangBeforeAccept = 0.4, AcceptThenHang = 0.4 }, FaultPlan.Sends);

    private async Task<int> RunAsync(ParseResult given, CancellationToken cancel)
    {
        var plan = new LoadPlan { Users = 0, Seed = given.GetValue(seed) };
        await using var stage = await Scene.OpenAsync(scene.Read("dialog", given, faulty: false), plan, SlowLine(plan.Seed), cancel);
        var complaint = new InterruptedComplaint(stage, given.GetValue(people), TimeSpan.FromMilliseconds(given.GetValue(spread)), plan.Seed);
        await complaint.LearnAsync(cancel);
        for (var round = 0; round < given.GetValue(rounds); round++)
        {
            await complaint.RunAsync(cancel);
            Console.WriteLine($"round {round + 1}: kills={complaint.Kills} met: not stored {complaint.Met.Unsent}, stored {complaint.Met.Stored}, read {complaint.Met.Read}");
        }

        await stage.SettleAsync(cancel);
        var verdict = await stage.JudgeAsync(cancel);
        complaint.Judge(LedgerDump.Read(File.ReadLines(stage.Folder.File("ledger.jsonl"))));
        foreach (var finding in complaint.Findings.Distinct().Take(10)) Console.WriteLine("  " + finding);
        Console.WriteLine(verdict.Line(stage.Acks));
        Console.WriteLine($"complaints={complaint.Users.Count} kills={complaint.Kills} lost_place_or_doubled={complaint.Findings.Count}");
        var clean = verdict.IsClean && complaint.Findings.Count == 0;
        await stage.CloseAsync(clean);
        return clean ? 0 : 1;
    }
}
