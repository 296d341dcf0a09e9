using System.Data.Common;
using System.Text.Encodings.Web;
using System.Text.Json;
using System.Threading.Channels;
using ChatDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace ChatDesk.People.Audit;

/// <summary>
/// Writes down who claimed, read, sent, exported and changed what. A call returns when its line is on disk. Lines are
/// written by one writer in the order of the calls; what waits meanwhile shares one transaction.
/// </summary>
internal sealed class AuditLog(DeskDatabase database, TimeProvider time, ILogger<AuditLog> log) : BackgroundService
{
    private const int MostAtOnce = 256;

    /// <summary>Another replica may write the next number first; then the number after it is taken.</summary>
    private const int Tries = 10;

    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(5);

    // Readable Thai in the column; the page that shows it encodes for HTML.
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    private readonly Channel<Entry> _entries = Channel.CreateUnbounded<Entry>(new UnboundedChannelOptions { SingleReader = true });

    /// <summary>Writes one line of an officer's doing.</summary>
    /// <param name="officer">Who.</param>
    /// <param name="action">What: <c>room.verb</c>.</param>
    /// <param name="subject">To what: <c>kind/id</c>.</param>
    /// <param name="data">Details, serialised as JSON; never the text of a message, never a secret.</param>
    /// <exception cref="DbException">It could not be written; what it was to record should not be done either.</exception>
    public Task WriteAsync(OfficerIdentity officer, string action, string subject, object? data = null) =>
        WriteAsync(officer.Agency, officer.Id, officer.Name, action, subject, data);

    /// <inheritdoc cref="WriteAsync(OfficerIdentity, string, string, object?)"/>
    /// <param name="agency">Whose log.</param>
    /// <param name="officerId">Who; empty for the desk itself.</param>
    /// <param name="officerName">The name at this time.</param>
    /// <param name="action">What: <c>room.verb</c>.</param>
    /// <param name="subject">To what: <c>kind/id</c>.</param>
    /// <param name="data">Details, serialised as JSON; never the text of a message, never a secret.</param>
    public async Task WriteAsync(string agency, string officerId, string officerName, string action, string subject, object? data = null)
    {
        var entry = new Entry(agency, officerId, officerName, action, subject, data is null ? "{}" : JsonSerializer.Serialize(data, Json), time.GetUtcNow());
        if (!_entries.Writer.TryWrite(entry)) throw new InvalidOperationException("the desk is stopping, the audit log is closed");
        await entry.Done.Task;
    }

    public override async Task StopAsync(CancellationToken cancellationToken)
    {
        _entries.Writer.TryComplete();
        // Not by the given token: when connections took all the time there was to stop, lines must still be written.
        if (ExecuteTask is { } writing) await Task.WhenAny(writing, Task.Delay(StopPatience, CancellationToken.None));
        await base.StopAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Stops when StopAsync has closed the channel and the last line is written, not before.
        var batch = new List<Entry>(MostAtOnce);
        while (await _entries.Reader.WaitToReadAsync(CancellationToken.None))
        {
            batch.Clear();
            while (batch.Count < MostAtOnce && _entries.Reader.TryRead(out var entry)) batch.Add(entry);
            await WriteBatchAsync(batch);
        }
    }

    private async Task WriteBatchAsync(List<Entry> batch)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await CommitAsync(batch);
                foreach (var entry in batch) entry.Done.SetResult();
                return;
            }
            catch (Exception fault) when (fault is DbUpdateException or DbException && attempt < Tries)
            {
                log.LogWarning("The audit log is written again, try {Attempt}: {Fault}", attempt, fault.GetBaseException().Message);
            }
            catch (Exception fault)
            {
                log.LogError(fault, "{Count} lines of the audit log could not be written", batch.Count);
                foreach (var entry in batch) entry.Done.SetException(fault);
                return;
            }
        }
    }

    private async Task CommitAsync(List<Entry> batch)
    {
        await using var context = database.OpenForAll();
        await using var transaction = await context.Database.BeginTransactionAsync();
        var last = new Dictionary<string, AuditRow?>(StringComparer.Ordinal);
        foreach (var agency in batch.Select(e => e.Agency).Distinct())
            last[agency] = await context.Set<AuditRow>().AsNoTracking().Where(r => r.Agency == agency).OrderByDescending(r => r.Number).FirstOrDefaultAsync();
        foreach (var entry in batch)
        {
            var row = AuditRow.After(last[entry.Agency], entry.Agency, entry.At, entry.OfficerId, entry.OfficerName, entry.Action, entry.Subject, entry.Data);
            last[entry.Agency] = row;
            context.Add(row);
        }
        await context.SaveChangesAsync();
        await transaction.CommitAsync();
    }

    private sealed record Entry(string Agency, string OfficerId, string OfficerName, string Action, string Subject, string Data, DateTimeOffset At)
    {
        public TaskCompletionSource Done { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
