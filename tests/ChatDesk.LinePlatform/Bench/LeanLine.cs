using System.Buffers.Text;
using System.Net;
using System.Net.Sockets;
using System.Text;
using ChatDesk.LineSimulator;

namespace ChatDesk.LinePlatform.Bench;

/// <summary>
/// The LINE side of a benchmark on bare sockets: it redeems the reply token of each reply, so that every counted turn
/// was really answered, and does nothing else that would take processor time from the desk. Only HTTP/1.1 with
/// Content-Length is understood, which is what the desk's client and the peers' send; the verb's --full-line uses the whole simulator instead.
/// </summary>
internal sealed class LeanLine : IDisposable
{
    private static readonly byte[] Accepted = Answer("200 OK", """{"sentMessages":[{"id":"460000000000000001"}]}""");
    private static readonly byte[] Refused = Answer("400 Bad Request", """{"message":"Invalid reply token"}""");
    private static readonly byte[] Reading = Answer("200 OK", """{"type":"none","totalUsage":0}""");

    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly LineChannel channel;
    private readonly Action<string> answered;

    /// <param name="answered">Called with the token of each reply whose token was good.</param>
    public LeanLine(LineChannel channel, Action<string> answered)
    {
        this.channel = channel;
        this.answered = answered;
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(512);
        Url = new($"http://127.0.0.1:{((IPEndPoint)listener.LocalEndPoint!).Port}/");
        _ = AcceptAsync();
    }

    public Uri Url { get; }

    public void Dispose() => listener.Dispose();

    private static byte[] Answer(string status, string json) => Encoding.ASCII.GetBytes(
        $"HTTP/1.1 {status}\r\nContent-Type: application/json\r\nX-Line-Request-Id: 00000000-0000-4000-8000-000000000000\r\nContent-Length: {json.Length}\r\n\r\n{json}");

    private async Task AcceptAsync()
    {
        try
        {
            while (true) _ = ServeAsync(await listener.AcceptAsync());
        }
        catch (Exception e) when (e is SocketException or ObjectDisposedException)
        {
            // The benchmark is over.
        }
    }

    private async Task ServeAsync(Socket socket)
    {
        using var line = socket;
        line.NoDelay = true;
        var buffer = new byte[64 * 1024];
        var held = 0;
        try
        {
            while (await line.ReceiveAsync(buffer.AsMemory(held)) is > 0 and var now)
            {
                held += now;
                while (LengthOf(buffer.AsSpan(0, held)) is { } length && length <= held)
                {
                    await line.SendAsync(Handle(buffer.AsSpan(0, length)));
                    buffer.AsSpan(length, held - length).CopyTo(buffer);
                    held -= length;
                }
            }
        }
        catch (SocketException)
        {
            // The desk closed the line.
        }
    }

    /// <returns>The bytes of the first request, or null while its head is not complete.</returns>
    private static int? LengthOf(ReadOnlySpan<byte> bytes)
    {
        var head = bytes.IndexOf("\r\n\r\n"u8);
        if (head < 0) return null;
        // Node writes the name in small letters.
        var at = bytes[..head].IndexOf("ontent-Length: "u8);
        if (at < 0) at = bytes[..head].IndexOf("ontent-length: "u8);
        if (at < 0) return head + 4;
        return Utf8Parser.TryParse(bytes[(at + 15)..head], out int body, out _) ? head + 4 + body : head + 4;
    }

    private byte[] Handle(ReadOnlySpan<byte> request)
    {
        if (!request.StartsWith("POST /v2/bot/message/reply"u8)) return Reading;
        var at = request.IndexOf("\"replyToken\":\""u8);
        if (at < 0) return Refused;
        var rest = request[(at + 14)..];
        var token = Encoding.ASCII.GetString(rest[..rest.IndexOf((byte)'"')]);
        if (channel.ReplyTokens.Redeem(token) is null) return Refused;
        answered(token);
        return Accepted;
    }
}
