using ChatDesk.LinePlatform.Hosting;

namespace ChatDesk.LinePlatform.Desk;

/// <summary>Equal desks over one PostgreSQL, and the balancer before them, which sends nothing to one that is not ready.</summary>
internal sealed class ReplicaSet : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(1) };
    private readonly CancellationTokenSource closing = new();
    private readonly Task watching;

    public ReplicaSet(IReadOnlyList<DeskProcess> desks)
    {
        Desks = desks;
        Front = new FaultProxy([.. desks.Select(d => d.Settings.Port)]);
        watching = WatchAsync();
    }

    public IReadOnlyList<DeskProcess> Desks { get; }

    public FaultProxy Front { get; }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await watching;
        await Front.DisposeAsync();
        foreach (var desk in Desks) await desk.DisposeAsync();
        closing.Dispose();
        http.Dispose();
    }

    private async Task WatchAsync()
    {
        using var timer = new PeriodicTimer(Look);
        try
        {
            while (await timer.WaitForNextTickAsync(closing.Token))
            {
                foreach (var desk in Desks) Front.Shun(desk.Settings.Port, !await IsReadyAsync(desk));
            }
        }
        catch (OperationCanceledException)
        {
            // Over.
        }
    }

    private async Task<bool> IsReadyAsync(DeskProcess desk)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(desk.Settings.Url, "/healthz"), closing.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (Exception e) when (e is HttpRequestException || (e is OperationCanceledException && !closing.IsCancellationRequested))
        {
            return false;
        }
    }
}
