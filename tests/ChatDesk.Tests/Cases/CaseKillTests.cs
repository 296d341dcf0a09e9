using System.Diagnostics;
using ChatDesk.Cases;
using ChatDesk.Cases.Model;
using ChatDesk.Tests.Fixtures;

namespace ChatDesk.Tests.Cases;

/// <summary>
/// A process of its own opens cases and takes them through every state, and is killed (SIGKILL, by itself) at each fail
/// point; what it was told is done must be there, once, whole and without a gap, and the next process goes on from there.
/// </summary>
public sealed class CaseKillTests
{
    private const string Folder = "CHATDESK_CASES_CHILD";
    private const string FailPoint = "CHATDESK_FAILPOINT";
    private const int Cases = 2;

    private static readonly string[] Points =
    [
        "case-row-written", "case-opened", "intake-before-commit", "intake-after-commit", "case-event-written", "case-changed", "case-committed", "tell-before-ledger", "tell-before-mark",
    ];

    /// <summary>The whole life of each case, as its events must stand.</summary>
    private static readonly CaseDeed[] Life =
        [CaseDeed.Open, CaseDeed.Assess, CaseDeed.Assign, CaseDeed.Ask, CaseDeed.Reply, CaseDeed.Fix, CaseDeed.Contest, CaseDeed.Answer, CaseDeed.Accept];

    [Fact]
    public async Task Killed_at_every_step_no_case_is_lost_doubled_half_changed_or_has_a_gap()
    {
        var folder = Directory.CreateTempSubdirectory("chatdesk-kill-").FullName;
        foreach (var point in Points) Assert.False(await RunAsync(folder, point), $"nobody passed {point}");
        Assert.True(await RunAsync(folder, null), "the last run ends by itself");

        await ExamineAsync(folder);
        Directory.Delete(folder, recursive: true);
    }

    private static async Task ExamineAsync(string folder)
    {
        await using var room = new CaseRoom(TimeProvider.System, folder);
        var all = await room.AllAsync();
        Assert.Equal(Cases, all.Count);
        foreach (var row in all)
        {
            Assert.Equal(Life, (await room.EventsAsync(row.Id)).Select(e => e.Deed));
            await CaseLifeTests.SameAsRebuiltAsync(room, row.Id);
        }
        foreach (var done in await File.ReadAllLinesAsync(Journal(folder), CaseRoom.Stop))
        {
            var parts = done.Split(' ');
            Assert.Equal(parts[1], (await room.EventsAsync((await room.FindAsync(parts[0]))!.Id))[int.Parse(parts[2], System.Globalization.CultureInfo.InvariantCulture) - 1].Deed.ToString());
        }
        Assert.Equal(Cases * 3, LedgerFile.Count(room.LedgerPath, "SELECT count(*) FROM inbox WHERE event_id LIKE 'case:%'"));
    }

    /// <summary>The child: goes on from wherever the last one died. No test of its own: only the test above starts it.</summary>
    [Fact(Explicit = true)]
    public async Task Child()
    {
        var folder = Environment.GetEnvironmentVariable(Folder) ?? throw new InvalidOperationException("started by hand");
        await using var room = new CaseRoom(TimeProvider.System, folder);
        for (var n = 0; n < Cases; n++)
        {
            var key = $"run{n}:0";
            await room.TurnAsync($"U{n}", $"open{n}", CaseRoom.Wish(key, fields: ("what", "เรื่อง")));
            await room.Intake.CatchUpAsync(CaseRoom.Stop);
            while (await StepAsync(room, $"U{n}", CaseNumber.Of(key))) { }
        }
        await room.Telling.CatchUpAsync(CaseRoom.Stop);
    }

    /// <summary>Does the next thing in the life of a case and writes down that it is done.</summary>
    private static async Task<bool> StepAsync(CaseRoom room, string contact, string number)
    {
        var row = (await room.FindAsync(number))!;
        if (row.Events == Life.Length) return false;
        var deed = Life[row.Events];
        if (deed is CaseDeed.Reply or CaseDeed.Contest or CaseDeed.Accept)
        {
            await room.TurnAsync(contact, $"{deed}{number}", CaseRoom.Word($"{deed}{number}", number, deed, "คำตอบ"));
            await room.Intake.CatchUpAsync(CaseRoom.Stop);
        }
        else
        {
            await room.OfficerAsync(row, deed, "ข้อความ");
        }
        await File.AppendAllTextAsync(Journal(Path.GetDirectoryName(room.LedgerPath)!), $"{number} {deed} {row.Events + 1}\n", CaseRoom.Stop);
        await room.Telling.CatchUpAsync(CaseRoom.Stop);
        return true;
    }

    /// <returns>False when the child was killed; fails when it ended any other way than well.</returns>
    private static async Task<bool> RunAsync(string folder, string? failPoint)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["-noColor", "-explicit", "only", "-method", $"{typeof(CaseKillTests).FullName}.{nameof(Child)}"]) { RedirectStandardOutput = true };
        if (Path.GetFileNameWithoutExtension(Environment.ProcessPath) == "dotnet") start.ArgumentList.Insert(0, typeof(CaseKillTests).Assembly.Location);
        start.Environment[Folder] = folder;
        start.Environment[FailPoint] = failPoint ?? "";
        using var child = Process.Start(start)!;
        var output = await child.StandardOutput.ReadToEndAsync(CaseRoom.Stop);
        await child.WaitForExitAsync(CaseRoom.Stop);
        Assert.True(child.ExitCode is 0 or 137, $"{failPoint}: ended with {child.ExitCode}\n{output}");
        return child.ExitCode == 0;
    }

    private static string Journal(string folder) => Path.Combine(folder, "done.txt");
}
