using ChatDesk.Activities;
using ChatDesk.Cases;
using ChatDesk.Cases.Intake;
using ChatDesk.Cases.Model;
using ChatDesk.Cases.Rules;
using ChatDesk.Cases.Telling;
using ChatDesk.Data;
using ChatDesk.Delivery;
using ChatDesk.Delivery.Sqlite;
using ChatDesk.Hours.Files;
using ChatDesk.Startup;
using ChatDesk.Tests.Fixtures;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.Logging.Abstractions;

namespace ChatDesk.Tests.Cases;

/// <summary>The cases' room on real files, with a real ledger beside it and no worker of its own: tests say when work is done.</summary>
internal sealed class CaseRoom : IAsyncDisposable
{
    public const string Agency = "demo";

    private static readonly CaseBasis Demo = new(
        CaseRulesFile.Load(ContentFolders.Cases(DemoFolders.Root, Agency), out _)!, HoursFolder.Load(ContentFolders.Dialogs(DemoFolders.Root, Agency), out _)!);

    private readonly string _folder;
    private readonly bool _temporary;

    public CaseRoom(TimeProvider time, string? folder = null)
    {
        _temporary = folder is null;
        _folder = folder ?? Directory.CreateTempSubdirectory("chatdesk-cases-").FullName;
        Time = time;
        Ledger = SqliteLedger.Open(LedgerPath, time);
        Database = DeskDatabase.OpenSqlite(Path.Combine(_folder, "desk.db"));
        Book = new CaseBook(Database, BasisOf, time);
        Intake = new CaseIntake(Ledger, Database, BasisOf, time, NullLogger<CaseIntake>.Instance);
        Telling = new CaseTelling(Ledger, Database, time);
    }

    public static CancellationToken Stop => TestContext.Current.CancellationToken;

    public TimeProvider Time { get; }

    public CaseBasis Basis { get; set; } = Demo;

    public string LedgerPath => Path.Combine(_folder, "ledger.db");

    public SqliteLedger Ledger { get; private set; }

    public DeskDatabase Database { get; }

    public CaseBook Book { get; }

    public CaseIntake Intake { get; private set; }

    public CaseTelling Telling { get; private set; }

    public CaseBasis BasisOf(string agency) => agency == Agency ? Basis : throw new KeyNotFoundException(agency);

    /// <summary>Closes and opens the ledger again, as a restart does.</summary>
    public async Task RestartAsync()
    {
        await Ledger.DisposeAsync();
        Ledger = SqliteLedger.Open(LedgerPath, Time);
        Intake = new CaseIntake(Ledger, Database, BasisOf, Time, NullLogger<CaseIntake>.Instance);
        Telling = new CaseTelling(Ledger, Database, Time);
    }

    /// <summary>One turn of a contact that leaves these effects; a turn already taken for this event id is not taken again.</summary>
    public async Task TurnAsync(string contact, string eventId, params IReadOnlyList<RecordedEffect> effects)
    {
        var activity = new InboundActivity { Id = eventId, Conversation = new(Agency, "line", contact), Kind = InboundKind.Text, At = Time.GetUtcNow(), Text = "x" };
        if (await Ledger.AcceptAsync([new InboxEntry(activity, Time.GetUtcNow(), default)]) == 0 && !Pending(eventId)) return;
        while (true)
        {
            foreach (var claim in await Ledger.ClaimAsync(10, Stop))
            {
                var mine = false;
                foreach (var (item, n) in claim.Pending.Select((p, n) => (p, n)))
                {
                    mine |= item.Activity!.Id == eventId;
                    await Ledger.CommitTurnAsync(new TurnCommit
                    {
                        Conversation = claim,
                        BasedOnTurn = claim.Turn + n,
                        Item = item,
                        Outcome = "test",
                        Snapshot = "{}"u8.ToArray(),
                        Effects = item.Activity.Id == eventId ? effects : [],
                    });
                }
                Ledger.Release(claim);
                if (mine) return;
            }
        }
    }

    /// <summary>A case as a dialog opens it, taken in.</summary>
    public async Task<Case> FileAsync(string contact = "U1", string? key = null, string type = "complaint", string? category = "licence", params (string Name, string Value)[] fields)
    {
        key ??= $"run-{Guid.NewGuid():N}:0";
        await TurnAsync(contact, $"e-{key}", Wish(key, type, category, fields));
        await Intake.CatchUpAsync(Stop);
        return (await FindAsync(CaseNumber.Of(key)))!;
    }

    public static RecordedEffect Wish(string key, string type = "complaint", string? category = "licence", params (string Name, string Value)[] fields) => new(CaseEffects.Open, CaseEffects.Write(new CaseWish
    {
        Key = key,
        Number = CaseNumber.Of(key),
        Code = CaseNumber.CodeOf(key),
        Type = type,
        Category = category,
        Summary = "ร้องเรียนเรื่องใบอนุญาต",
        Fields = fields.ToDictionary(f => f.Name, f => f.Value),
        Language = "th",
    }));

    public static RecordedEffect Word(string key, string number, CaseDeed deed, string? text = null) => new(CaseEffects.Word, CaseEffects.Write(new CaseWord(key, number, deed, text)));

    /// <summary>An officer does something.</summary>
    public Task<Case> OfficerAsync(Case row, CaseDeed deed, string? text = null, params IReadOnlyList<string> files) =>
        Book.DoAsync(Agency, row.Id, new CaseOrder(deed, CaseParty.Officer) { Author = "o1", AuthorName = "สมศรี", Detail = new CaseDetail { Text = text, Files = files.Count > 0 ? files : null } }, Stop);

    public async Task<Case?> FindAsync(string number)
    {
        await using var context = Database.Open(Agency);
        return await context.Set<Case>().AsNoTracking().SingleOrDefaultAsync(c => c.Number == number, Stop);
    }

    public async Task<List<Case>> AllAsync()
    {
        await using var context = Database.Open(Agency);
        return await context.Set<Case>().AsNoTracking().OrderBy(c => c.Id).ToListAsync(Stop);
    }

    public async Task<List<CaseEvent>> EventsAsync(long id)
    {
        await using var context = Database.Open(Agency);
        return await context.Set<CaseEvent>().AsNoTracking().Where(e => e.CaseId == id).OrderBy(e => e.Number).ToListAsync(Stop);
    }

    public async ValueTask DisposeAsync()
    {
        await Ledger.DisposeAsync();
        Microsoft.Data.Sqlite.SqliteConnection.ClearAllPools();
        if (_temporary) Directory.Delete(_folder, recursive: true);
    }

    private bool Pending(string eventId) => LedgerFile.Count(LedgerPath, "SELECT count(*) FROM inbox WHERE state = 0 AND event_id = ?1", eventId) > 0;
}
