using System.CommandLine;
using System.Globalization;
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
    /// <summary>What stalled consoles may cost together, in MB.</summary>
    private const double StalledLimit = 20;

    public static Command Make()
    {
        var command = new Command("consoles", "Open many officers' consoles, let people write, and measure the time from a webhook to the drawn message. Exit code 1 when a message was not drawn somewhere, or a console failed.");
        var desk = new Option<string?>("--desk") { Description = "Path of ChatDesk.dll. Default: found by walking up." };
        var circuits = new Option<int>("--circuits") { Description = "Open consoles.", DefaultValueFactory = _ => 200 };
        var conversations = new Option<int>("--conversations") { Description = "People who write; each conversation is open on an equal part of the consoles.", DefaultValueFactory = _ => 100 };
        var stalled = new Option<int>("--stalled") { Description = "Consoles more that stop reading; three desks are run one after the other, and the last line says what the stalled consoles alone cost (under 20 MB).", DefaultValueFactory = _ => 0 };
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
        if (plan.Stalled == 0) return (await PlayAsync(dll, plan, cancel)).Clean ? 0 : 1;
        // A desk grows while it warms up, more than stalled pages cost: equal desks with the same life are compared, and two equal lives show how far chance goes.
        var one = await PlayAsync(dll, plan with { Stalled = 0 }, cancel);
        var other = await PlayAsync(dll, plan with { Stalled = 0 }, cancel);
        var with = await PlayAsync(dll, plan, cancel);
        var cost = with.Grown - ((one.Grown + other.Grown) / 2);
        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture, $"stalled={plan.Stalled} cost={cost:0.0} MB limit={StalledLimit:0} MB (two desks without them differ by {Math.Abs(one.Grown - other.Grown):0.0} MB)"));
        return one.Clean && other.Clean && with.Clean && cost < StalledLimit ? 0 : 1;
    }

    /// <summary>One desk's life.</summary>
    private static async Task<ConsoleResult> PlayAsync(string? dll, ConsolePlan plan, CancellationToken cancel)
    {
        var time = TimeProvider.System;
        var folder = RunFolder.Make(null, "consoles", time);
        await using var line = await LineHost.StartAsync(new LineChannelSetup(), new FaultPlan(), new LineApiOptions(), time);
        var settings = new DeskSettings(DeskDll.Find(dll), line.Url, line.Channel.Setup, FreePort.Pick(), folder.Folder("data"), folder.File("desk.log"))
        {
            Extra = new Dictionary<string, string> { ["SignIn__DemoOfficers"] = "true" },
        };
        await using var desk = new DeskProcess(settings);
        await desk.StartAsync(cancel);
        // What is read at the start must not be weighed with the consoles.
        await desk.ContentReadAsync(cancel);
        await using var load = new ConsoleLoad(desk, line, plan, time);
        var result = await load.RunAsync(cancel);
        folder.Close(result.Clean);
        return result;
    }
}
