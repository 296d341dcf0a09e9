using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.WebSockets;
using System.Text.Json.Nodes;
using ChatDesk.Tests.Fixtures;

namespace ChatDesk.Tests.Channels.Web;

/// <summary>An open stream: what came over it, and up to where.</summary>
internal sealed class WebPage : IAsyncDisposable
{
    private readonly ClientWebSocket _socket;
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<JsonObject> _activities = new();
    private readonly ConcurrentQueue<long> _times = new();
    private readonly Task _reading;

    private WebPage(ClientWebSocket socket)
    {
        _socket = socket;
        _reading = Task.Run(ReadAsync);
    }

    public IReadOnlyList<JsonObject> Activities => [.. _activities];

    /// <summary>When each activity came, as <see cref="Stopwatch.GetTimestamp"/>.</summary>
    public IReadOnlyList<long> Times => [.. _times];

    public string Watermark { get; private set; } = "";

    public int EmptyFrames { get; private set; }

    /// <summary>Set when the stream has ended.</summary>
    public bool Ended => _reading.IsCompleted;

    public ClientWebSocket Socket => _socket;

    /// <exception cref="WebSocketException">The desk opened no stream.</exception>
    public static async Task<WebPage> OpenAsync(string url, string? origin)
    {
        var socket = new ClientWebSocket();
        if (!string.IsNullOrEmpty(origin)) socket.Options.SetRequestHeader("Origin", origin);
        try
        {
            await socket.ConnectAsync(new Uri(url), TestContext.Current.CancellationToken);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
        return new WebPage(socket);
    }

    /// <summary>Waits until so much came; fails by what was there instead.</summary>
    public async Task<IReadOnlyList<JsonObject>> SeeAsync(Func<IReadOnlyList<JsonObject>, bool> enough)
    {
        using var patience = new CancellationTokenSource(TestDesk.Patience);
        while (!enough(Activities))
        {
            Assert.False(patience.IsCancellationRequested, $"in vain; came: {string.Join('\n', Activities.Select(a => a.ToJsonString()))}");
            await Task.Delay(5, TestContext.Current.CancellationToken);
        }
        return Activities;
    }

    /// <summary>Cuts the line as a dying network does, without goodbye.</summary>
    public async Task CutAsync()
    {
        _socket.Abort();
        await _reading;
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _socket.Abort();
        await _reading;
        _socket.Dispose();
        _stop.Dispose();
    }

    private async Task ReadAsync()
    {
        var frame = new MemoryStream();
        var buffer = new byte[16 * 1024];
        try
        {
            while (true)
            {
                var part = await _socket.ReceiveAsync(buffer.AsMemory(), _stop.Token);
                if (part.MessageType == WebSocketMessageType.Close) return;
                frame.Write(buffer, 0, part.Count);
                if (!part.EndOfMessage) continue;
                Take(frame.ToArray());
                frame.SetLength(0);
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or WebSocketException or ObjectDisposedException)
        {
            // The line was cut: what came before counts.
        }
    }

    private void Take(byte[] frame)
    {
        if (frame.Length == 0)
        {
            EmptyFrames++;
            return;
        }
        var set = JsonNode.Parse(frame)!.AsObject();
        foreach (var activity in set["activities"]!.AsArray())
        {
            _times.Enqueue(Stopwatch.GetTimestamp());
            _activities.Enqueue(activity!.AsObject());
        }
        Watermark = (string?)set["watermark"] ?? Watermark;
    }
}
