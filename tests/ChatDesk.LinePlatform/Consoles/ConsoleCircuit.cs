using System.Net.WebSockets;
using System.Text;

namespace ChatDesk.LinePlatform.Consoles;

/// <summary>
/// One open console as its server sees it: the live connection of the page, spoken without a browser. It answers what a page
/// answers (a drawn batch, a call of a script) and tells what it was given to draw.
/// </summary>
/// <param name="visitor">Whose page.</param>
/// <param name="drawn">Gets the bytes of every batch.</param>
internal sealed class ConsoleCircuit(DeskVisitor visitor, Action<ReadOnlyMemory<byte>> drawn) : IAsyncDisposable
{
    private const byte HandshakeEnd = 0x1E;

    private readonly ClientWebSocket socket = new();
    private readonly SemaphoreSlim sending = new(1, 1);
    private readonly CancellationTokenSource ended = new();
    private readonly TaskCompletionSource alive = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private Task reading = Task.CompletedTask;

    /// <summary>Null, or why the page ended.</summary>
    public string? Trouble { get; private set; }

    /// <summary>Opens the page and waits until its live part has begun.</summary>
    public async Task OpenAsync(string path, CancellationToken cancel)
    {
        var markers = await visitor.MarkersAsync(path);
        socket.Options.SetRequestHeader("Cookie", visitor.Cookies);
        await socket.ConnectAsync(new Uri($"ws://{visitor.Desk.Authority}/_blazor"), cancel);
        await SendAsync(Encoding.UTF8.GetBytes("""{"protocol":"blazorpack","version":1}""" + (char)HandshakeEnd));
        reading = ReadAsync();
        var page = new Uri(visitor.Desk, path).ToString();
        await CallAsync("0", "StartCircuit", w => w.Text(visitor.Desk.ToString()).Text(page).Text("[]").Text(""), 4);
        var parts = markers.Select((marker, n) => $$"""{"type":"add","ssrComponentId":{{n + 1}},"marker":{{marker}}}""");
        await CallAsync(null, "UpdateRootComponents", w => w.Text($$"""{"batchId":1,"operations":[{{string.Join(',', parts)}}]}""").Text(""), 2);
        await alive.Task.WaitAsync(TimeSpan.FromSeconds(60), cancel);
    }

    /// <summary>From now on nothing is read or answered any more, as of a browser whose machine has gone to sleep.</summary>
    public Task StallAsync() => ended.CancelAsync();

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        socket.Abort();
        await reading;
        socket.Dispose();
        sending.Dispose();
        ended.Dispose();
    }

    private async Task ReadAsync()
    {
        var (buffer, held) = (new byte[1 << 16], 0);
        var shaken = false;
        try
        {
            while (true)
            {
                if (held == buffer.Length) Array.Resize(ref buffer, buffer.Length * 2);
                // A read that is cancelled would close the socket: a stalled page just reads no more.
                var result = await socket.ReceiveAsync(buffer.AsMemory(held), CancellationToken.None);
                if (result.MessageType == WebSocketMessageType.Close) break;
                held += result.Count;
                var start = 0;
                if (!shaken && (start = Array.IndexOf(buffer, HandshakeEnd, 0, held) + 1) > 0) shaken = true;
                while (shaken && PackReader.TryFrame(buffer.AsSpan(start, held - start), out var range))
                {
                    var (offset, length) = range.GetOffsetAndLength(held - start);
                    await TakeAsync(buffer.AsMemory(start + offset, length));
                    start += offset + length;
                }
                buffer.AsSpan(start, held - start).CopyTo(buffer);
                held -= start;
                if (ended.IsCancellationRequested) return;
            }
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException or OperationCanceledException)
        {
            Trouble ??= ended.IsCancellationRequested ? null : e.Message;
        }
    }

    private Task TakeAsync(ReadOnlyMemory<byte> message)
    {
        var pack = new PackReader(message.Span);
        pack.Array();
        if (pack.Number() != 1) return Task.CompletedTask;
        pack.Map();
        pack.Bytes();
        var target = Encoding.UTF8.GetString(pack.Bytes());
        pack.Array();
        switch (target)
        {
            case "JS.RenderBatch":
                var batch = pack.Number();
                drawn(message);
                return CallAsync(null, "OnRenderCompleted", w => w.Number(batch).Nil(), 2);
            case "JS.BeginInvokeJS":
                var call = pack.Number();
                // The console's own last step: its script takes hold of the live page.
                if (Encoding.UTF8.GetString(pack.Bytes()) == "desk.attach") alive.TrySetResult();
                return CallAsync(null, "EndInvokeJSFromDotNet", w => w.Number(call).Bool(true).Text($"[{call},true,null]"), 3);
            case "JS.Error":
                Trouble = Encoding.UTF8.GetString(pack.Bytes());
                alive.TrySetException(new InvalidOperationException(Trouble));
                return Task.CompletedTask;
            default:
                return Task.CompletedTask;
        }
    }

    private Task CallAsync(string? id, string target, Func<PackWriter, PackWriter> arguments, int count)
    {
        var writer = new PackWriter().Array(6).Number(1).EmptyMap();
        _ = id is null ? writer.Nil() : writer.Text(id);
        arguments(writer.Text(target).Array(count)).Array(0);
        return SendAsync(writer.Framed());
    }

    private async Task SendAsync(byte[] bytes)
    {
        await sending.WaitAsync();
        try
        {
            await socket.SendAsync(bytes, WebSocketMessageType.Binary, endOfMessage: true, CancellationToken.None);
        }
        catch (Exception e) when (e is WebSocketException or ObjectDisposedException)
        {
            Trouble ??= ended.IsCancellationRequested ? null : e.Message;
        }
        finally
        {
            sending.Release();
        }
    }
}
