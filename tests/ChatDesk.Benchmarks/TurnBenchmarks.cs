using BenchmarkDotNet.Attributes;
using ChatDesk.Startup.Verbs;

namespace ChatDesk.Benchmarks;

/// <summary>
/// A whole turn in one process: accepted, claimed, answered, committed to SQLite (on disk each time, since nobody else writes), sent to a sender that
/// only takes it. Time is mostly the disk's; what tells versions apart is the memory.
/// </summary>
public class TurnBenchmarks
{
    private TerminalDesk? _desk;
    private int _contact;

    [GlobalSetup]
    public async Task StartAsync() => _desk = await TerminalDesk.StartAsync([], "demo");

    [GlobalCleanup]
    public async Task StopAsync() => await _desk!.DisposeAsync();

    [Benchmark]
    public Task Command() => SayAsync("เมนู");

    [Benchmark]
    public Task Article() => SayAsync("ค่าธรรมเนียมป้ายเท่าไหร่");

    [Benchmark]
    public Task NotUnderstood() => SayAsync("ฟฟฟฟ กกกก");

    private Task SayAsync(string text) => _desk!.SayAsync($"contact{_contact++ % 1_000}", text);
}
