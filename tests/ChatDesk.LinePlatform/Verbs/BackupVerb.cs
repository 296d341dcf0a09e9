using System.CommandLine;
using System.Diagnostics;
using System.Globalization;
using ChatDesk.LinePlatform.Desk;
using ChatDesk.LinePlatform.Ledger;
using ChatDesk.LinePlatform.Load;

namespace ChatDesk.LinePlatform.Verbs;

/// <summary>A backup in the middle of a load, restored elsewhere: is everything there that was acknowledged before it began?</summary>
internal sealed class BackupVerb
{
    private readonly SceneArguments scene = new();
    private readonly LoadArguments load = new();
    private readonly Option<int> messages = new("--messages") { Description = "How many messages the ledger holds before the load.", DefaultValueFactory = _ => 100_000 };

    public static Command Make() => new BackupVerb().MakeCommand();

    private Command MakeCommand()
    {
        var command = new Command("backup", "Back a desk up while people write to it, restore it elsewhere, and look for every event acknowledged before the backup began; then flip bytes, which must be found. Exit code 1 when something is missing or a flipped byte is not found.") { messages };
        load.AddTo(command);
        scene.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult given, CancellationToken cancel)
    {
        var plan = load.ReadPlan(given);
        var options = scene.Read("backup", given, load.IsFaulty(given)) with { Filled = given.GetValue(messages) / 2 };
        await using var stage = await Scene.OpenAsync(options, plan, load.ReadFaults(given), cancel);
        var backup = stage.Folder.File("backup");
        HashSet<string> before = [];
        var took = TimeSpan.Zero;
        await stage.WithProgressAsync(() => stage.Load.RunAsync(Task.Run(TakeAsync, cancel), cancel), cancel: cancel);

        var elsewhere = new DeskProcess(stage.Desk.Settings with { DataFolder = stage.Folder.File("elsewhere") });
        await using var restored = elsewhere;
        var began = Stopwatch.GetTimestamp();
        await elsewhere.RunVerbAsync(["restore", backup], cancel);
        var back = Stopwatch.GetElapsedTime(began);
        var dump = stage.Folder.File("elsewhere.jsonl");
        await elsewhere.RunVerbAsync(["ledger", "dump", "--file", dump], cancel);
        var there = LedgerDump.Read(File.ReadLines(dump));
        var missing = before.Except(there.Inbox.Select(row => row.EventId)).Count();
        var (flipped, found) = await FlipAsync(elsewhere, backup, cancel);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture,
            $"acked_before_mark={before.Count} missing={missing} messages={there.Transcript.Count} backup_s={took.TotalSeconds:0.0} restore_s={back.TotalSeconds:0.0} flipped={flipped} found={found} ack_p99={stage.Acks.Percentile(99):0.0}ms"));
        var clean = missing == 0 && flipped == found;
        await stage.CloseAsync(clean);
        return clean ? 0 : 1;

        async Task TakeAsync()
        {
            await Task.Delay(plan.Duration / 3, cancel);
            before = [.. stage.Journal.Events.Where(one => one.Acked).Select(one => one.Id)];
            var since = Stopwatch.GetTimestamp();
            await stage.Desk.RunVerbAsync(["backup", backup], cancel);
            took = Stopwatch.GetElapsedTime(since);
        }
    }

    /// <summary>One bit in the middle of each file in turn.</summary>
    private static async Task<(int Flipped, int Found)> FlipAsync(DeskProcess desk, string backup, CancellationToken cancel)
    {
        var (flipped, found) = (0, 0);
        foreach (var file in Directory.GetFiles(backup, "*", SearchOption.AllDirectories))
        {
            Flip(file);
            flipped++;
            try
            {
                await desk.RunVerbAsync(["restore", backup, "--check"], cancel);
                Console.WriteLine($"not found: a flipped bit in {file}");
            }
            catch (PlatformException)
            {
                found++;
            }

            Flip(file);
        }

        return (flipped, found);
    }

    private static void Flip(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.ReadWrite);
        file.Position = file.Length / 2;
        var value = file.ReadByte();
        file.Position--;
        file.WriteByte((byte)(value ^ 1));
    }
}
