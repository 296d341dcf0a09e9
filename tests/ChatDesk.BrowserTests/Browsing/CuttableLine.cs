using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;

namespace ChatDesk.BrowserTests.Browsing;

/// <summary>A wire between browser and desk that a test can cut: open connections break in the middle, new ones are refused. The browser's address stays the same when the desk moves.</summary>
internal sealed class CuttableLine : IDisposable
{
    private readonly ConcurrentDictionary<Socket, byte> _open = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly Func<string> _target;
    private readonly int _port;
    private TcpListener? _listener;

    /// <param name="target">Where the desk listens now.</param>
    public CuttableLine(Func<string> target)
    {
        _target = target;
        var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        _port = ((IPEndPoint)listener.LocalEndpoint).Port;
        Listen(listener);
    }

    public string Url => $"http://127.0.0.1:{_port}";

    /// <summary>Breaks everything that is open, as a lost network does: no goodbye.</summary>
    public void Cut()
    {
        _listener?.Stop();
        foreach (var socket in _open.Keys)
        {
            try
            {
                socket.LingerState = new LingerOption(true, 0);
            }
            catch (Exception fault) when (fault is SocketException or ObjectDisposedException)
            {
                // It ended by itself just now.
            }
            socket.Dispose();
        }
        _open.Clear();
    }

    public void Mend()
    {
        var listener = new TcpListener(IPAddress.Loopback, _port);
        listener.Server.SetSocketOption(SocketOptionLevel.Socket, SocketOptionName.ReuseAddress, true);
        listener.Start();
        Listen(listener);
    }

    public void Dispose()
    {
        _stop.Cancel();
        Cut();
        _stop.Dispose();
    }

    private void Listen(TcpListener listener)
    {
        _listener = listener;
        _ = AcceptAsync(listener);
    }

    private async Task AcceptAsync(TcpListener listener)
    {
        try
        {
            while (true) _ = CarryAsync(await listener.AcceptSocketAsync(_stop.Token));
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // Cut.
        }
    }

    private async Task CarryAsync(Socket near)
    {
        _open[near] = 0;
        var far = new Socket(SocketType.Stream, ProtocolType.Tcp);
        _open[far] = 0;
        try
        {
            var target = new Uri(_target());
            await far.ConnectAsync(IPAddress.Loopback, target.Port, _stop.Token);
            await Task.WhenAny(PumpAsync(near, far), PumpAsync(far, near));
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException or OperationCanceledException or InvalidOperationException)
        {
            // The desk is not there, or the line was cut.
        }
        finally
        {
            foreach (var end in (Socket[])[near, far])
            {
                _open.TryRemove(end, out _);
                end.Dispose();
            }
        }
    }

    private async Task PumpAsync(Socket from, Socket to)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            for (int read; (read = await from.ReceiveAsync(buffer, _stop.Token)) > 0;) await to.SendAsync(buffer.AsMemory(0, read), _stop.Token);
        }
        catch (Exception fault) when (fault is SocketException or ObjectDisposedException or OperationCanceledException)
        {
            // Cut.
        }
    }
}
