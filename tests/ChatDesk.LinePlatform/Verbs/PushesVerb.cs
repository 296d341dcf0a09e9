using System.CommandLine;
using ChatDesk.LinePlatform.Load;
using ChatDesk.LineSimulator.Api;
using ChatDesk.LineSimulator.Channel;
using ChatDesk.LineSimulator.Faults;

namespace ChatDesk.LinePlatform.Verbs;

/// <summary>Every answer must go by push, while LINE fails.</summary>
internal sealed class PushesVerb
{
    private readonly SceneArguments scene = new();
    private readonly LoadArguments load = new();
    private readonly Option<int> count = new("--count") { Description = "How many events, and so pushes.", DefaultValueFactory = _ => 2000 };

    public static Command Make() => new PushesVerb().MakeCommand();

    private Command MakeCommand()
    {
        var command = new Command("pushes", "Send events without a reply token, so that each answer is a push, while part of LINE's calls fail. Exit code 1 unless each answer was visible exactly once.");
        load.Faults.DefaultValueFactory = _ => 0.3;
        load.WithoutReplyToken.Hidden = true;
        load.Seconds.Hidden = true;
        command.Options.Add(count);
        load.AddTo(command);
        scene.AddTo(command);
        command.SetAction(RunAsync);
        return command;
    }

    private async Task<int> RunAsync(ParseResult given, CancellationToken cancel)
    {
        var plan = load.ReadPlan(given) with { WithoutReplyToken = 1 };
        var faults = load.ReadFaults(given);
        await using var stage = await Scene.OpenAsync(scene.Read("pushes", given, load.IsFaulty(given)), plan, faults, cancel);
        await stage.WithProgressAsync(() => stage.Load.RunCountAsync(given.GetValue(count), cancel), cancel: cancel);
        await stage.WithProgressAsync(() => stage.SettleAsync(cancel), cancel: cancel);
        var verdict = await stage.JudgeAsync(cancel);
        PrintCounts(stage, faults);
        Console.WriteLine(verdict.Line(stage.Acks));
        var clean = verdict is { IsClean: true, Blocked: 0, Unknown: 0 };
        await stage.CloseAsync(clean);
        return clean ? 0 : 1;
    }

    private static void PrintCounts(Scene stage, FaultPlan faults)
    {
        var requests = stage.Line.Api.Requests.All().Where(r => r.Endpoint == LineEndpoint.Push).ToList();
        var tries = requests.GroupBy(r => r.RetryKey).Select(g => g.Count()).DefaultIfEmpty(0).Max();
        var visible = stage.Line.Channel.Calls.All().Count(c => c.Kind == SendKind.Push);
        Console.WriteLine($"push_calls={requests.Count} visible={visible} status_200={requests.Count(r => r.Status == 200)} status_409={requests.Count(r => r.Status == 409)} "
            + $"status_429={requests.Count(r => r.Status == 429)} status_500={requests.Count(r => r.Status == 500)} dropped={faults.Dealt(FaultKind.DropBeforeAccept) + faults.Dealt(FaultKind.AcceptThenDrop)} "
            + $"hung={faults.Dealt(FaultKind.HangBeforeAccept) + faults.Dealt(FaultKind.AcceptThenHang)} without_key={requests.Count(r => r.RetryKey is null)} most_tries={tries}");
    }
}
