using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography;
using ChatDesk.LineSimulator;
using ChatDesk.LineSimulator.Api;
using ChatDesk.LineSimulator.Faults;
using Microsoft.AspNetCore.Server.Kestrel.Transport.Sockets;

namespace ChatDesk.Pages.Simulator;

/// <summary>
/// LINE, played inside this process: an API host on a port of this machine only, and one account an agency with secrets made
/// up at start. The desk meets it over HTTP like the real one and knows no difference.
/// </summary>
internal sealed class SimulatedLine : IHostedService, IAsyncDisposable
{
    /// <summary>Small enough to be seen running out.</summary>
    private const int MonthlyQuota = 500;

    private readonly Socket _socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly LineApi _api;
    private WebApplication? _host;

    public SimulatedLine(IEnumerable<string> agencies, TimeProvider time)
    {
        // Bound now, so that the address is known before anything of the desk is put together.
        _socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Url = $"http://127.0.0.1:{((IPEndPoint)_socket.LocalEndPoint!).Port}";
        var cloud = new LineCloud(time);
        _api = new LineApi(cloud, new FaultPlan(), new LineApiOptions { Record = false });
        var feeds = new Dictionary<string, SimulatedAccount>(StringComparer.Ordinal);
        foreach (var (agency, n) in agencies.Select((a, n) => (a, n)))
        {
            var channel = cloud.Open(new LineChannelSetup
            {
                Id = $"{1_650_000_001 + n}",
                Secret = RandomNumberGenerator.GetHexString(32, lowercase: true),
                AccessToken = RandomNumberGenerator.GetHexString(64, lowercase: true),
                MonthlyQuota = MonthlyQuota,
            });
            feeds[agency] = new SimulatedAccount(agency, channel, _api, time);
        }
        Accounts = feeds;
    }

    /// <summary>Where LINE's API answers.</summary>
    public string Url { get; }

    public IReadOnlyDictionary<string, SimulatedAccount> Accounts { get; }

    /// <summary>What an operator would write down to connect these accounts.</summary>
    public IEnumerable<KeyValuePair<string, string?>> Settings => Accounts.Values.SelectMany(account => new KeyValuePair<string, string?>[]
    {
        new("Line:ApiBaseUrl", Url),
        new("Line:DataApiBaseUrl", Url),
        new($"Agencies:{account.Agency}:Line:ChannelSecrets:0", account.Channel.Setup.Secret),
        new($"Agencies:{account.Agency}:Line:ChannelAccessToken", account.Channel.Setup.AccessToken),
        new($"Agencies:{account.Agency}:Line:ChannelId", account.Channel.Setup.Id),
        new($"Agencies:{account.Agency}:Line:MessageLink", $"/simulator/{account.Agency}?say={{words}}"),
    }).DistinctBy(s => s.Key);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        var builder = WebApplication.CreateEmptyBuilder(new WebApplicationOptions());
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel => kestrel.Listen((IPEndPoint)_socket.LocalEndPoint!));
        builder.Services.Configure<SocketTransportOptions>(options => options.CreateBoundListenSocket = _ => _socket);
        _host = builder.Build();
        _host.RunLineApi(_api);
        await _host.StartAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => _host?.StopAsync(cancellationToken) ?? Task.CompletedTask;

    public async ValueTask DisposeAsync()
    {
        if (_host is not null) await _host.DisposeAsync();
        foreach (var account in Accounts.Values) account.Dispose();
        _socket.Dispose();
    }
}
