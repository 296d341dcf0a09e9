using System.Diagnostics;
using System.Net.Sockets;
using ChatDesk.LinePlatform.Desk;

namespace ChatDesk.LinePlatform.Bench;

/// <summary>The bare endpoint as a child process, so that its processor time can be told from ours.</summary>
internal sealed class BareProcess : IDisposable
{
    private readonly Process process;

    private BareProcess(Process process, int port)
    {
        this.process = process;
        Webhook = new($"http://127.0.0.1:{port}/line/demo/webhook");
    }

    public Uri Webhook { get; }

    public int Id => process.Id;

    public static async Task<BareProcess> StartAsync(string secret, CancellationToken cancel)
    {
        var port = FreePort.Pick();
        var self = Path.Combine(AppContext.BaseDirectory, "ChatDesk.LinePlatform.dll");
        var process = Process.Start(new ProcessStartInfo("dotnet", [self, "bare", "--port", $"{port}", "--secret", secret]))!;
        Children.Remember(process);
        for (var i = 0; i < 1000; i++)
        {
            try
            {
                using var probe = new TcpClient();
                await probe.ConnectAsync("127.0.0.1", port, cancel);
                return new(process, port);
            }
            catch (SocketException)
            {
                await Task.Delay(20, cancel);
            }
        }

        throw new PlatformException("The bare endpoint did not start.");
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }
}
