using ChatDesk.Conversations;
using ChatDesk.Data;
using ChatDesk.People;
using ChatDesk.People.Audit;
using ChatDesk.Tests.Fixtures;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace ChatDesk.Tests.People;

/// <summary>A whole desk with officers of two agencies in it. Passwords are hashed cheaply.</summary>
internal sealed class PeopleDesk : IAsyncDisposable
{
    public const string Password = "รหัสยาวพอสำหรับทดสอบ";

    private PeopleDesk(TestDesk desk) => Desk = desk;

    public TestDesk Desk { get; }

    public string Url => Desk.Url;

    public static async Task<PeopleDesk> StartAsync(Action<Dictionary<string, string?>>? settings = null, Action<IServiceCollection>? services = null)
    {
        var desk = await TestDesk.StartAsync(
            all =>
            {
                all["SignIn:SecondFactor"] = "Nobody";
                settings?.Invoke(all);
            },
            builder =>
            {
                builder.Services.PostConfigure<PasswordHasherOptions>(hasher => hasher.IterationCount = 1000);
                services?.Invoke(builder.Services);
            });
        // The other agency is no empty name: its officers' pages find words and hours.
        desk.Get<ContentLibrary>().Replace("other", TestDesk.DemoContent.Value);
        return new PeopleDesk(desk);
    }

    /// <summary>An officer who can sign in with <see cref="Password"/>.</summary>
    public async Task<Officer> AddAsync(string userName, OfficerRole role = OfficerRole.Officer, string agency = "demo", string? displayName = null)
    {
        var officer = new Officer { Agency = agency, UserName = userName, DisplayName = displayName ?? $"คุณ{userName}", Role = role, CreatedAt = DateTimeOffset.UnixEpoch };
        await AsAsync<UserManager<Officer>>(async accounts => Assert.True((await accounts.CreateAsync(officer, Password)).Succeeded));
        return officer;
    }

    public Browser Open() => new(Url);

    /// <summary>A browser in which the officer is signed in.</summary>
    public async Task<Browser> SignInAsync(string userName)
    {
        var browser = Open();
        await browser.SignInAsync(userName, Password);
        return browser;
    }

    public async Task AsAsync<T>(Func<T, Task> work) where T : notnull
    {
        await using var scope = Desk.Get<IServiceScopeFactory>().CreateAsyncScope();
        await work(scope.ServiceProvider.GetRequiredService<T>());
    }

    public async Task<TResult> AsAsync<T, TResult>(Func<T, Task<TResult>> work) where T : notnull
    {
        await using var scope = Desk.Get<IServiceScopeFactory>().CreateAsyncScope();
        return await work(scope.ServiceProvider.GetRequiredService<T>());
    }

    public async Task<List<AuditRow>> AuditAsync(string action)
    {
        await using var context = Desk.Get<DeskDatabase>().OpenForAll();
        return await context.Set<AuditRow>().Where(r => r.Action == action).ToListAsync(TestContext.Current.CancellationToken);
    }

    public ValueTask DisposeAsync() => Desk.DisposeAsync();
}
