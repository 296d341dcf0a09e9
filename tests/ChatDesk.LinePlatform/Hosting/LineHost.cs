using System.Net;
using ChatDesk.LineSimulator;
using ChatDesk.LineSimulator.Api;
using ChatDesk.LineSimulator.Faults;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;

namespace ChatDesk.LinePlatform.Hosting;

/// <summary>A simulated LINE with one channel on a port of this machine, and nothing else in the pipeline.</summary>
internal sealed class LineHost : IAsyncDisposable
{
    private readonly WebApplication application;

    private LineHost(WebApplication application, LineCloud cloud, LineChannel channel, LineApi api)
    {
        this.application = application;
        Cloud = cloud;
        Channel = channel;
        Api = api;
        Url = new(application.Urls.First());
    }

    public LineCloud Cloud { get; }

    public LineChannel Channel { get; }

    public LineApi Api { get; }

    /// <summary>Where the bot must send its calls: <c>Line:ApiBaseUrl</c> and <c>Line:DataApiBaseUrl</c> alike.</summary>
    public Uri Url { get; }

    /// <param name="port">0 picks a free one.</param>
    public static async Task<LineHost> StartAsync(
        LineChannelSetup setup, FaultPlan faults, LineApiOptions options, TimeProvider time, int port = 0)
    {
        var cloud = new LineCloud(time);
        var channel = cloud.Open(setup);
        var api = new LineApi(cloud, faults, options);
        var builder = WebApplication.CreateEmptyBuilder(new());
        // Handlers here only look things up: running them on the thread that read the bytes saves a hop each.
        builder.WebHost.UseSockets(sockets => sockets.UnsafePreferInlineScheduling = true);
        builder.WebHost.UseKestrelCore().ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Listen(IPAddress.Loopback, port);
        });
        var application = builder.Build();
        application.RunLineApi(api);
        await application.StartAsync();
        return new(application, cloud, channel, api);
    }

    public async ValueTask DisposeAsync()
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(2));
        await application.StopAsync(patience.Token);
        await application.DisposeAsync();
    }
}
