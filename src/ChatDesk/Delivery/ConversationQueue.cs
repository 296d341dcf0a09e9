namespace ChatDesk.Delivery;

/// <summary>
/// Who is to be handed out next, for a ledger that one process holds: a conversation is queued once, handed to one
/// worker, and queued again on release when something became due meanwhile. Claims live here and not in the database,
/// because they must end with the process anyway; correctness rests on the turn number alone.
/// </summary>
internal sealed class ConversationQueue : IDisposable
{
    private readonly Lock _gate = new();
    private readonly Queue<long> _ready = new();
    private readonly Dictionary<long, Standing> _standing = [];
    private readonly SemaphoreSlim _arrived = new(0, 1);

    private enum Standing
    {
        Queued,
        Claimed,

        /// <summary>Claimed, and something became due since.</summary>
        ClaimedAgainDue,
    }

    /// <summary>Says that something is due in these conversations.</summary>
    public void MarkReady(IEnumerable<long> conversations)
    {
        var wake = false;
        lock (_gate)
        {
            foreach (var id in conversations)
            {
                if (!_standing.TryGetValue(id, out var standing))
                {
                    _standing[id] = Standing.Queued;
                    _ready.Enqueue(id);
                    wake = true;
                }
                else if (standing == Standing.Claimed)
                {
                    _standing[id] = Standing.ClaimedAgainDue;
                }
            }
        }
        if (wake) Wake();
    }

    /// <summary>Takes up to <paramref name="max"/> conversations, waiting for the first.</summary>
    public async ValueTask<List<long>> TakeAsync(int max, CancellationToken stopping)
    {
        while (true)
        {
            List<long>? taken = null;
            lock (_gate)
            {
                while (_ready.Count > 0 && (taken?.Count ?? 0) < max)
                {
                    var id = _ready.Dequeue();
                    _standing[id] = Standing.Claimed;
                    (taken ??= []).Add(id);
                }
            }
            if (taken is not null) return taken;
            await _arrived.WaitAsync(stopping);
        }
    }

    public void Release(long conversation)
    {
        var wake = false;
        lock (_gate)
        {
            if (!_standing.Remove(conversation, out var standing) || standing == Standing.Queued) return;
            if (standing == Standing.ClaimedAgainDue)
            {
                _standing[conversation] = Standing.Queued;
                _ready.Enqueue(conversation);
                wake = true;
            }
        }
        if (wake) Wake();
    }

    public void Dispose() => _arrived.Dispose();

    private void Wake()
    {
        if (_arrived.CurrentCount > 0) return;
        try
        {
            _arrived.Release();
        }
        catch (SemaphoreFullException)
        {
            // Somebody else woke the taker between the look and the release: that is enough.
        }
    }
}
