namespace ChatDesk.LinePlatform.Desk;

/// <summary>One real PostgreSQL server on a free port with its data in the run folder; as durable as it is shipped.</summary>
internal sealed class PostgresServer(string folder) : IPostgres
{
    private readonly string data = Path.Combine(folder, "data");
    private readonly string log = Path.Combine(folder, "server.log");
    private bool running;

    public int Port { get; } = FreePort.Pick();

    public string ConnectionString => $"Host=127.0.0.1;Port={Port};Username=desk;Database=postgres";

    public async Task CreateAsync(CancellationToken cancel)
    {
        await ServerAccount.GiveAsync(folder);
        await ServerAccount.RunAsAsync(Program("initdb"), "-D", data, "-A", "trust", "-U", "desk", "-E", "UTF8", "--locale=C.UTF-8", "--no-sync");
        await StartAsync();
    }

    public Task StrikeAsync(TimeSpan down, CancellationToken cancel) => LeaveAsync(down, cancel);

    public async Task LeaveAsync(TimeSpan away, CancellationToken cancel)
    {
        await CrashAsync();
        await Task.Delay(away, cancel);
        await StartAsync();
    }

    public async ValueTask DisposeAsync() => await CrashAsync();

    private async Task StartAsync()
    {
        await ServerAccount.RunAsAsync(Program("pg_ctl"), "-D", data, "-w", "-t", "60", "-l", log, "-o", $"-p {Port} -h 127.0.0.1 -k {folder} -c max_connections=200", "start");
        running = true;
    }

    private async Task CrashAsync()
    {
        if (!running) return;
        running = false;
        await ServerAccount.RunAsAsync(Program("pg_ctl"), "-D", data, "-m", "immediate", "-w", "stop");
    }

    private static string Program(string name) => Path.Combine(ServerAccount.Programs(), name);
}
