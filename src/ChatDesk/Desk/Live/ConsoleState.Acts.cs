using ChatDesk.Delivery;
using ChatDesk.Desk.Words;
using ChatDesk.Handover;

namespace ChatDesk.Desk.Live;

/// <content>What the officer does, and what is said when it could not be done.</content>
internal sealed partial class ConsoleState
{
    private static readonly TimeSpan ToastLife = TimeSpan.FromSeconds(10);

    private ITimer? _toastEnds;
    private long? _refusing;

    public ConsoleDialog Dialog { get; private set; }

    public Toast? Toast { get; private set; }

    public void Ask(ConsoleDialog dialog)
    {
        Dialog = dialog;
        if (dialog == ConsoleDialog.None) _refusing = null;
        Raise(ConsoleArea.Overlay);
    }

    /// <summary>Shows a notice for a while; one with an undo exactly as long as that is possible.</summary>
    public void Tell(Toast? toast)
    {
        Toast = toast;
        _toastEnds?.Dispose();
        _toastEnds = toast is null ? null : facts.Clock.CreateTimer(
            _ => OnPage(() =>
            {
                if (Toast == toast) Tell(null);
                return Task.CompletedTask;
            }), null, toast.UndoHandover is null ? ToastLife : HandoverRules.UndoTime, Timeout.InfiniteTimeSpan);
        Raise(ConsoleArea.Overlay);
    }

    public Task ClaimAsync() => TakeAsync(id => acts.ClaimAsync(Me, id));

    public async Task ClaimNextAsync()
    {
        var result = await TryAsync(() => acts.ClaimNextAsync(Me));
        if (result is { Ok: true, Row: { } row }) await ShowClaimedAsync(row);
    }

    public async Task StepInAsync(string reason)
    {
        if (Open is not { } open) return;
        var result = await TryAsync(() => acts.StepInAsync(Me, open.Key, reason));
        if (result is { Ok: true, Row: { } row }) await ShowClaimedAsync(row);
    }

    public Task TakeOverAsync(string reason) => TakeAsync(id => acts.TakeOverAsync(Me, id, reason));

    public Task ReturnAsync(string reason) => OnRowAsync(id => acts.ReturnAsync(Me, id, reason));

    public Task TransferAsync(TransferTarget to, string reason) => OnRowAsync(id => acts.TransferAsync(Me, id, to, reason));

    public Task AcceptAsync() => TakeAsync(id => acts.AcceptAsync(Me, id));

    /// <summary>Takes a matter that another agency passed on; it becomes a case here.</summary>
    public Task AcceptReferralAsync(long handover) => TryAsync(() => acts.AcceptAsync(Me, handover));

    /// <summary>Asks why another agency's matter is not taken.</summary>
    public void AskRefusal(long handover)
    {
        _refusing = handover;
        Ask(ConsoleDialog.Refuse);
    }

    public Task RefuseAsync(string reason)
    {
        if (_refusing is not { } referral) return OnRowAsync(id => acts.RefuseAsync(Me, id, reason));
        Ask(ConsoleDialog.None);
        return TryAsync(() => acts.RefuseAsync(Me, referral, reason));
    }

    public Task TakeBackOfferAsync() => OnRowAsync(id => acts.TakeBackOfferAsync(Me, id));

    public Task HoldAsync() => OnRowAsync(id => acts.HoldAsync(Me, id));

    public Task ResumeAsync() => OnRowAsync(id => acts.ResumeAsync(Me, id));

    public async Task CloseAsync(string topic, string outcome, bool survey)
    {
        if (Open?.Row is not { } row) return;
        var result = await OnRowAsync(id => acts.CloseAsync(Me, id, topic, outcome, survey));
        if (result is { Ok: true }) Tell(new Toast(Texts["Closing"], UndoHandover: row.Id));
    }

    public async Task UndoCloseAsync(long id)
    {
        Tell(null);
        await TryAsync(() => acts.UndoCloseAsync(Me, id));
    }

    public Task RetryAsync(string line) => OnRowAsync(id => acts.RetryAsync(Me, id, line));

    public async Task SetPresenceAsync(PresenceState state, string? reason)
    {
        await TryAsync(() => acts.SetPresenceAsync(Me, state, reason));
        Ask(ConsoleDialog.None);
    }

    public async Task TagAsync(IReadOnlyList<string> tags)
    {
        if (Open is not { } open) return;
        var result = await TryAsync(() => acts.TagAsync(Me, open.Key, tags));
        if (result is { Ok: true }) open.Contact = await queue.ContactAsync(Me.Agency, open.Key);
        Raise(ConsoleArea.Panel);
    }

    public async Task SwitchBotAsync(bool off, string reason)
    {
        await TryAsync(async () =>
        {
            await acts.SwitchBotAsync(Me, off, reason);
            return new QueueResult(QueueStatus.Done);
        });
        Ask(ConsoleDialog.None);
    }

    public async Task<IReadOnlyList<SearchHit>> SearchAsync(string text)
    {
        try
        {
            return await acts.SearchAsync(Me, text);
        }
        catch (LedgerException)
        {
            Tell(new Toast(Texts["ActFailed"], IsBad: true));
            return [];
        }
    }

    /// <summary>What was taken stands among the officer's own from now on, and so does the officer.</summary>
    private async Task TakeAsync(Func<long, Task<QueueResult>> act)
    {
        if (await OnRowAsync(act) is not { Ok: true }) return;
        await CatchUpAsync();
        await ShowTabAsync(DeskTab.Mine);
    }

    private async Task ShowClaimedAsync(HandoverRow row)
    {
        await OpenAsync(row.Conversation, row, at: null);
        await CatchUpAsync();
        await ShowTabAsync(DeskTab.Mine);
    }

    private async Task<QueueResult?> OnRowAsync(Func<long, Task<QueueResult>> act)
    {
        if (Open?.Row is not { } row) return null;
        var result = await TryAsync(() => act(row.Id));
        if (result?.Row is { } now && Open is { } open && open.Key == now.Conversation) open.Row = now;
        Raise(ConsoleArea.Thread | ConsoleArea.Panel);
        return result;
    }

    /// <summary>Does it; says why not.</summary>
    private async Task<QueueResult?> TryAsync(Func<Task<QueueResult>> act)
    {
        Dialog = ConsoleDialog.None;
        try
        {
            var result = await act();
            Tell(result.Ok ? null : new Toast(Why(result), IsBad: true));
            return result;
        }
        catch (Exception fault) when (fault is LedgerException or System.Data.Common.DbException or UnauthorizedAccessException)
        {
            Tell(new Toast(Texts["ActFailed"], IsBad: true));
            return null;
        }
    }

    private string Why(QueueResult result) => result is { Status: QueueStatus.Taken, Row: { OfficerName: { } name } row }
        ? Texts.Fill("Why_Taken", name, DeskTimes.Clock(Local(row.ClaimedAt ?? Now)))
        : Texts[$"Why_{result.Status}"];
}
