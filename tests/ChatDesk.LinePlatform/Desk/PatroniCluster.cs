using System.Diagnostics;
using System.Globalization;
using ChatDesk.LinePlatform.Hosting;

namespace ChatDesk.LinePlatform.Desk;

/// <summary>
/// Three real PostgreSQL servers under Patroni with an etcd, one of them the synchronous standby, as <c>deploy/patroni</c> has them; and before
/// them a proxy that knows who leads, as <c>deploy/haproxy</c> does.
/// </summary>
internal sealed class PatroniCluster : IPostgres
{
    private const int Nodes = 3;

    private readonly string folder;
    private readonly int etcdPort = FreePort.Pick();
    private readonly Node[] nodes;
    private readonly FaultProxy front;
    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(1) };
    private readonly CancellationTokenSource closing = new();
    private Process? etcd;
    private Task watching = Task.CompletedTask;

    public PatroniCluster(string folder)
    {
        this.folder = folder;
        nodes = [.. Enumerable.Range(1, Nodes).Select(n => new Node($"node{n}", Path.Combine(folder, $"node{n}"), FreePort.Pick(), FreePort.Pick()))];
        front = new FaultProxy([.. nodes.Select(n => n.Port)]);
    }

    public string ConnectionString => $"Host=127.0.0.1;Port={front.Port};Username=postgres;Password=desk;Database=postgres";

    public async Task CreateAsync(CancellationToken cancel)
    {
        var peers = FreePort.Pick();
        foreach (var node in nodes) await WriteAsync(node, cancel);
        Directory.CreateDirectory(Path.Combine(folder, "etcd"));
        await ServerAccount.GiveAsync(folder);
        etcd = ServerAccount.Start("/usr/bin/etcd", Path.Combine(folder, "etcd.log"),
            "--data-dir", Path.Combine(folder, "etcd"), "--listen-client-urls", $"http://127.0.0.1:{etcdPort}", "--advertise-client-urls", $"http://127.0.0.1:{etcdPort}",
            "--listen-peer-urls", $"http://127.0.0.1:{peers}", "--initial-advertise-peer-urls", $"http://127.0.0.1:{peers}", "--initial-cluster", $"default=http://127.0.0.1:{peers}");
        foreach (var node in nodes) Start(node);
        await InPlaceAsync(cancel);
        watching = WatchAsync();
    }

    public async Task StrikeAsync(TimeSpan down, CancellationToken cancel)
    {
        var struck = await LeaderAsync() ?? throw new PlatformException("nobody leads the PostgreSQL servers");
        // Patroni and its server, as when the machine loses its power.
        struck.Patroni!.Kill();
        struck.KillServer();
        await RedisNode.UntilAsync(async () => await LeaderAsync() is { } leader && leader != struck, "no standby took the killed server's place", cancel);
        await Task.Delay(down, cancel);
        Start(struck);
        await InPlaceAsync(cancel);
    }

    public async Task LeaveAsync(TimeSpan away, CancellationToken cancel)
    {
        front.Away = true;
        front.Cut();
        await Task.Delay(away, cancel);
        front.Away = false;
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await watching;
        await front.DisposeAsync();
        foreach (var node in nodes)
        {
            if (node.Patroni is { HasExited: false }) node.Patroni.Kill();
            node.KillServer();
        }
        if (etcd is { HasExited: false }) etcd.Kill();
        closing.Dispose();
        http.Dispose();
    }

    /// <summary>The settings of <c>deploy/patroni/patroni.yaml</c>, with the shortest times Patroni takes.</summary>
    private async Task WriteAsync(Node node, CancellationToken cancel)
    {
        Directory.CreateDirectory(node.Folder);
        await File.WriteAllTextAsync(node.File, $"""
            scope: chatdesk
            name: {node.Name}
            restapi: {"{"} listen: "127.0.0.1:{node.Rest}", connect_address: "127.0.0.1:{node.Rest}" {"}"}
            etcd3: {"{"} host: "127.0.0.1:{etcdPort}" {"}"}
            bootstrap:
              dcs:
                ttl: 20
                loop_wait: 2
                retry_timeout: 3
                maximum_lag_on_failover: 0
                synchronous_mode: true
                synchronous_mode_strict: true
                postgresql:
                  use_pg_rewind: true
                  parameters: {"{"} synchronous_commit: "on", max_connections: 200, wal_log_hints: "on", wal_keep_size: 256MB {"}"}
              initdb: [{"{"} encoding: UTF8 {"}"}, {"{"} locale: C.UTF-8 {"}"}, data-checksums]
            postgresql:
              listen: 127.0.0.1:{node.Port}
              connect_address: 127.0.0.1:{node.Port}
              data_dir: {node.Data}
              bin_dir: {ServerAccount.Programs()}
              pgpass: {node.Folder}/pgpass
              authentication:
                superuser: {"{"} username: postgres, password: desk {"}"}
                replication: {"{"} username: replicator, password: desk {"}"}
              pg_hba: ["local all all trust", "host replication all 127.0.0.1/32 scram-sha-256", "host all all 127.0.0.1/32 scram-sha-256"]
              parameters: {"{"} unix_socket_directories: "{node.Folder}", password_encryption: scram-sha-256 {"}"}

            """, cancel);
    }

    private static void Start(Node node)
    {
        node.Patroni?.Dispose();
        node.Patroni = ServerAccount.Start("/usr/bin/patroni", Path.Combine(node.Folder, "patroni.log"), node.File);
    }

    private async Task<Node?> LeaderAsync()
    {
        foreach (var node in nodes)
        {
            if (await SaysAsync(node, "primary")) return node;
        }
        return null;
    }

    /// <summary>One leads, one follows in step, and the third follows.</summary>
    private Task InPlaceAsync(CancellationToken cancel) => RedisNode.UntilAsync(
        async () =>
        {
            var (leads, inStep, follow) = (0, 0, 0);
            foreach (var node in nodes)
            {
                if (await SaysAsync(node, "primary")) leads++;
                if (await SaysAsync(node, "sync")) inStep++;
                if (await SaysAsync(node, "replica")) follow++;
            }
            return (leads, inStep, follow) == (1, 1, Nodes - 1);
        },
        $"the PostgreSQL servers did not come into order (Debian: apt-get install patroni python3-etcd etcd-server), see {folder}/node1/patroni.log", cancel);

    private async Task<bool> SaysAsync(Node node, string role)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri($"http://127.0.0.1:{node.Rest}/{role}"), closing.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return false;
        }
    }

    /// <summary>Sends connections to the leader only.</summary>
    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(TimeSpan.FromMilliseconds(500));
        try
        {
            while (await timer.WaitForNextTickAsync(closing.Token))
            {
                foreach (var node in nodes) front.Shun(node.Port, !await SaysAsync(node, "primary"));
            }
        }
        catch (OperationCanceledException)
        {
            // Over.
        }
    }

    private sealed record Node(string Name, string Folder, int Port, int Rest)
    {
        public Process? Patroni { get; set; }

        public string Data => Path.Combine(Folder, "data");

        public string File => Path.Combine(Folder, "patroni.yaml");

        public void KillServer()
        {
            var file = Path.Combine(Data, "postmaster.pid");
            if (!System.IO.File.Exists(file)) return;
            try
            {
                using var server = Process.GetProcessById(int.Parse(System.IO.File.ReadLines(file).First(), CultureInfo.InvariantCulture));
                server.Kill();
            }
            catch (ArgumentException)
            {
                // It has ended by itself.
            }
        }
    }
}
