using ChatDesk.LinePlatform.Hosting;

namespace ChatDesk.LinePlatform.Desk;

/// <summary>Equal desks over one PostgreSQL, and the balancer before them, which sends nothing to one that is not ready.</summary>
internal sealed class ReplicaSet : IAsyncDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(500);

    /// <summary>So many looks in a row without an answer mean that a desk stands still; one alone may mean a busy machine.</summary>
    private const int SilentLooks = 2;

    private readonly HttpClient http = new() { Timeout = TimeSpan.FromSeconds(1) };
    private readonly CancellationTokenSource closing = new();
    private readonly Task watching;
    private readonly int[] silent;

    public ReplicaSet(IReadOnlyList<DeskProcess> desks)
    {
        Desks = desks;
        silent = new int[desks.Count];
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
                var answers = await Task.WhenAll(Desks.Select(IsReadyAsync));
                for (var n = 0; n < Desks.Count; n++)
                {
                    silent[n] = answers[n] is null ? silent[n] + 1 : 0;
                    Front.Shun(Desks[n].Settings.Port, answers[n] == false || silent[n] >= SilentLooks);
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Over.
        }
    }

    /// <returns>Null when it did not answer in time.</returns>
    private async Task<bool?> IsReadyAsync(DeskProcess desk)
    {
        try
        {
            using var answer = await http.GetAsync(new Uri(desk.Settings.Url, "/healthz"), closing.Token);
            return answer.IsSuccessStatusCode;
        }
        catch (HttpRequestException)
        {
            return false;
        }
        catch (OperationCanceledException) when (!closing.IsCancellationRequested)
        {
            return null;
        }
    }
}
