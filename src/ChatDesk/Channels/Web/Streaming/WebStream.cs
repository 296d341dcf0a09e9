using System.Buffers;
using System.Net.WebSockets;
using ChatDesk.Channels.Web.Sending;
using ChatDesk.Delivery;

namespace ChatDesk.Channels.Web.Streaming;

/// <summary>
/// Speaks to one open page: first everything after its place in the transcript, then what comes. It holds one page of lines at a
/// time; a page that does not take them within <see cref="SendPatience"/> is dropped and comes back with its watermark.
/// </summary>
internal sealed class WebStream(ILedger ledger, WebMessageMapper mapper, WebListener listener, WebSocket socket, string baseUrl)
{
    private const int PageLines = 50;
    private const int LongestFrame = 4_096;
    private const int MostFrames = 100_000;

    /// <summary>An empty frame so often keeps proxies from closing the line.</summary>
    private static readonly TimeSpan Silence = TimeSpan.FromSeconds(20);

    private static readonly TimeSpan SendPatience = TimeSpan.FromSeconds(10);

    /// <summary>Runs until the page goes, falls behind, or the desk stops.</summary>
    public async Task RunAsync(long after, CancellationToken stopping)
    {
        using var ended = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        var hearing = HearAsync(ended);
        try
        {
            await SpeakAsync(after, ended.Token);
        }
        catch (Exception fault) when (fault is OperationCanceledException or WebSocketException or LedgerException or IOException or ObjectDisposedException)
        {
            // The page comes back with its watermark and has lost nothing.
        }
        await CloseAsync(stopping.IsCancellationRequested);
        await ended.CancelAsync();
        await hearing;
    }

    private async Task SpeakAsync(long place, CancellationToken stopping)
    {
        place = await SendNewAsync(place, stopping);
        while (true)
        {
            var woken = await listener.WaitAsync(Silence, stopping);
            if (woken.Grew) place = await SendNewAsync(place, stopping);
            else if (woken.Typing) await SendTypingAsync(woken.Speaker, stopping);
            else await SendAsync(default, stopping);
        }
    }

    private async ValueTask<long> SendNewAsync(long place, CancellationToken stopping)
    {
        while (await ledger.ReadTranscriptAsync(listener.Conversation, place, PageLines) is { Count: > 0 } lines)
        {
            place = lines[^1].Place;
            var set = new ArrayBufferWriter<byte>(2_048);
            if (mapper.WriteSet(set, listener.Conversation, lines, place, baseUrl) > 0) await SendAsync(set.WrittenMemory, stopping);
            if (lines.Count < PageLines) break;
        }
        return place;
    }

    private ValueTask SendTypingAsync(string? speaker, CancellationToken stopping)
    {
        var set = new ArrayBufferWriter<byte>(512);
        mapper.WriteTyping(set, listener.Conversation, speaker);
        return SendAsync(set.WrittenMemory, stopping);
    }

    private async ValueTask SendAsync(ReadOnlyMemory<byte> frame, CancellationToken stopping)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        patience.CancelAfter(SendPatience);
        await socket.SendAsync(frame, WebSocketMessageType.Text, endOfMessage: true, patience.Token);
    }

    /// <summary>Pages say nothing here but empty frames, and ours whether they are looked at; anything else is passed over, and too much of it ends the stream.</summary>
    private async Task HearAsync(CancellationTokenSource ended)
    {
        var buffer = new byte[256];
        var frames = 0;
        var length = 0;
        try
        {
            while (true)
            {
                var heard = await socket.ReceiveAsync(buffer.AsMemory(), ended.Token);
                length = heard.EndOfMessage ? 0 : length + heard.Count;
                if (heard.MessageType == WebSocketMessageType.Close || length > LongestFrame || ++frames > MostFrames) break;
                if (!heard.EndOfMessage) continue;
                if (buffer.AsSpan(0, heard.Count).SequenceEqual("away"u8)) listener.IsLookedAt = false;
                else if (buffer.AsSpan(0, heard.Count).SequenceEqual("here"u8)) listener.IsLookedAt = true;
            }
        }
        catch (Exception fault) when (fault is OperationCanceledException or WebSocketException or IOException or ObjectDisposedException)
        {
            // The line is gone.
        }
        await ended.CancelAsync();
    }

    private async Task CloseAsync(bool deskStops)
    {
        if (socket.State is not (WebSocketState.Open or WebSocketState.CloseReceived)) return;
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(1));
        try
        {
            await socket.CloseOutputAsync(deskStops ? WebSocketCloseStatus.EndpointUnavailable : WebSocketCloseStatus.NormalClosure, null, patience.Token);
        }
        catch (Exception fault) when (fault is OperationCanceledException or WebSocketException or IOException or ObjectDisposedException)
        {
            socket.Abort();
        }
    }
}
