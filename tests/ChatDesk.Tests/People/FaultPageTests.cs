using System.Net;
using ChatDesk.LinePlatform.Hosting;
using ChatDesk.Tests.Fixtures;
using Npgsql;

namespace ChatDesk.Tests.People;

/// <summary>What an officer's browser shows when something breaks that no page foresaw.</summary>
public sealed class FaultPageTests(PostgresServer postgres)
{
    [Fact]
    public async Task Without_its_database_the_desk_says_so_in_words_and_goes_on_when_it_is_back()
    {
        var connection = new NpgsqlConnectionStringBuilder(await postgres.NewDatabaseAsync());
        await using var proxy = new FaultProxy(connection.Port);
        connection.Port = proxy.Port;
        await using var desk = await PeopleDesk.StartAsync(all => (all["Ledger:Provider"], all["Ledger:ConnectionString"]) = ("Postgres", connection.ConnectionString));
        await desk.AddAsync("malee");
        using var browser = await desk.SignInAsync("malee");

        // Its session is known for two seconds now, so that it is the page itself that fails.
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/desk/account")).Status);
        proxy.Away = true;
        proxy.Cut();
        foreach (var page in (string[])["/desk/account", "/desk/cases"])
        {
            var answer = await browser.GetAsync(page);
            Assert.Equal(HttpStatusCode.ServiceUnavailable, answer.Status);
            Assert.Contains("ติดต่อฐานข้อมูลไม่ได้", answer.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("Npgsql", answer.Html, StringComparison.Ordinal);
            Assert.True(answer.Response.Headers.Contains("Content-Security-Policy"));
        }

        proxy.Away = false;
        using var patience = new CancellationTokenSource(TestDesk.Patience);
        while ((await browser.GetAsync("/desk/account")).Status != HttpStatusCode.OK) patience.Token.ThrowIfCancellationRequested();
    }
}
