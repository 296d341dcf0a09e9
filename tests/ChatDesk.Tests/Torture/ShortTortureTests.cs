using System.Diagnostics;
using ChatDesk.LinePlatform.Torture;

namespace ChatDesk.Tests.Torture;

/// <summary>
/// The short form of what <c>ChatDesk.LinePlatform</c> does at length: the real desk as a process of its own, killed, with
/// Redis pulled away, and with LINE failing. Each run compares what was acknowledged, stored and seen; any difference fails.
/// </summary>
[CollectionDefinition(nameof(ShortTortureTests), DisableParallelization = true)]
[Collection(nameof(ShortTortureTests))]
public sealed class ShortTortureTests
{
    public static TheoryData<string> Scenarios =>
    [
        .. Scenario.Short.Select(s => $"torture --short --scenario {s.Name}"),
        "dialog --people 30 --rounds 1",
        "pushes --count 200 --faults 0.3 --hang 12 --rate 100 --users 100 --quiet 75",
    ];

    [Theory]
    [MemberData(nameof(Scenarios))]
    public async Task Nothing_is_lost_doubled_out_of_order_or_unanswered(string scenario)
    {
        var platform = Path.Combine(AppContext.BaseDirectory, "ChatDesk.LinePlatform.dll");
        using var process = Process.Start(new ProcessStartInfo("dotnet", $"{platform} {scenario}") { RedirectStandardOutput = true, RedirectStandardError = true })!;
        var cancel = TestContext.Current.CancellationToken;
        var output = process.StandardOutput.ReadToEndAsync(cancel);
        var errors = process.StandardError.ReadToEndAsync(cancel);
        await process.WaitForExitAsync(cancel);

        Assert.True(process.ExitCode == 0, $"{scenario}\n{await output}\n{await errors}");
    }
}
