using System.CommandLine;
using ChatDesk.LinePlatform.Desk;
using ChatDesk.LinePlatform.Hosting;
using ChatDesk.LinePlatform.WebChats;
using ChatDesk.LineSimulator;
using ChatDesk.LineSimulator.Api;
using ChatDesk.LineSimulator.Faults;

namespace ChatDesk.LinePlatform.Verbs;

/// <summary>Many web conversations at one desk.</summary>
internal static class WebChatsVerb
{
    public static Command Make()
    {
        var command = new Command("webchats", "Hold many web conversations at once and measure the time from a post to its answer on the stream, and memory. Exit code 1 when a message was not echoed and answered exactly once.");
        var desk = new Option<string?>("--desk") { Description = "Path of ChatDesk.dll. Default: found by walking up." };
        var conversations = new Option<int>("--conversations") { Description = "Open at the same time.", DefaultValueFactory = _ => 500 };
        var rate = new Option<double>("--rate") { Description = "Messages a second over all of them.", DefaultValueFactory = _ => 100 };
        var seconds = new Option<double>("--seconds") { Description = "How long.", DefaultValueFactory = _ => 30 };
        foreach (var option in (Option[])[desk, conversations, rate, seconds]) command.Options.Add(option);
        command.SetAction((given, cancel) => RunAsync(given.GetValue(desk), new WebChatPlan(given.GetValue(conversations), given.GetValue(rate), given.GetValue(seconds)), cancel));
        return command;
    }

    private static async Task<int> RunAsync(string? dll, WebChatPlan plan, CancellationToken cancel)
    {
        var time = TimeProvider.System;
        var folder = RunFolder.Make(null, "webchats", time);
        await using var line = await LineHost.StartAsync(new LineChannelSetup(), new FaultPlan(), new LineApiOptions(), time);
        var settings = new DeskSettings(DeskDll.Find(dll), line.Url, line.Channel.Setup, FreePort.Pick(), folder.Folder("data"), folder.File("desk.log"))
        {
            // All of them come from one address.
            Extra = new Dictionary<string, string> { ["Web__TokensPerMinutePerAddress"] = "100000", ["Web__RequestsPerMinutePerAddress"] = "1000000" },
        };
        await using var desk = new DeskProcess(settings);
        await desk.StartAsync(cancel);
        await using var load = new WebChatLoad(desk, plan, time);
        var clean = await load.RunAsync(cancel);
        folder.Close(clean);
        return clean ? 0 : 1;
    }
}
