using System.CommandLine;
using ChatDesk.LinePlatform.Consoles;
using ChatDesk.LinePlatform.Desk;
using ChatDesk.LinePlatform.Hosting;
using ChatDesk.LineSimulator;
using ChatDesk.LineSimulator.Api;
using ChatDesk.LineSimulator.Faults;

namespace ChatDesk.LinePlatform.Verbs;

/// <summary>Many officers' consoles at one desk.</summary>
internal static class ConsolesVerb
{
    public static Command Make()
    {
        var command = new Command("consoles", "Open many officers' consoles, let people write, and measure the time from a webhook to the drawn message. Exit code 1 when a message was not drawn somewhere, or a console failed.");
        var desk = new Option<string?>("--desk") { Description = "Path of ChatDesk.dll. Default: found by walking up." };
        var circuits = new Option<int>("--circuits") { Description = "Open consoles.", DefaultValueFactory = _ => 200 };
        var conversations = new Option<int>("--conversations") { Description = "People who write; each conversation is open on an equal part of the consoles.", DefaultValueFactory = _ => 100 };
        var stalled = new Option<int>("--stalled") { Description = "Consoles more that stop reading.", DefaultValueFactory = _ => 0 };
        var rate = new Option<double>("--rate") { Description = "Messages a second.", DefaultValueFactory = _ => 10 };
        var seconds = new Option<double>("--seconds") { Description = "How long.", DefaultValueFactory = _ => 30 };
        foreach (var option in (Option[])[desk, circuits, conversations, stalled, rate, seconds]) command.Options.Add(option);
        command.SetAction((given, cancel) => RunAsync(
            given.GetValue(desk),
            new ConsolePlan(given.GetValue(circuits), given.GetValue(conversations), given.GetValue(stalled), given.GetValue(rate), given.GetValue(seconds)), cancel));
        return command;
    }

    private static async Task<int> RunAsync(string? dll, ConsolePlan plan, CancellationToken cancel)
    {
        if (plan.Conversations < 1 || plan.Circuits % plan.Conversations != 0) throw new PlatformException("--circuits must be a multiple of --conversations.");
        var time = TimeProvider.System;
        var folder = RunFolder.Make(null, "consoles", time);
        await using var line = await LineHost.StartAsync(new LineChannelSetup(), new FaultPlan(), new LineApiOptions(), time);
        var settings = new DeskSettings(DeskDll.Find(dll), line.Url, line.Channel.Setup, FreePort.Pick(), folder.Folder("data"), folder.File("desk.log"))
        {
            Extra = new Dictionary<string, string> { ["SignIn__DemoOfficers"] = "true" },
        };
        await using var desk = new DeskProcess(settings);
        await desk.StartAsync(cancel);
        await using var load = new ConsoleLoad(desk, line, plan, time);
        var clean = await load.RunAsync(cancel);
        folder.Close(clean);
        return clean ? 0 : 1;
    }
}
