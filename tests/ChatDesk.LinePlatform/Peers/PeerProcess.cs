using System.Diagnostics;
using System.Net.Sockets;
using ChatDesk.LinePlatform.Desk;
using ChatDesk.LineSimulator;

namespace ChatDesk.LinePlatform.Peers;

/// <summary>One of the bots in tests/peers, run by Node.</summary>
internal sealed class PeerProcess : IDisposable
{
    private readonly Process process;

    private PeerProcess(Process process, int port)
    {
        this.process = process;
        Webhook = new($"http://127.0.0.1:{port}/line/demo/webhook");
    }

    public Uri Webhook { get; }

    public int Id => process.Id;

    /// <param name="script">Its file in tests/peers.</param>
    /// <param name="log">Where its output goes.</param>
    /// <exception cref="PlatformException">It did not start.</exception>
    public static async Task<PeerProcess> StartAsync(string script, LineChannelSetup channel, Uri line, string log, Uri? redis, CancellationToken cancel)
    {
        var folder = Folder();
        var port = FreePort.Pick();
        var start = new ProcessStartInfo("sh", ["-c", $"exec node {script} > '{log}' 2>&1"]) { WorkingDirectory = folder };
        start.Environment["NODE_ENV"] = "production";
        start.Environment["PORT"] = $"{port}";
        start.Environment["LINE_URL"] = line.ToString();
        start.Environment["LINE_SECRET"] = channel.Secret;
        start.Environment["LINE_TOKEN"] = channel.AccessToken ?? "";
        if (redis is not null) start.Environment["REDIS_URL"] = redis.ToString();
        var process = Process.Start(start)!;
        Children.Remember(process);
        for (var i = 0; i < 1500; i++)
        {
            if (process.HasExited) throw new PlatformException($"{script} ended: {await File.ReadAllTextAsync(log, cancel)}");
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

        throw new PlatformException($"{script} did not listen within 30 s.");
    }

    public void Dispose()
    {
        if (!process.HasExited) process.Kill();
        process.Dispose();
    }

    private static string Folder()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var peers = Path.Combine(folder.FullName, "tests", "peers");
            if (!File.Exists(Path.Combine(peers, "package.json"))) continue;
            return Directory.Exists(Path.Combine(peers, "node_modules")) ? peers : throw new PlatformException($"Fetch the peers first: npm ci --prefix {peers} --ignore-scripts");
        }

        throw new PlatformException("tests/peers was not found above this program.");
    }
}
