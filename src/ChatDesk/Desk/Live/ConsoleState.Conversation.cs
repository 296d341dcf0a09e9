using ChatDesk.Activities;
using ChatDesk.Handover;

namespace ChatDesk.Desk.Live;

/// <content>Opening conversations and reading in them.</content>
internal sealed partial class ConsoleState
{
    /// <returns>False when there is no such handover, or not in this agency.</returns>
    public async Task<bool> OpenAsync(long id)
    {
        if (await FindAsync(id) is not { } row) return false;
        await OpenAsync(row.Conversation, row, at: null);
        return true;
    }

    /// <summary>Opens a conversation, with its open handover if there is one.</summary>
    /// <param name="key">Which; of another agency: nothing is opened.</param>
    /// <param name="at">A line to begin at; null for the newest.</param>
    public Task OpenAsync(ConversationKey key, string? at)
    {
        var row = Snapshot.Rows.Values.LastOrDefault(r => r.Conversation == key);
        return key.Agency == Me.Agency ? OpenAsync(key, row, at) : Task.CompletedTask;
    }

    public void Leave()
    {
        if (Open is { } open) feed.Sign(new DeskSign(open.Key, "left", Me.Id, Me.Name, Now));
        (Open, Screen) = (null, "list");
        Raise(ConsoleArea.All);
    }

    /// <summary>Another page of older lines.</summary>
    public async Task ReadOlderAsync()
    {
        if (Open is not { Thread: { Before: { } before } thread } open) return;
        thread.Take(await queue.TranscriptAsync(Me.Agency, open.Key, before, PageLines), older: true);
        Raise(ConsoleArea.Thread);
    }

    public void Quote(TranscriptLine? line)
    {
        if (Open is not { } open) return;
        open.Quote = line;
        Raise(ConsoleArea.Thread);
    }

    private async Task<HandoverRow?> FindAsync(long id)
    {
        if (_board!.Snapshot.Rows.TryGetValue(id, out var open)) return open;
        if (_closed.FirstOrDefault(r => r.Id == id) is { } closed) return closed;
        if (Open?.Contact?.Handovers.FirstOrDefault(r => r.Id == id) is { } earlier) return earlier;
        return (await queue.ClosedAsync(Me.Agency, before: null, take: 200)).FirstOrDefault(r => r.Id == id);
    }

    private async Task OpenAsync(ConversationKey key, HandoverRow? row, string? at)
    {
        if (Open is { } before && before.Key != key) feed.Sign(new DeskSign(before.Key, "left", Me.Id, Me.Name, Now));
        var open = new OpenConversation(key, row, facts.Clock) { At = at };
        (Open, Screen, Dialog) = (open, "chat", ConsoleDialog.None);
        Raise(ConsoleArea.All);
        await ReadAsync(open);
        if (Open != open) return;
        Raise(ConsoleArea.Thread | ConsoleArea.Panel | ConsoleArea.Lists);
        feed.Sign(new DeskSign(key, "viewing", Me.Id, Me.Name, Now));
        await acts.ReadAsync(Me, key);
        if (IsMine && row is { Unread: > 0 }) await acts.MarkReadAsync(Me, row.Id);
    }

    private async Task ReadAsync(OpenConversation open)
    {
        var (page, contact) = (queue.TranscriptAsync(Me.Agency, open.Key, before: null, PageLines), queue.ContactAsync(Me.Agency, open.Key));
        open.Contact = await contact;
        open.Cases = await facts.CasesAsync(open.Key);
        open.Read(await page);
        // A search hit further back than the newest page: read back until it is there.
        while (open is { At: { } at, Thread: { Before: { } before } thread } && string.CompareOrdinal(before, at) > 0)
            thread.Take(await queue.TranscriptAsync(Me.Agency, open.Key, before, 200), older: true);
    }
}
