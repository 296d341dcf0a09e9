using ChatDesk.Channels.Line.Receiving;
using ChatDesk.Delivery;

namespace ChatDesk.Channels.Line.Content;

/// <summary>Copies files that contacts sent out of LINE as soon as they are announced, and deletes those whose message was taken back.</summary>
internal sealed class LineContentWorker(
    ILedger ledger, LineContentDownload download, FileStore files, TimeProvider time, ILogger<LineContentWorker> log) : BackgroundService
{
    private const int AtOnce = 4;

    /// <summary>LINE keeps content for an unstated time; after this many tries it is given up, with its reason.</summary>
    private const int Patience = 50;

    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);
    private static readonly TimeSpan AfterDiskFault = TimeSpan.FromMinutes(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                await EraseAsync();
                await FetchAsync(stoppingToken);
            }
            catch (LedgerException fault)
            {
                log.LogError("Files wait for the ledger: {Fault}", fault.Message);
            }
        }
    }

    private async Task EraseAsync()
    {
        foreach (var order in await ledger.ListFilesToEraseAsync(100))
        {
            if (order.Path is { } path) files.Delete(path);
            await ledger.ForgetFileAsync(order);
        }
    }

    private async Task FetchAsync(CancellationToken stopping)
    {
        while (await ledger.ClaimFilesAsync(LineActivityMapper.Channel, AtOnce, time.GetUtcNow()) is { Count: > 0 } orders)
        {
            await Task.WhenAll(orders.Select(order => FetchAsync(order, stopping)));
            if (orders.Count < AtOnce) return;
        }
    }

    private async Task FetchAsync(FileOrder order, CancellationToken stopping)
    {
        FileOutcome outcome;
        try
        {
            var (content, path) = await download.StoreAsync(order.Conversation.Agency, order.MessageId, files, stopping);
            outcome = Outcome(order, content, path);
        }
        catch (IOException fault)
        {
            log.LogError("File of message {Message} cannot be written: {Fault}", order.MessageId, fault.Message);
            outcome = new FileOutcome(FileState.Wanted, Reason: "disk", RetryAt: time.GetUtcNow() + AfterDiskFault);
        }
        await ledger.SettleFileAsync(order, outcome);
    }

    private static FileOutcome Outcome(FileOrder order, LineContent content, string? path) => content switch
    {
        LineContent.Stored stored => new(FileState.Stored, path, stored.ContentType, stored.Size),
        LineContent.TooLarge => new(FileState.TooLarge, Reason: "too-large"),
        LineContent.Gone => new(FileState.Gone, Reason: "gone"),
        LineContent.NotReady or LineContent.Failed when order.Attempts >= Patience => new(FileState.Failed, Reason: "gave-up"),
        LineContent.NotReady waiting => new(FileState.Wanted, Reason: "not-ready", RetryAt: waiting.RetryAt),
        LineContent.Failed failed => new(FileState.Wanted, Reason: failed.Reason, RetryAt: failed.RetryAt),
        _ => throw new InvalidOperationException($"unknown outcome {content.GetType().Name}"),
    };
}
