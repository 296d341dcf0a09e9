using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace ChatDesk.LinePlatform.Bench;

/// <summary>One keep-alive connection that sends prepared bytes and reads just enough of the answer to know its status and its end.</summary>
internal sealed class RawConnection(Socket socket) : IDisposable
{
    private readonly byte[] buffer = new byte[16 * 1024];

    public static async Task<RawConnection> OpenAsync(Uri to, CancellationToken cancel)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        await socket.ConnectAsync(IPAddress.Loopback, to.Port, cancel);
        return new(socket);
    }

    /// <returns>The HTTP status.</returns>
    /// <exception cref="IOException">The other side closed the line.</exception>
    public async ValueTask<int> SendAsync(ReadOnlyMemory<byte> request, CancellationToken cancel)
    {
        await socket.SendAsync(request, cancel);
        var read = 0;
        while (true)
        {
            var now = await socket.ReceiveAsync(buffer.AsMemory(read), cancel);
            if (now == 0) throw new IOException("The other side closed the line.");
            read += now;
            if (IsWhole(buffer.AsSpan(0, read))) return ((buffer[9] - '0') * 100) + ((buffer[10] - '0') * 10) + (buffer[11] - '0');
        }
    }

    public void Dispose() => socket.Dispose();

    private static bool IsWhole(ReadOnlySpan<byte> answer)
    {
        var end = answer.IndexOf("\r\n\r\n"u8);
        if (end < 0) return false;
        var head = Encoding.ASCII.GetString(answer[..end]);
        if (head.Contains("chunked", StringComparison.OrdinalIgnoreCase)) return answer.EndsWith("0\r\n\r\n"u8);
        const string name = "content-length:";
        var at = head.IndexOf(name, StringComparison.OrdinalIgnoreCase);
        if (at < 0) return true;
        var line = head.AsSpan(at + name.Length);
        var stop = line.IndexOf('\r');
        return answer.Length >= end + 4 + int.Parse(stop < 0 ? line : line[..stop], NumberStyles.Integer, CultureInfo.InvariantCulture);
    }
}
