using System.Collections.Concurrent;
using System.Diagnostics;
using System.Threading.Channels;
using ChatDesk.LinePlatform.Bench;
using ChatDesk.LinePlatform.Desk;
using ChatDesk.LinePlatform.Load;

namespace ChatDesk.LinePlatform.Peers;

/// <summary>
/// Webhooks at a steady rate, whatever the server does; each is measured from the moment it was due, so a server that stands still cannot
/// hide it. Called for several rounds of one server, it gathers all of them.
/// </summary>
internal sealed class PacedRound(IReadOnlyList<Uri> servers, ServerSide side, double rate)
{
    private const int Connections = 64;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly ConcurrentDictionary<string, long> due = new(StringComparer.Ordinal);
    private TimeSpan cpu;
    private long count;
    private int open;

    public Latencies Acks { get; } = new();

    public Latencies Answers { get; } = new();

    public double CpuMicroseconds => cpu.TotalMicroseconds / count;

    /// <summary>The LINE side saw an answer; other servers' tokens are none of this one's.</summary>
    public void Answered(string token)
    {
        if (!due.TryRemove(token, out var since)) return;
        Answers.Add(Stopwatch.GetElapsedTime(since));
        Interlocked.Decrement(ref open);
    }

    /// <exception cref="PlatformException">A webhook was refused, or an answer never came.</exception>
    public async Task RunAsync(PreparedRequests requests, CancellationToken cancel)
    {
        var free = Channel.CreateUnbounded<RawConnection>();
        var lines = await Task.WhenAll(Enumerable.Range(0, Connections).Select(n => RawConnection.OpenAsync(servers[n % servers.Count], cancel)));
        foreach (var line in lines) free.Writer.TryWrite(line);
        var before = side.Cpu();
        Interlocked.Add(ref open, requests.Count);
        var began = Stopwatch.GetTimestamp();
        var sending = new List<Task>(requests.Count);
        for (var number = 0; number < requests.Count;)
        {
            for (var now = Stopwatch.GetElapsedTime(began).TotalSeconds * rate; number < requests.Count && number < now; number++)
            {
                due[requests.TokenOf(number)] = began + (long)(number / rate * Stopwatch.Frequency);
                sending.Add(SendAsync(requests, number, free, cancel));
            }

            await Task.Delay(TimeSpan.FromMilliseconds(1), cancel);
        }

        await Task.WhenAll(sending);
        var ended = Stopwatch.GetTimestamp();
        while (Volatile.Read(ref open) > 0)
        {
            if (Stopwatch.GetElapsedTime(ended) > Patience) throw new PlatformException($"{open} answers did not come within {Patience.TotalSeconds:0} s.");
            await Task.Delay(TimeSpan.FromMilliseconds(5), cancel);
        }

        cpu += side.Cpu() - before;
        count += requests.Count;
        foreach (var line in lines) line.Dispose();
    }

    private async Task SendAsync(PreparedRequests requests, int number, Channel<RawConnection> free, CancellationToken cancel)
    {
        var since = due[requests.TokenOf(number)];
        var line = await free.Reader.ReadAsync(cancel);
        var status = await line.SendAsync(requests[number], cancel);
        Acks.Add(Stopwatch.GetElapsedTime(since));
        free.Writer.TryWrite(line);
        if (status != 200) throw new PlatformException($"A webhook was answered {status}.");
    }
}
