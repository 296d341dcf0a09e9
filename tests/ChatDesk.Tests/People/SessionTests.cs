using ChatDesk.Data;
using ChatDesk.People;
using ChatDesk.People.Accounts;
using ChatDesk.People.Sessions;
using ChatDesk.People.SignIn;
using ChatDesk.Tests.Fixtures;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.EntityFrameworkCore;

namespace ChatDesk.Tests.People;

/// <summary>A session ends on password change, disabling, role change and signing out: for requests and for live circuits, within five seconds.</summary>
public sealed class SessionTests
{
    private static readonly TimeSpan Promise = TimeSpan.FromSeconds(5);

    [Theory]
    [InlineData("role")]
    [InlineData("disable")]
    [InlineData("reset")]
    [InlineData("password")]
    public async Task What_makes_an_account_safer_ends_its_sessions_at_once(string change)
    {
        await using var desk = await PeopleDesk.StartAsync();
        var boss = SignInTests.Identity(await desk.AddAsync("boss", OfficerRole.Administrator));
        var malee = await desk.AddAsync("malee");
        using var browser = await desk.SignInAsync("malee");
        using var second = await desk.SignInAsync("malee");
        Assert.True(await browser.IsSignedInAsync() && await second.IsSignedInAsync());
        var circuit = await Circuit.OpenAsync(desk, malee);

        await desk.AsAsync<OfficerDirectory>(async directory =>
        {
            if (change == "role") Assert.Empty(await directory.ChangeAsync(boss, malee.Id, new OfficerDetails("คุณมาลี", OfficerRole.Supervisor, "", "th", 5)));
            if (change == "disable") Assert.Empty(await directory.DisableAsync(boss, malee.Id, disabled: true));
            if (change == "reset") Assert.NotNull(await directory.ResetAsync(boss, malee.Id));
        });
        if (change == "password")
        {
            var answer = await second.SubmitAsync("/desk/account", "password", ("Input.Now", PeopleDesk.Password), ("Input.Next", "another long phrase"));
            Assert.True(answer.Text.Contains("เปลี่ยนรหัสผ่านแล้ว", StringComparison.Ordinal), $"{answer.Status} {answer.Location} {answer.Text}");
            Assert.True(await second.IsSignedInAsync(), "the browser that changed it goes on");
        }

        Assert.False(await browser.IsSignedInAsync());
        await circuit.Ended.WaitAsync(Promise, TestContext.Current.CancellationToken);
    }

    [Fact]
    public async Task A_change_by_another_replica_ends_requests_and_circuits_within_five_seconds()
    {
        await using var desk = await PeopleDesk.StartAsync();
        var malee = await desk.AddAsync("malee");
        using var browser = await desk.SignInAsync("malee");
        Assert.True(await browser.IsSignedInAsync());
        var circuit = await Circuit.OpenAsync(desk, malee);

        // Another process writes to the same database; nothing here is told.
        await using (var context = desk.Desk.Get<DeskDatabase>().OpenForAll())
            await context.Set<Officer>().Where(o => o.Id == malee.Id).ExecuteUpdateAsync(set => set.SetProperty(o => o.Disabled, true), TestContext.Current.CancellationToken);
        var since = TimeProvider.System.GetTimestamp();

        await circuit.Ended.WaitAsync(TestDesk.Patience, TestContext.Current.CancellationToken);
        var circuitEnded = TimeProvider.System.GetElapsedTime(since);
        while (await browser.IsSignedInAsync()) Assert.InRange(TimeProvider.System.GetElapsedTime(since), TimeSpan.Zero, TestDesk.Patience);
        // Twice two seconds by design; the rest is room for a crowded machine.
        Assert.InRange(circuitEnded, TimeSpan.Zero, OfficerSessions.Freshness * 2 + Promise);
    }

