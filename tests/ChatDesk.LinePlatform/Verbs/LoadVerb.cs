using System.CommandLine;
using ChatDesk.LinePlatform.Load;
using ChatDesk.LineSimulator.Faults;

namespace ChatDesk.LinePlatform.Verbs;

/// <summary>Many people, one desk, no trouble but what the options ask for.</summary>
internal static class LoadVerb
{
    public static Command Make()
    {
        var command = new Command("load", "Start the desk, let many people write to it, and compare what was acknowledged, stored and seen. Exit code 1 when anything is lost, doubled, out of order or unanswered.");
        var scene = new SceneArguments();
        var load = new LoadArguments();
        load.AddTo(command);
        scene.AddTo(command);
        command.SetAction((given, cancel) => RunAsync(scene.Read("load", given, load.IsFaulty(given)), load.ReadPlan(given), load.ReadFaults(given), cancel));
        return command;
    }

    private static async Task<int> RunAsync(SceneOptions options, LoadPlan plan, FaultPlan faults, CancellationToken cancel)
    {
        await using var scene = await Scene.OpenAsync(options, plan, faults, cancel);
        await scene.WithProgressAsync(() => scene.Load.RunAsync(chaos: null, cancel), cancel: cancel);
        await scene.WithProgressAsync(() => scene.SettleAsync(cancel), cancel: cancel);
        var verdict = await scene.JudgeAsync(cancel);
        Console.WriteLine(verdict.Line(scene.Acks));
        await scene.CloseAsync(verdict.IsClean);
        return verdict.IsClean ? 0 : 1;
    }
}
