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
internal sealed record RoundResult(double PerSecond, double CpuMicroseconds, double OwnCpuMicroseconds, double AckP50, double AckP99, double ResidentMegabytes, int Refused);

/// <summary>Sends prepared requests over a fixed number of connections, as fast as the server takes them, and measures it from outside.</summary>
internal sealed class Round(Uri server, int processId, int connections)
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
        var lines = await Task.WhenAll(Enumerable.Range(0, connections).Select(_ => RawConnection.OpenAsync(server, cancel)));
        var acks = new Latencies();
        var next = -1;
        var refused = 0;
        using var process = Process.GetProcessById(processId);
        var cpu = process.TotalProcessorTime;
        var own = Environment.CpuUsage.TotalTime;
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(lines.Select(SendAllAsync));
        if (window is not null) await window.DrainAsync(AnswerPatience, cancel);
        var seconds = Stopwatch.GetElapsedTime(started).TotalSeconds;
        process.Refresh();
        cpu = process.TotalProcessorTime - cpu;
        own = Environment.CpuUsage.TotalTime - own;
        foreach (var line in lines) line.Dispose();
        return new(count / seconds, cpu.TotalMicroseconds / count, own.TotalMicroseconds / count, acks.Percentile(50), acks.Percentile(99), process.WorkingSet64 / 1e6, refused);

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