    [Fact]
    public async Task A_live_circuit_knows_nobody_any_more_and_takes_nothing_in_when_its_session_ends()
    {
        await using var desk = await PeopleDesk.StartAsync();
        var malee = await desk.AddAsync("malee");
        var sessions = desk.Desk.Get<OfficerSessions>();
        var principal = (await sessions.FindAsync(OfficerPrincipal.ForCookie(await sessions.BeginAsync(malee, SessionProof.Password, "", "", TestContext.Current.CancellationToken))))!;
        using var state = new OfficerAuthenticationState(sessions);
        state.SetAuthenticationState(Task.FromResult(new AuthenticationState(principal)));
        var passed = 0;
        var inbound = new OfficerCircuit(state).CreateInboundActivityHandler(_ => { passed++; return Task.CompletedTask; });
        await inbound(null!);
        Assert.Equal(1, passed);
        var told = new TaskCompletionSource();
        state.AuthenticationStateChanged += async changing => { if (OfficerIdentity.From((await changing).User) is null) told.TrySetResult(); };

        await sessions.EndAsync(principal);

        await told.Task.WaitAsync(Promise, TestContext.Current.CancellationToken);
        await inbound(null!);
        Assert.Equal(1, passed);
    }

    [Fact]
    public async Task A_session_is_over_after_its_hours_however_busy_and_after_idling()
    {
        var time = new Microsoft.Extensions.Time.Testing.FakeTimeProvider(TimeProvider.System.GetUtcNow());
        await using var desk = await PeopleDesk.StartAsync();
        var malee = await desk.AddAsync("malee");
        var sessions = new OfficerSessions(desk.Desk.Get<DeskDatabase>(), desk.Desk.Get<PeopleOptions>(), time);
        var cookie = OfficerPrincipal.ForCookie(await sessions.BeginAsync(malee, SessionProof.Password, "", "", TestContext.Current.CancellationToken));

        time.Advance(TimeSpan.FromHours(12) - TimeSpan.FromSeconds(1));
        Assert.NotNull(await sessions.FindAsync(cookie));
        time.Advance(TimeSpan.FromSeconds(1));
        Assert.Null(await sessions.FindAsync(cookie));
        await sessions.SweepAsync();
        await using var context = desk.Desk.Get<DeskDatabase>().OpenForAll();
        Assert.Equal(0, await context.Set<OfficerSession>().CountAsync(TestContext.Current.CancellationToken));
        Assert.Equal(TimeSpan.FromMinutes(30), desk.Desk.Get<Microsoft.Extensions.Options.IOptionsMonitor<Microsoft.AspNetCore.Authentication.Cookies.CookieAuthenticationOptions>>().Get(DeskClaims.Scheme).ExpireTimeSpan);
    }

    [Fact]
    public async Task Every_sign_in_gets_a_secret_of_its_own_and_the_database_does_not_hold_it()
    {
        await using var desk = await PeopleDesk.StartAsync();
        var malee = await desk.AddAsync("malee");
        var sessions = desk.Desk.Get<OfficerSessions>();
        var secrets = new HashSet<string>();
        for (var n = 0; n < 20; n++) secrets.Add(await sessions.BeginAsync(malee, SessionProof.Password, "", "", TestContext.Current.CancellationToken));
        Assert.Equal(20, secrets.Count);
        await using var context = desk.Desk.Get<DeskDatabase>().OpenForAll();
        var ids = await context.Set<OfficerSession>().Select(s => s.Id).ToListAsync(TestContext.Current.CancellationToken);
        Assert.Empty(ids.Intersect(secrets));
        Assert.Null(await sessions.FindAsync(OfficerPrincipal.ForCookie(ids[0])));
    }

    private sealed class Circuit
    {
        private readonly TaskCompletionSource _ended = new();

        public Task Ended => _ended.Task;

        public static async Task<Circuit> OpenAsync(PeopleDesk desk, Officer officer)
        {
            var sessions = desk.Desk.Get<OfficerSessions>();
            var current = await desk.AsAsync<Microsoft.AspNetCore.Identity.UserManager<Officer>, Officer>(async accounts => (await accounts.FindByIdAsync(officer.Id))!);
            var cookie = OfficerPrincipal.ForCookie(await sessions.BeginAsync(current, SessionProof.Password, "", "", TestContext.Current.CancellationToken));
            var circuit = new Circuit();
            sessions.Watch((await sessions.FindAsync(cookie))!, () => circuit._ended.TrySetResult());
            return circuit;
        }
    }
}
