namespace ChatDesk.Delivery.Postgres;

/// <summary>Hands out conversations to this replica's workers and takes them back.</summary>
internal sealed class PostgresHandout(PostgresLeases leases, PostgresReads reads, PostgresEndings endings, PostgresLane lane, IPostgresPartner partner, TimeProvider time) : IDisposable
{
    /// <summary>How often a replica looks for what others left; what it accepts itself it knows at once.</summary>
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(200);

    private readonly SemaphoreSlim _due = new(0, 1);

    /// <inheritdoc cref="ILedger.ClaimAsync"/>
    public async ValueTask<IReadOnlyList<ClaimedConversation>> ClaimAsync(int max, CancellationToken stopping)
    {
        while (true)
        {
            var now = time.GetUtcNow();
            var taken = await leases.TakeAsync(max, now);
            if (taken.Count == 0)
            {
                await _due.WaitAsync(Look, stopping);
                continue;
            }
            return await ReadAsync(taken, now);
        }
    }

    /// <summary>Gives a conversation back, unless that was done already.</summary>
    /// <param name="conversation">The conversation.</param>
    /// <param name="claim">Under which it was held.</param>
    /// <param name="inOrder">False leaves the mark of a lease that ran out, for whoever comes next.</param>
    public void Release(long conversation, Guid claim, bool inOrder)
    {
        if (!Forget(conversation, claim)) return;
        var ending = new PostgresEnding(conversation, claim, time.GetUtcNow()) { InOrder = inOrder };
        endings.Add(ending);
        // Should this write fail, the lease runs out by itself.
        _ = ending.Task.ContinueWith(task =>
        {
            if (task.Exception is null) Wake();
        }, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
    }

    /// <inheritdoc cref="PostgresLeases.Forget"/>
    public bool Forget(long conversation, Guid claim) => leases.Forget(conversation, claim);

    /// <summary>Something is due: whoever waits in <see cref="ClaimAsync"/> looks at once.</summary>
    public void Wake()
    {
        if (_due.CurrentCount > 0) return;
        try
        {
            _due.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else woke the taker between the look and the release: that is enough.
        }
    }

    public void Dispose() => _due.Dispose();

    /// <summary>Reads what is due; conversations with nothing due go back at once.</summary>
    private async Task<IReadOnlyList<ClaimedConversation>> ReadAsync(List<TakenConversation> taken, DateTimeOffset now)
    {
        DueConversations all;
        try
        {
            all = await reads.ReadAsync(taken, now);
            // Whoever works in a conversation knows at least who had its floor when it was claimed.
            if (all.Desks.Any(d => d.Seq > partner.Heard(d.Agency))) await lane.CatchUpAsync();
        }
        catch (Exception fault)
        {
            // Nothing was done with them; but what their last holders may have left half done stays to be reckoned with.
            foreach (var one in taken) Release(one.Id, one.Claim, one.LeftInOrder);
            if (PostgresSource.IsDatabases(fault)) throw PostgresSource.Named(fault);
            throw;
        }
        var claimed = all.Conversations.Where(c => c.Pending.Count + c.Unsettled.Count > 0).ToList();
        foreach (var one in taken.ExceptBy(claimed.Select(c => c.Id), t => t.Id)) Release(one.Id, one.Claim, one.LeftInOrder);
        return claimed;
    }
}
