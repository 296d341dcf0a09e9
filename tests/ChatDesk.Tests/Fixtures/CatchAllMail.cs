using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using System.Text;
using MimeKit;

namespace ChatDesk.Tests.Fixtures;

/// <summary>A mail server on this machine that takes letters for everybody and delivers none (RFC 5321, as much as a client says). It can be told to fail.</summary>
internal sealed class CatchAllMail : IAsyncDisposable
{
    private readonly TcpListener _listener = new(IPAddress.Loopback, 0);
    private readonly CancellationTokenSource _stop = new();
    private readonly ConcurrentQueue<MimeMessage> _letters = new();
    private readonly ConcurrentQueue<MailFault> _faults = new();
    private readonly Task _serving;

    public CatchAllMail()
    {
        _listener.Start();
        _serving = Task.Run(ServeAsync);
    }

    public int Port => ((IPEndPoint)_listener.LocalEndpoint).Port;

    /// <summary>Every letter that was taken, in order.</summary>
    public IReadOnlyList<MimeMessage> Letters => [.. _letters];

    /// <summary>What happens to the next letters instead.</summary>
    public void Fail(params ReadOnlySpan<MailFault> faults)
    {
        foreach (var fault in faults) _faults.Enqueue(fault);
    }

    /// <summary>The settings by which a desk sends here.</summary>
    public void Configure(Dictionary<string, string?> settings)
    {
        settings["Mail:Host"] = "127.0.0.1";
        settings["Mail:Port"] = Port.ToString(System.Globalization.CultureInfo.InvariantCulture);
        settings["Mail:Security"] = "None";
        settings["Agencies:demo:Mail:From"] = "โต๊ะบริการ <desk@agency.example>";
        settings["Agencies:demo:Web:PublicUrl"] = "https://chat.agency.example";
    }

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        _listener.Stop();
        await _serving;
        _stop.Dispose();
    }

    private async Task ServeAsync()
    {
        try
        {
            while (true)
            {
                using var client = await _listener.AcceptTcpClientAsync(_stop.Token);
                await TalkAsync(client.GetStream());
            }
        }
        catch (Exception end) when (end is OperationCanceledException or SocketException or ObjectDisposedException)
        {
            // Stopped.
        }
    }

    private async Task TalkAsync(NetworkStream stream)
    {
        try
        {
            using var reader = new StreamReader(stream, Encoding.UTF8);
            await SayAsync(stream, "220 catch-all");
            while (await reader.ReadLineAsync(_stop.Token) is { } line)
            {
                var verb = line.Split(' ', ':')[0].ToUpperInvariant();
                if (verb == "QUIT") return;
                if (verb != "DATA")
                {
                    await SayAsync(stream, verb == "EHLO" ? "250 SMTPUTF8" : "250 ok");
                    continue;
                }
                await SayAsync(stream, "354 go on");
                var letter = await ReadLetterAsync(reader);
                if (!await EndAsync(stream, letter)) return;
            }
        }
        catch (IOException)
        {
            // The client hung up.
        }
    }

    private async Task<string> ReadLetterAsync(StreamReader reader)
    {
        var letter = new StringBuilder();
        while (await reader.ReadLineAsync(_stop.Token) is { } line && line != ".") letter.Append(line.StartsWith("..", StringComparison.Ordinal) ? line[1..] : line).Append("\r\n");
        return letter.ToString();
    }

    private async Task<bool> EndAsync(NetworkStream stream, string letter)
    {
        var fault = _faults.TryDequeue(out var next) ? next : MailFault.None;
        if (fault == MailFault.Busy) return await SayAsync(stream, "451 try later");
        if (fault == MailFault.Refuse) return await SayAsync(stream, "550 no such mailbox");
        _letters.Enqueue(await MimeMessage.LoadAsync(new MemoryStream(Encoding.UTF8.GetBytes(letter)), _stop.Token));
        return fault != MailFault.HangUp && await SayAsync(stream, "250 taken");
    }

    private async Task<bool> SayAsync(NetworkStream stream, string line)
    {
        await stream.WriteAsync(Encoding.ASCII.GetBytes(line + "\r\n"), _stop.Token);
        return true;
    }
}

/// <summary>How a mail server can fail a letter.</summary>
internal enum MailFault
{
    None,

    /// <summary>Not now.</summary>
    Busy,

    /// <summary>Never.</summary>
    Refuse,

    /// <summary>Takes it, and breaks the line before saying so.</summary>
    HangUp,
}
