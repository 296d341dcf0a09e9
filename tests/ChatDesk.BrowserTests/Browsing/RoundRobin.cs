using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ChatDesk.BrowserTests.Browsing;

/// <summary>
/// A balancer before equal desks that remembers nobody: each request goes to the next desk, and a page's live socket always to another one than
/// the page came from, as it does half the time in real life. A desk that does not take the connection is passed over.
/// </summary>
internal sealed class RoundRobin : IDisposable
{
    private const int LongestHead = 64 * 1024;

    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentDictionary<Socket, byte> _open = new();
    private readonly int[] _ports;
    private int _next;

    /// <param name="ports">Where the desks listen.</param>
    public RoundRobin(params int[] ports)
    {
        _ports = ports;
        _listener.Start();
        _ = AcceptAsync();
    }

    public string Url => $"http://127.0.0.1:{((IPEndPoint)_listener.LocalEndpoint).Port}";

    /// <summary>Port of the desk that gave the newest page; 0 before there was one.</summary>
    public int PageFrom { get; private set; }

    /// <summary>Port of the desk that holds the newest live socket; 0 before there was one.</summary>
    public int SocketAt { get; private set; }

    /// <summary>How many live sockets are still to be hung up on before one is let through.</summary>
    public int SocketsToRefuse { get; set; }

    public void Dispose()
    {
        _stop.Cancel();
        _listener.Stop();
        foreach (var socket in _open.Keys) socket.Dispose();
        _stop.Dispose();
    }

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await _listener.AcceptSocketAsync(_stop.Token));
        }
        catch (Exception fault) when (IsEnd(fault))
        {
            // Closing.
        }
    }

    private async Task ServeAsync(Socket near)
    {
        _open[near] = 0;
        Socket? far = null;
        try
        {
            if (await ReadHeadAsync(near) is not var (head, body)) return;
            var isSocket = Has(head, "Upgrade", "websocket");
            if (isSocket && SocketsToRefuse > 0)
            {
                SocketsToRefuse--;
                return;
            }
            (far, var port) = await ConnectAsync(isSocket);
            if (far is null) return;
            _open[far] = 0;
            if (isSocket) SocketAt = port;
            else if (Has(head, "Sec-Fetch-Dest", "document")) PageFrom = port;
            // A connection that stays open would bring the browser's next requests to the same desk.
            await far.SendAsync(Encoding.Latin1.GetBytes(isSocket ? head : Closing(head)), _stop.Token);
            await far.SendAsync(body, _stop.Token);
            await Task.WhenAny(PumpAsync(near, far), PumpAsync(far, near));
        }
        catch (Exception fault) when (IsEnd(fault))
        {
            // The desk or the browser is gone.
        }
        finally
        {
            foreach (var end in (Socket?[])[near, far])
            {
                if (end is null) continue;
                _open.TryRemove(end, out _);
                end.Dispose();
            }
        }
    }

    /// <returns>A request's lines with the empty one at their end, and what came after them already; null when the browser said nothing.</returns>
    private async Task<(string Head, byte[] Body)?> ReadHeadAsync(Socket near)
    {
        var (buffer, held) = (new byte[LongestHead], 0);
        while (held < buffer.Length)
        {
            var read = await near.ReceiveAsync(buffer.AsMemory(held), _stop.Token);
            if (read == 0) return null;
            held += read;
            var end = buffer.AsSpan(0, held).IndexOf("\r\n\r\n"u8);
            if (end >= 0) return (Encoding.Latin1.GetString(buffer, 0, end + 4), buffer[(end + 4)..held]);
        }
        return null;
    }

    private async Task<(Socket? Far, int Port)> ConnectAsync(bool isSocket)
    {
        var first = (uint)Interlocked.Increment(ref _next);
        var turn = Enumerable.Range(0, _ports.Length).Select(n => _ports[(first + (uint)n) % (uint)_ports.Length]);
        foreach (var port in turn.OrderBy(port => isSocket && port == PageFrom))
        {
            var far = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await far.ConnectAsync(IPAddress.Loopback, port, _stop.Token);
                return (far, port);
            }
            catch (SocketException)
            {
                far.Dispose();
            }
        }
        return (null, 0);
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            for (int read; (read = await from.ReceiveAsync(buffer, _stop.Token)) > 0;) await to.SendAsync(buffer.AsMemory(0, read), _stop.Token);
        }
        catch (Exception fault) when (IsEnd(fault))
        {
            // One end is gone: so is the other.
        }
    }

    private static bool Has(string head, string name, string value) => head.Contains($"\r\n{name}: {value}\r\n", StringComparison.OrdinalIgnoreCase);

    private static string Closing(string head)
    {
        var lines = head.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Where(line => !line.StartsWith("Connection:", StringComparison.OrdinalIgnoreCase));
        return string.Join("\r\n", [.. lines, "Connection: close", "", ""]);
    }

    private static bool IsEnd(Exception fault) => fault is SocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException;
}
