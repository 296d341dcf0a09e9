using Npgsql;

namespace ChatDesk.Delivery.Postgres;

/// <summary>Writes down how tries at sending ended; where officers have a part in the conversation, together with what the partner makes of it.</summary>
internal sealed class PostgresSettling(PostgresHandout handout, PostgresEndings endings, PostgresStatements statements, PostgresJoining joining, IPostgresPartner partner, TimeProvider time)
{
    /// <inheritdoc cref="ILedger.SettleAsync"/>
    public async Task SettleAsync(OutboxItem item, SendResult result)
    {
        if (partner.HasOpen(item.Conversation)) await JoinedAsync(item, result);
        else await AfterAsync(item, result, await statements.WriteAsync(0, () => [Statement(item, result)], row => row?.GetInt32(1)));
    }

    /// <inheritdoc cref="ILedger.SettleAndRelease"/>
    public void SettleAndRelease(OutboxItem item, SendResult result, long conversation, Action<Exception> failed)
    {
        var settled = SettleAndReleaseAsync(item, result, conversation);
        _ = settled.ContinueWith(
            task =>
            {
                handout.Forget(conversation, item.Claim);
                failed(task.Exception!.InnerException!);
            },
            CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
    }

    private async Task SettleAndReleaseAsync(OutboxItem item, SendResult result, long conversation)
    {
        if (result.Status == SendStatus.Deferred || partner.HasOpen(item.Conversation))
        {
            await SettleAsync(item, result);
            handout.Release(conversation, item.Claim, inOrder: true);
            return;
        }
        var ending = new PostgresEnding(conversation, item.Claim, time.GetUtcNow()) { Settling = (item, result) };
        endings.Add(ending);
        var desk = await ending.Task;
        handout.Forget(conversation, item.Claim);
        await AfterAsync(item, result, desk);
    }

    /// <summary>An officer has come in meanwhile, of whom this process has not heard: the partner sees to it.</summary>
    private async Task AfterAsync(OutboxItem item, SendResult result, int? desk)
    {
        if (desk != 0) await JoinedAsync(item, result, isWritten: desk is not null);
    }

    private async Task JoinedAsync(OutboxItem item, SendResult result, bool isWritten = false)
    {
        await joining.SettleAsync(item, result, isWritten);
        handout.Wake();
    }

    private NpgsqlBatchCommand Statement(OutboxItem item, SendResult result) =>
        PostgresEndings.Settle([(item, result, time.GetUtcNow())], unlessHeld: result.Status == SendStatus.Deferred);
}
