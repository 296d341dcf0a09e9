using ChatDesk.Activities;
using ChatDesk.Delivery;
using ChatDesk.Desk.Words;
using ChatDesk.Handover;
using ChatDesk.People;

namespace ChatDesk.Desk.Live;

/// <summary>
/// One officer's console: what it shows and what was asked of it. Lives as long as the page; everything runs on the page's
/// own dispatcher, except the two handlers that only pass the news on to it.
/// </summary>
internal sealed partial class ConsoleState(LiveBoards boards, IOfficerQueue queue, OfficerActs acts, DeskFeed feed, AgencyFacts facts, OutboxWorker outbox) : IDisposable
{
    /// <summary>
    /// Lists are redrawn at most so often while much happens, and at once after a quiet while. Every console has a pace of its own:
    /// two hundred lists drawn in the same moment would hold up the messages that are being read.
    /// </summary>
    private readonly TimeSpan _listPace = TimeSpan.FromMilliseconds(Random.Shared.Next(1000, 2000));

    private readonly TimeSpan _listSoon = TimeSpan.FromMilliseconds(Random.Shared.Next(50, 300));

    private const int PageLines = 60;

    private readonly Dictionary<DeskTab, RowOrder> _orders = Enum.GetValues<DeskTab>().ToDictionary(tab => tab, _ => new RowOrder());
    private Func<Func<Task>, Task> _onPage = static work => work();
    private AgencyBoard? _board;
    private ITimer? _pace;
    private int _paceIsSet;
    private long _listsDrawn;
    private IReadOnlyList<HandoverRow> _closed = [];
    private bool _held;

    /// <summary>Raised on the page's dispatcher: these parts must be drawn again.</summary>
    public event Action<ConsoleArea>? Changed;

    public OfficerIdentity Me { get; private set; } = null!;

    public ConsoleTexts Texts { get; private set; } = ConsoleTexts.Thai;

    /// <summary>Whether words in this conversation are free only as a reply; then the desk shows the countdown and what each cost.</summary>
    public bool PushesCost(ConversationKey conversation) => outbox.PushesCost(conversation);

    /// <summary>What the lists show now; may lag behind the board by <see cref="_listPace"/>.</summary>
    public DeskSnapshot Snapshot { get; private set; } = new() { Seq = 0 };

    public DateTimeOffset Now => facts.Now;

    /// <summary>By the agency's wall clock.</summary>
    public DateTimeOffset Local(DateTimeOffset at) => facts.Local(Me.Agency, at);

    public AgencyFacts Facts => facts;

    public QuotaFigures? Quota(string channel) => facts.Quota(Me.Agency, channel);

    public DeskTab Tab { get; private set; } = DeskTab.Waiting;

    public RowFilter Filter { get; private set; } = RowFilter.None;

    public OpenConversation? Open { get; private set; }

    /// <summary>On a phone: list, conversation or panel.</summary>
    public string Screen { get; private set; } = "list";

    public bool IsReady => _board is not null;

    public RowOrder Order => _orders[Tab];

    public PresenceRow? Presence => Snapshot.Officers.GetValueOrDefault(Me.Id);

    public bool IsMine => Open?.Row is { } row && DeskTabs.IsMine(row, Me.Id);

    public bool IsSupervisor => Me.Role is OfficerRole.Supervisor or OfficerRole.Administrator;

