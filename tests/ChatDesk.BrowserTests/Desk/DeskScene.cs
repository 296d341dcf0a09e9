using System.Collections.Immutable;
using System.Net;
using System.Net.Sockets;
using ChatDesk.BrowserTests.Browsing;
using ChatDesk.Conversations;
using ChatDesk.Handover;
using ChatDesk.Hours.Calendars;
using ChatDesk.LineSimulator;
using ChatDesk.LineSimulator.Channel;
using ChatDesk.LineSimulator.Faults;
using ChatDesk.LineSimulator.Webhooks;
using ChatDesk.Startup;
using ChatDesk.Tests.Fixtures;
using Microsoft.AspNetCore.Builder;

namespace ChatDesk.BrowserTests.Desk;

/// <summary>A desk with its demo officers, open at all hours unless a test says otherwise, and the browsers that look at it.</summary>
internal sealed class DeskScene : IAsyncDisposable
{
    private readonly Chromium _chromium;
    private readonly List<OfficerWindow> _windows = [];

    static DeskScene() => Microsoft.Playwright.Assertions.SetDefaultExpectTimeout((float)TestDesk.Patience.TotalMilliseconds);

    private DeskScene(Chromium chromium, TestDesk desk) => (_chromium, Desk) = (chromium, desk);

    public TestDesk Desk { get; }

    public IOfficerQueue Queue => Desk.Get<IOfficerQueue>();

    public static async Task<DeskScene> StartAsync(
        Chromium chromium, Action<WebApplicationBuilder>? change = null, FaultPlan? faults = null, LineChannelSetup? setup = null, bool alwaysOpen = true,
        Action<Dictionary<string, string?>>? more = null)
    {
        _ = chromium.Browser; // Skips before anything is started where there is no browser.
        var port = FreePort();
        var desk = await TestDesk.StartAsync(settings =>
        {
            settings["SignIn:DemoOfficers"] = "true";
            // The same address after a restart, as in real life.
            settings["Urls"] = $"http://127.0.0.1:{port}";
            more?.Invoke(settings);
        }, change, faults, setup);
        var scene = new DeskScene(chromium, desk);
        await scene.PrepareAsync(alwaysOpen);
        return scene;
    }

    /// <summary>Stops the desk and starts it again on the same data and address.</summary>
    public async Task RestartAsync()
    {
        await Desk.StopDeskAsync();
        await StartAgainAsync();
    }

    public async Task StartAgainAsync()
    {
        await Desk.StartDeskAsync();
        await PrepareAsync(alwaysOpen: true);
    }

    /// <summary>Signs an officer in, in a window of their own, at the console.</summary>
    public async Task<OfficerWindow> OfficerAsync(string name = "somchai", Visitor? visitor = null, string path = "/desk")
    {
        var visit = await Visit.OpenAsync(_chromium, [Desk.Url], visitor);
        var window = new OfficerWindow(visit, Desk.Url);
        _windows.Add(window);
        await window.SignInAsync(name, path);
        return window;
    }

    /// <summary>A person on LINE who asked for an officer, and whose handover waits.</summary>
    public async Task<ChatSource> WaitingAsync(string name = "ธนกฤต พงษ์ไพบูลย์", string words = "ใบเสร็จภาษีป้ายหายค่ะ ต้องทำอย่างไร", string ask = "คุยกับเจ้าหน้าที่")
    {
        var who = Contact(name);
        await Desk.PostAsync(Desk.Events.Message.Text(who, words));
        await Desk.PostAsync(Desk.Events.Message.Text(who, ask));
        await RowAsync(who, row => row.State is HandoverState.Waiting or HandoverState.Promised);
        return who;
    }

    public ChatSource Contact(string name)
    {
        var id = "U" + Guid.NewGuid().ToString("N");
        Desk.Channel.People.Add(new LinePerson(id, name));
        return ChatSource.User(id);
    }

    public Task SaysAsync(ChatSource who, string words) => Desk.PostAsync(Desk.Events.Message.Text(who, words));

    /// <summary>Waits until a contact's open handover is as wanted.</summary>
    public async Task<HandoverRow> RowAsync(ChatSource who, Func<HandoverRow, bool> holds)
    {
        HandoverRow? found = null;
        await Desk.UntilAsync(() => (found = Row(who)) is not null && holds(found), $"the handover of {who.ChatId}");
        return found!;
    }

    public HandoverRow? Row(ChatSource who) =>
        Queue.SnapshotAsync("demo").GetAwaiter().GetResult().Rows.Values.LastOrDefault(r => r.Conversation.Address == who.ChatId);

    /// <summary>What a contact has seen on LINE.</summary>
    public IReadOnlyList<VisibleMessage> SeenBy(ChatSource who) => Desk.Channel.Calls.VisibleTo(who.ChatId);

    public Task UntilSeenAsync(ChatSource who, string words) =>
        Desk.UntilAsync(() => SeenBy(who).Any(m => m.Text?.Contains(words, StringComparison.Ordinal) == true), $"'{words}' on LINE");

    public async ValueTask DisposeAsync()
    {
        var complaints = new List<string>();
        foreach (var window in _windows)
        {
            complaints.AddRange(window.Visit.Complaints);
            await window.DisposeAsync();
        }
        // For whoever looks for the cause of a failure.
        if (Environment.GetEnvironmentVariable("DESK_LOG") is { Length: > 0 } file) await File.WriteAllLinesAsync(file, Desk.Log.Lines.Where(l => l[0] is 'W' or 'E' or 'C').Concat(complaints));
        await Desk.DisposeAsync();
    }

    private async Task PrepareAsync(bool alwaysOpen)
    {
        await DeskHost.PrepareOfficersAsync(Desk.Get<IServiceProvider>());
        if (!alwaysOpen) return;
        var content = TestDesk.DemoContent.Value;
        Desk.Get<ContentLibrary>().Replace("demo", content with { Hours = content.Hours with { Calendar = new BusinessCalendar(Plan(OpenSpan.WholeDay)) } });
    }

    /// <summary>A calendar of seven equal days.</summary>
    public static CalendarPlan Plan(params OpenSpan[] spans) => new()
    {
        Version = "test",
        Zone = TimeZoneInfo.FindSystemTimeZoneById("Asia/Bangkok"),
        Weeks = [new WeekPlan(new DateOnly(2020, 1, 1), [.. Enumerable.Repeat(spans.ToImmutableArray(), 7)])],
    };

    private static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
