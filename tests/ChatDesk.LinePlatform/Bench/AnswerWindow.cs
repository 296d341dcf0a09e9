using ChatDesk.LineSimulator;

namespace ChatDesk.LinePlatform.Bench;

/// <summary>Bounds how many events wait for their answer, so that the benchmark measures turns and not a growing heap of acknowledged ones.</summary>
internal sealed class AnswerWindow : IDisposable
{
    private readonly SemaphoreSlim free;
    private readonly LineChannel channel;
    private readonly int size;

    public AnswerWindow(LineChannel channel, int size)
    {
        this.channel = channel;
        this.size = size;
        free = new(size);
        channel.Accepted += Release;
    }

    public Task EnterAsync(CancellationToken cancel) => free.WaitAsync(cancel);

    /// <summary>This event will never be answered.</summary>
    public void GiveUp() => free.Release();

    /// <summary>Waits until every answer was seen.</summary>
    /// <exception cref="Desk.PlatformException">Some never came.</exception>
    public async Task DrainAsync(TimeSpan patience, CancellationToken cancel)
    {
        for (var taken = 0; taken < size; taken++)
        {
            if (!await free.WaitAsync(patience, cancel)) throw new Desk.PlatformException($"{size - taken} answers did not come within {patience.TotalSeconds:0} s.");
        }

        free.Release(size);
    }

    public void Dispose()
    {
        channel.Accepted -= Release;
        free.Dispose();
    }

    private void Release(LineSimulator.Channel.AcceptedCall call) => free.Release();
}