    /// <summary>Signs the officer on and begins to follow the agency.</summary>
    /// <param name="me">Who is signed in.</param>
    /// <param name="language">Of the pages.</param>
    /// <param name="onPage">Runs work on the page's dispatcher.</param>
    public async Task BeginAsync(OfficerIdentity me, string language, Func<Func<Task>, Task> onPage)
    {
        (Me, Texts, _onPage) = (me, ConsoleTexts.For(language), onPage);
        await acts.ArriveAsync(me);
        _board = await boards.OpenAsync(me.Agency);
        _pace = facts.Clock.CreateTimer(_ => OnPage(DrawListsAsync), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _board.Changed += Hear;
        feed.Signed += Hear;
        Snapshot = _board.Snapshot;
        ArrangeLists();
    }

    public void Dispose()
    {
        if (_board is not null) _board.Changed -= Hear;
        feed.Signed -= Hear;
        _pace?.Dispose();
        _toastEnds?.Dispose();
        if (Open is { } open) feed.Sign(new DeskSign(open.Key, "left", Me.Id, Me.Name, Now));
    }

    /// <summary>Everything the ledger has is on the screen when it ends.</summary>
    public async Task CatchUpAsync()
    {
        if (_board is null) return;
        await _board.CatchUpAsync();
        Interlocked.Exchange(ref _paceIsSet, 0);
        await DrawListsAsync();
    }

    public IReadOnlyList<HandoverRow> RowsOf(DeskTab tab) => tab == DeskTab.Closed ? _closed : DeskTabs.Rows(Snapshot, tab, Me.Id, Me.Units);

    /// <summary>How many of the officer's own conversations have something unread, or are offered to them.</summary>
    public int MineCalling => RowsOf(DeskTab.Mine).Count(row => (row.Unread > 0 && row.Id != Open?.Row?.Id) || DeskTabs.IsOfferedTo(row, Me.Id, Me.Units));

    public int WaitingCalling => RowsOf(DeskTab.Waiting).Count(row => row.State == HandoverState.Waiting) + Snapshot.Referrals.Count;

    public async Task ShowTabAsync(DeskTab tab)
    {
        (Tab, _held) = (tab, false);
        if (tab == DeskTab.Closed) _closed = await queue.ClosedAsync(Me.Agency, before: null, take: 100);
        ArrangeLists();
        Raise(ConsoleArea.Lists);
    }

    public void FilterBy(RowFilter filter)
    {
        (Filter, _held) = (filter, false);
        ArrangeLists();
        Raise(ConsoleArea.Lists);
    }

    /// <summary>The pointer came over the list, or left it.</summary>
    public void Hold(bool held)
    {
        if (_held == held) return;
        _held = held;
        if (held) return;
        ArrangeLists();
        Raise(ConsoleArea.Lists);
    }

    /// <summary>Puts the list into its proper order, new rows among the old.</summary>
    public void Settle()
    {
        var held = _held;
        _held = false;
        ArrangeLists();
        _held = held;
        Raise(ConsoleArea.Lists);
    }

    public void Show(string screen)
    {
        Screen = screen;
        Raise(ConsoleArea.All);
    }

    /// <summary>Called now and then: waits grow, signs fade, the officer shows a sign of life.</summary>
    public void Tick()
    {
        if (_board is null) return;
        queue.Seen(OfficerActs.ActorOf(Me));
        if (Open is { } open)
        {
            feed.Sign(new DeskSign(open.Key, "viewing", Me.Id, Me.Name, Now));
            if (open.Signs.Forget()) Raise(ConsoleArea.Thread);
        }
        Raise(ConsoleArea.Lists | ConsoleArea.Header);
    }

    private void Raise(ConsoleArea area) => Changed?.Invoke(area);

    private void ArrangeLists() => _orders[Tab].Arrange([.. RowsOf(Tab).Where(row => Filter.Lets(row, Now))], id => Snapshot.Rows.GetValueOrDefault(id), _held);

    /// <summary>On the board's thread: the open conversation at once, the lists soon.</summary>
    private void Hear(BoardChange change)
    {
        if (Open is { } open && (change.Gap || Concerns(change, open.Key))) OnPage(() => ApplyAsync(change));
        if (Interlocked.Exchange(ref _paceIsSet, 1) != 0) return;
        var since = facts.Clock.GetElapsedTime(Volatile.Read(ref _listsDrawn));
        _pace?.Change(since >= _listPace ? _listSoon : _listPace - since, Timeout.InfiniteTimeSpan);
    }

    private static bool Concerns(BoardChange change, ConversationKey key) =>
        change.Events.Any(e => (e.Row is { } row && row.Conversation == key) || (e.Line is { } line && line.Conversation == key));

    private void Hear(DeskSign sign)
    {
        if (Open is not { } open || sign.Conversation != open.Key || sign.OfficerId == Me.Id) return;
        OnPage(() =>
        {
            if (open.Signs.Take(sign)) Raise(ConsoleArea.Thread);
            return Task.CompletedTask;
        });
    }

    private void OnPage(Func<Task> work) => _ = _onPage(work);

    private async Task ApplyAsync(BoardChange change)
    {
        if (Open is not { } open) return;
        if (change.Gap) await ReadAsync(open);
        else if (!open.Apply(change)) return;
        if (IsMine && open.Row is { Unread: > 0 } row) _ = acts.MarkReadAsync(Me, row.Id);
        Raise(ConsoleArea.Thread | ConsoleArea.Panel);
    }

    private Task DrawListsAsync()
    {
        Interlocked.Exchange(ref _paceIsSet, 0);
        Volatile.Write(ref _listsDrawn, facts.Clock.GetTimestamp());
        if (_board is null) return Task.CompletedTask;
        Snapshot = _board.Snapshot;
        ArrangeLists();
        Raise(ConsoleArea.Lists | ConsoleArea.Header);
        return Task.CompletedTask;
    }
}
