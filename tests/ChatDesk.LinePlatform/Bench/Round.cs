using System.Diagnostics;
using System.Net.Sockets;
using ChatDesk.LinePlatform.Desk;
using ChatDesk.LinePlatform.Load;

namespace ChatDesk.LinePlatform.Bench;

/// <summary>What one round measured.</summary>
/// <param name="PerSecond">Requests (bare) or turns (desk) a second.</param>
/// <param name="CpuMicroseconds">Processor time of the server process for each of them.</param>
/// <param name="OwnCpuMicroseconds">Processor time of this program (sender and LINE side) for each; both share the machine.</param>
/// <param name="Refused">Webhooks that were not answered 200.</param>
internal sealed record RoundResult(double PerSecond, double CpuMicroseconds, double OwnCpuMicroseconds, double AckP50, double AckP99, double ResidentMegabytes, int Refused)
{
    /// <summary>Processor time of the databases behind the server for each of them.</summary>
    public double BackingMicroseconds { get; init; }
}

/// <summary>Sends prepared requests over a fixed number of connections, as fast as the servers take them, and measures it from outside.</summary>
/// <param name="servers">One webhook, or those of equal replicas, which get the connections in turn.</param>
/// <param name="side">The processes behind them.</param>
/// <param name="connections">How many.</param>
internal sealed class Round(IReadOnlyList<Uri> servers, ServerSide side, int connections)
{
    private static readonly TimeSpan AnswerPatience = TimeSpan.FromSeconds(60);

    /// <summary>Counts each request as done when it is acknowledged.</summary>
    public Task<RoundResult> AcksAsync(PreparedRequests requests, int count, CancellationToken cancel) => RunAsync(requests, count, window: null, cancel);

    /// <summary>Counts each request as done when its answer is seen at the LINE side; at most <paramref name="window"/> may be open.</summary>
    public Task<RoundResult> TurnsAsync(PreparedRequests requests, AnswerWindow window, CancellationToken cancel) => RunAsync(requests, requests.Count, window, cancel);

    private static async ValueTask<int> SendAsync(RawConnection line, ReadOnlyMemory<byte> request, CancellationToken cancel)
    {
        try
        {
            return await line.SendAsync(request, cancel);
        }
        catch (Exception e) when (e is IOException or SocketException)
        {
            throw new PlatformException($"The server closed the line in the middle of a round: {e.Message}");
        }
    }

    private async Task<RoundResult> RunAsync(PreparedRequests requests, int count, AnswerWindow? window, CancellationToken cancel)
    {
        var lines = await Task.WhenAll(Enumerable.Range(0, connections).Select(n => RawConnection.OpenAsync(servers[n % servers.Count], cancel)));
        var acks = new Latencies();
        var next = -1;
        var refused = 0;
        var (cpu, backing) = (side.Cpu(), side.BackingCpu());
        var own = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(lines.Select(SendAllAsync));
        if (window is not null) await window.DrainAsync(AnswerPatience, cancel);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        (cpu, backing) = (side.Cpu() - cpu, side.BackingCpu() - backing);
        own = Environment.CpuUsage.TotalTime - own;
        foreach (var line in lines) line.Dispose();
        return new(count / seconds, cpu.TotalMicroseconds / count, own.TotalMicroseconds / count, acks.Percentile(50), acks.Percentile(99), side.ResidentMegabytes(), refused)
        {
            BackingMicroseconds = backing.TotalMicroseconds / count,
        };

        async Task SendAllAsync(RawConnection line)
        {
            for (var i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
            {
                if (window is not null) await window.EnterAsync(cancel);
                var begun = Stopwatch.GetTimestamp();
                var status = await SendAsync(line, requests[i], cancel);
                acks.Add(Stopwatch.GetElapsedTime(begun));
                if (status == 200) continue;
                Interlocked.Increment(ref refused);
                window?.Leave();
            }
        }
    }
}
