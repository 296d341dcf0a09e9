using ChatDesk.Activities;
using ChatDesk.Channels.Terminal;
using ChatDesk.Conversations;
using ChatDesk.Delivery;

namespace ChatDesk.Startup.Verbs;

/// <summary>A desk without network on a ledger of its own, for <c>-- chat</c> and <c>-- ask</c>: the same pipeline, worker and outbox as behind LINE.</summary>
internal sealed class TerminalDesk : IAsyncDisposable
{
    private readonly IHost _host;
    private readonly string _agency;
    private readonly string? _throwAway;
    private readonly ILedger _ledger;
    private readonly TimeProvider _time;
    private readonly Dictionary<string, Waiting> _waiting = new(StringComparer.Ordinal);
    private readonly Lock _gate = new();
    private long _number;

    private TerminalDesk(IHost host, string agency, string? throwAway)
    {
        (_host, _agency, _throwAway) = (host, agency, throwAway);
        _ledger = host.Services.GetRequiredService<ILedger>();
        _time = host.Services.GetRequiredService<TimeProvider>();
        host.Services.GetRequiredService<TurnFeed>().Finished += Finish;
    }

    /// <param name="args">Settings from the command line, as for the desk itself.</param>
    /// <param name="agency">Whose content answers.</param>
    /// <param name="data">Where to keep the ledger; null for a folder that goes when the desk does.</param>
    /// <exception cref="StartupException">Settings or content must be mended first.</exception>
    public static async Task<TerminalDesk> StartAsync(string[] args, string agency, string? data = null)
    {
        var throwAway = data is null ? Directory.CreateTempSubdirectory("chatdesk-").FullName : null;
        var builder = Host.CreateApplicationBuilder(new HostApplicationBuilderSettings { Args = args, ContentRootPath = AppContext.BaseDirectory });
        builder.Logging.SetMinimumLevel(LogLevel.Warning).AddFilter("Microsoft", LogLevel.Error);
        builder.Configuration.AddInMemoryCollection(new Dictionary<string, string?>
        {
            ["DataDirectory"] = throwAway ?? data,
            ["Ledger:ConnectionString"] = null,
            [$"Agencies:{agency}:Name"] = agency,
        });
        var settings = DeskSettings.Read(builder.Configuration);
        if (settings.Problems.Count > 0) throw new StartupException(settings.Problems);
        builder.Services.AddSingleton(settings).AddSingleton(TimeProvider.System).AddDelivery(settings).AddCases(settings).AddTriage().AddConversations()
            .AddSingleton<IChannelSender, TerminalSender>();
        var host = builder.Build();
        ContentFolders.Load(settings, host.Services.GetRequiredService<ContentLibrary>(), TimeProvider.System);
        await host.StartAsync();
        return new TerminalDesk(host, agency, throwAway);
    }

    /// <summary>Says something as a contact and waits for the turn to be committed.</summary>
    /// <param name="contact">Who speaks; a new name is a new contact.</param>
    /// <param name="text">What is typed.</param>
    public async Task<StageAnswer> SayAsync(string contact, string text)
    {
        var now = _time.GetUtcNow();
        var id = $"terminal:{Interlocked.Increment(ref _number)}:{now.ToUnixTimeMilliseconds()}";
        var waiting = new Waiting();
        lock (_gate) _waiting[id] = waiting;
        await _ledger.AcceptAsync([new InboxEntry(
            new InboundActivity
            {
                Id = id,
                Conversation = new ConversationKey(_agency, TerminalSender.Name, contact),
                Kind = InboundKind.Text,
                At = now,
                Text = text,
            },
            now, default)]);
        return await waiting.Task;
    }

    public async ValueTask DisposeAsync()
    {
        await _host.StopAsync();
        if (_host is IAsyncDisposable host) await host.DisposeAsync();
        if (_throwAway is not null) Directory.Delete(_throwAway, recursive: true);
    }

    private void Finish(FinishedTurn turn)
    {
        Waiting? waiting;
        lock (_gate)
        {
            if (turn.ActivityId is null || !_waiting.Remove(turn.ActivityId, out waiting)) return;
        }
        waiting.SetResult(turn.Answer);
    }

    private sealed class Waiting() : TaskCompletionSource<StageAnswer>(TaskCreationOptions.RunContinuationsAsynchronously);
}
