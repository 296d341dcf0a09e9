using System.Globalization;
using ChatDesk.LinePlatform.Bench;
using ChatDesk.LinePlatform.Desk;
using ChatDesk.LinePlatform.Load;
using ChatDesk.LineSimulator;

namespace ChatDesk.LinePlatform.Peers;

/// <summary>Starts entrants by name.</summary>
internal sealed class Field(SceneOptions options, RunFolder folder, LineChannelSetup channel, Uri line) : IAsyncDisposable
{
    /// <summary>In the order of the table.</summary>
    public static readonly string[] Names = ["bare", "echo", "bottender", "bottender-redis", "botbuilder", "desk", "desk-postgres", "desk-postgres-2"];

    /// <summary>What the README sets for heavy load; --set overrides it.</summary>
    private static readonly string[] ForLoad = ["DOTNET_GCgen0size=3000000"];

    private readonly List<IAsyncDisposable> servers = [];
    private OwnPostgres? postgres;
    private int started;

    /// <param name="conversations">What a desk's ledger holds before it starts.</param>
    public Task<Entrant> StartAsync(string name, long conversations, CancellationToken cancel) => name switch
    {
        "bare" => BareAsync(cancel),
        "echo" => PeerAsync(name, "echo.mjs", EntrantKind.Echo, redis: null, cancel),
        "bottender" => PeerAsync(name, "bottender.mjs", EntrantKind.Session, redis: null, cancel),
        "bottender-redis" => WithRedisAsync(redis => PeerAsync(name, "bottender.mjs", EntrantKind.Session, redis, cancel), cancel),
        "botbuilder" => PeerAsync(name, "botbuilder.mjs", EntrantKind.Session, redis: null, cancel),
        "desk" => DeskAsync(name, conversations, cancel),
        "desk-postgres" => ReplicasAsync(name, 1, conversations, cancel),
        "desk-postgres-2" => ReplicasAsync(name, 2, conversations, cancel),
        _ => throw new PlatformException($"--entrants: '{name}' is none of {string.Join(", ", Names)}."),
    };

    public async ValueTask DisposeAsync()
    {
        foreach (var server in servers) await server.DisposeAsync();
        if (postgres is not null) await postgres.DisposeAsync();
    }

    private async Task<Entrant> BareAsync(CancellationToken cancel)
    {
        var process = await BareProcess.StartAsync(channel.Secret, cancel);
        return new("bare", EntrantKind.Bare, [process.Webhook], new ServerSide([process.Id]), new Ending(process));
    }

    private async Task<Entrant> PeerAsync(string name, string script, EntrantKind kind, RedisServer? redis, CancellationToken cancel)
    {
        var process = await PeerProcess.StartAsync(script, channel, line, folder.File($"{name}-{++started}.log"), redis?.Url, cancel);
        return new(name, kind, [process.Webhook], new ServerSide([process.Id], redis is null ? [] : [redis.Id]), new Ending(process));
    }

    private async Task<Entrant> WithRedisAsync(Func<RedisServer, Task<Entrant>> start, CancellationToken cancel)
    {
        var redis = new RedisServer(folder.Folder($"redis-{++started}"));
        servers.Add(redis);
        await redis.StartAsync(cancel);
        return await start(redis);
    }

    private async Task<Entrant> DeskAsync(string name, long conversations, CancellationToken cancel)
    {
        var desk = await StartDeskAsync($"{name}-{++started}", conversations, [], cancel);
        return new(name, EntrantKind.Desk, [desk.Settings.Webhook], new ServerSide([desk.Id]), desk);
    }

    /// <summary>Equal replicas over PostgreSQL and Redis of their own.</summary>
    private async Task<Entrant> ReplicasAsync(string name, int count, long conversations, CancellationToken cancel)
    {
        var own = $"{name}-{++started}";
        postgres ??= OwnPostgres.Start();
        var redis = new RedisServer(folder.Folder($"redis-{own}"));
        servers.Add(redis);
        await redis.StartAsync(cancel);
        string[] shared =
        [
            // What the desk can do is measured, not what LINE would take from one channel.
            "Line__CallsPerSecond=0", "Ledger__Provider=Postgres", $"Ledger__ConnectionString={postgres.NewDatabase($"desk{started}")}", $"Redis__Configuration={redis.Configuration}",
        ];
        var desks = new List<DeskProcess>();
        for (var n = 1; n <= count; n++) desks.Add(await StartDeskAsync($"{own}-{n}", n == 1 ? conversations : 0, shared, cancel));
        return new(name, EntrantKind.Desk, [.. desks.Select(d => d.Settings.Webhook)], new ServerSide([.. desks.Select(d => d.Id)], [postgres.Id, redis.Id]), new Together(desks));
    }

    private async Task<DeskProcess> StartDeskAsync(string own, long conversations, IReadOnlyList<string> more, CancellationToken cancel)
    {
        var settings = new DeskSettings(DeskDll.Find(options.Desk), line, channel, FreePort.Pick(), folder.Folder(own), folder.File(own + ".log"))
        {
            Extra = Scene.Pairs([.. ForLoad.Where(set => !options.Settings.Any(s => s.StartsWith(set.Split('=')[0] + "=", StringComparison.Ordinal))), .. more, .. options.Settings]),
        };
        var desk = new DeskProcess(settings);
        if (conversations > 0) await desk.RunVerbAsync(["ledger", "fill", "--conversations", conversations.ToString(CultureInfo.InvariantCulture)], cancel);
        await desk.StartAsync(cancel);
        // A cold round measures turns; reading the articles takes seconds, in which reply tokens grow old.
        await desk.ContentReadAsync(cancel);
        return desk;
    }

    private sealed class Together(IReadOnlyList<DeskProcess> desks) : IAsyncDisposable
    {
        public async ValueTask DisposeAsync()
        {
            foreach (var desk in desks) await desk.DisposeAsync();
        }
    }

    private sealed class Ending(IDisposable process) : IAsyncDisposable
    {
        public ValueTask DisposeAsync()
        {
            process.Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
