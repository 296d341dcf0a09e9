using System.Net;
using System.Net.Sockets;

namespace ChatDesk.LinePlatform.Hosting;

/// <summary>
/// Stands between two programs on TCP: passes everything on, later (<see cref="Delay"/>), not at all (<see cref="Away"/>), or cuts what is
/// open. With several targets it is the balancer before replicas: each new connection goes to the next one that takes it.
/// </summary>
internal sealed class FaultProxy : IAsyncDisposable
{
    private readonly TcpListener listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource closing = new();
    private readonly HashSet<Line> open = [];
    private readonly int[] targets;
    private readonly HashSet<int> shunned = [];
    private readonly Task accepting;
    private int next;

    public FaultProxy(params int[] targets)
    {
        this.targets = targets;
        listener.Start();
        accepting = AcceptAsync();
    }

    public int Port => ((IPEndPoint)listener.LocalEndpoint).Port;

    /// <summary>How long every piece of data is held.</summary>
    public TimeSpan Delay { get; set; }

    /// <summary>While true, connections are taken and dropped at once.</summary>
    public bool Away { get; set; }

    /// <summary>Ends every open connection, or those to one target.</summary>
    public void Cut(int? target = null)
    {
        Line[] cut;
        lock (open) cut = [.. open.Where(l => target is null || l.Target == target)];
        foreach (var line in cut) line.Dispose();
    }

    /// <summary>Sends no more connections to a target, or does again.</summary>
    public void Shun(int target, bool shun)
    {
        bool changed;
        lock (open) changed = shun ? shunned.Add(target) : shunned.Remove(target);
        if (shun && changed) Cut(target);
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        listener.Stop();
        Cut();
        await accepting;
        closing.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true)
            {
                var client = await listener.AcceptTcpClientAsync(closing.Token);
                client.NoDelay = true;
                _ = ServeAsync(client);
            }
        }
        catch (Exception e) when (e is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Closing.
        }
    }

    private async Task ServeAsync(TcpClient client)
    {
        using var near = client;
        if (Away || await ConnectAsync() is not ({ } far, var target)) return;
        using var line = new Line(near, far, target);
        lock (open)
        {
            // What was under way when everything was cut does not stay open.
            if (Away) return;
            open.Add(line);
        }
        try
        {
            await Task.WhenAny(PassAsync(near, far), PassAsync(far, near));
        }
        finally
        {
            lock (open) open.Remove(line);
        }
    }

    private async Task<(TcpClient? Far, int Target)> ConnectAsync()
    {
        for (var tries = 0; tries < targets.Length; tries++)
        {
            var target = targets[(uint)Interlocked.Increment(ref next) % (uint)targets.Length];
            lock (open)
            {
                if (shunned.Contains(target)) continue;
            }
            var far = new TcpClient { NoDelay = true };
            try
            {
                await far.ConnectAsync(IPAddress.Loopback, target, closing.Token);
                return (far, target);
            }
            catch (Exception e) when (e is SocketException or OperationCanceledException)
            {
                far.Dispose();
            }
        }
        return (null, 0);
    }

    private async Task PassAsync(TcpClient from, TcpClient to)
    {
        try
        {
            var (source, sink) = (from.GetStream(), to.GetStream());
            var piece = new byte[16 * 1024];
            while (await source.ReadAsync(piece, closing.Token) is > 0 and var length)
            {
                if (Delay > TimeSpan.Zero) await Task.Delay(Delay, closing.Token);
                await sink.WriteAsync(piece.AsMemory(0, length), closing.Token);
            }
        }
        catch (Exception e) when (e is IOException or OperationCanceledException or ObjectDisposedException or InvalidOperationException)
        {
            // One side is gone: so is the line.
        }
    }

    private sealed class Line(TcpClient near, TcpClient far, int target) : IDisposable
    {
        public int Target => target;

        public void Dispose()
        {
            near.Dispose();
            far.Dispose();
        }
    }
}
