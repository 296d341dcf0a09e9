using System.CommandLine;
using ChatDesk.LinePlatform.Hosting;

namespace ChatDesk.LinePlatform.Verbs;

/// <summary>The yardstick of the benchmark, as a process of its own.</summary>
internal static class BareVerb
{
    public static Command Make()
    {
        var port = new Option<int>("--port") { Description = "Port on 127.0.0.1.", Required = true };
        var secret = new Option<string>("--secret") { Description = "The channel secret.", Required = true };
        var command = new Command("bare", "A webhook that only checks the signature; bench starts it as a child.") { port, secret };
        command.SetAction(async (given, cancel) =>
        {
            await using var application = BareEndpoint.Build(given.GetValue(port), given.GetValue(secret)!);
            await application.StartAsync(cancel);
            await Task.Delay(Timeout.Infinite, cancel).ContinueWith(_ => { }, TaskScheduler.Default);
        });
        return command;
    }
}
