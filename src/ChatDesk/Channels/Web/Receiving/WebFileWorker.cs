using ChatDesk.Delivery;

namespace ChatDesk.Channels.Web.Receiving;

/// <summary>
/// Writes down what became of uploaded files. Their bytes are in the store before the ledger hears of them, so all that is left is to
/// look; after a crash in between it is done here too.
/// </summary>
internal sealed class WebFileWorker(ILedger ledger, FileStore files, TimeProvider time, ILogger<WebFileWorker> log) : BackgroundService
{
    private const int AtOnce = 32;
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            try
            {
                while (await ledger.ClaimFilesAsync(WebActivityMapper.Channel, AtOnce, time.GetUtcNow()) is { Count: > 0 } orders)
                {
                    foreach (var order in orders) await ledger.SettleFileAsync(order, Look(order));
                }
            }
            catch (Exception fault) when (fault is LedgerException or IOException)
            {
                log.LogError("Uploaded files wait to be written down: {Fault}", fault.Message);
            }
        }
    }

    private FileOutcome Look(FileOrder order)
    {
        var path = FileStore.PathOf(order.Conversation.Agency, WebFiles.KeyOf(order.MessageId));
        using var file = files.Open(path);
        return file is null ? new(FileState.Gone, Reason: "gone") : new(FileState.Stored, path, FileKinds.Sniff(file), file.Length);
    }
}
