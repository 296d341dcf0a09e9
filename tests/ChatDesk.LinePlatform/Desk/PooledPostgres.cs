using System.Diagnostics;
using System.Net.Sockets;

namespace ChatDesk.LinePlatform.Desk;

/// <summary>A PostgreSQL behind pgbouncer in transaction mode: two statements of one connection may meet two sessions of the server.</summary>
internal sealed class PooledPostgres(PostgresServer server, string folder) : IPostgres
{
    private readonly int port = FreePort.Pick();
    private Process? pooler;

    public string ConnectionString => $"Host=127.0.0.1;Port={port};Username=desk;Database=postgres;No Reset On Close=true";

    public async Task CreateAsync(CancellationToken cancel)
    {
        await server.CreateAsync(cancel);
        var file = Path.Combine(folder, "pgbouncer.ini");
        await File.WriteAllLinesAsync(file,
        [
            "[databases]", $"postgres = host=127.0.0.1 port={server.Port} user=desk",
            "[pgbouncer]", "pool_mode = transaction", "default_pool_size = 16", "max_client_conn = 500", "listen_addr = 127.0.0.1", $"listen_port = {port}",
            "unix_socket_dir =", "auth_type = any", "ignore_startup_parameters = extra_float_digits", "server_login_retry = 1",
        ], cancel);
        await ServerAccount.GiveAsync(folder);
        pooler = ServerAccount.Start("/usr/sbin/pgbouncer", Path.Combine(folder, "pgbouncer.log"), file);
        await RedisNode.UntilAsync(IsListeningAsync, "pgbouncer did not start (Debian: apt-get install pgbouncer)", cancel);
    }

    public Task StrikeAsync(TimeSpan down, CancellationToken cancel) => server.StrikeAsync(down, cancel);

    public Task LeaveAsync(TimeSpan away, CancellationToken cancel) => server.LeaveAsync(away, cancel);

    public async ValueTask DisposeAsync()
    {
        if (pooler is { HasExited: false }) pooler.Kill();
        pooler?.Dispose();
        await server.DisposeAsync();
    }

    private async Task<bool> IsListeningAsync()
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync("127.0.0.1", port);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
