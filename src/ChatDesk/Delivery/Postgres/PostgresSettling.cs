using ChatDesk.Activities;
using Npgsql;

namespace ChatDesk.Delivery.Postgres;

/// <summary>Writes down how tries at sending ended; where officers have a part in the conversation, together with what the partner makes of it.</summary>
internal sealed class PostgresSettling(PostgresHandout handout, PostgresEndings endings, PostgresStatements statements, PostgresLane lane, IPostgresPartner partner, TimeProvider time)
{
    /// <inheritdoc cref="ILedger.SettleAsync"/>
    public async Task SettleAsync(OutboxItem item, SendResult result)
    {
        if (partner.HasOpen(item.Conversation)) await JoinedAsync(item, result);
        else await AfterAsync(item, result, await statements.WriteAsync(0, () => [Statement(item, result, quick: true)], row => row?.GetInt32(1)));
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
        await lane.WriteAsync(item.Conversation.Agency, 0, session =>
        {
            var now = time.GetUtcNow();
            var ended = result;
            // An officer took the conversation while the bot's answer could not leave: it is not tried again.
            if (partner.HasOfficerNow(item.Conversation) && result.Status == SendStatus.Deferred && OutboundActivity.AnyByBot(item.Activities)) ended = result.TakenBack();
            // No row: another replica has settled it, or holds it now. Its word stands.
            if ((!isWritten || ended != result) && !session.Run([Statement(item, ended, quick: false)], row => row is not null)) return true;
            if (ended != result) session.Run([PostgresCommands.MarkDueAt(item.Conversation, now.ToUnixTimeMilliseconds())]);
            partner.Settled(item, ended, now);
            return true;
        });
        handout.Wake();
    }

    private NpgsqlBatchCommand Statement(OutboxItem item, SendResult result, bool quick) =>
        PostgresEndings.Settle([(item, result, time.GetUtcNow())], unlessHeld: quick && result.Status == SendStatus.Deferred);
}
