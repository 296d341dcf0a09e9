using System.Net;
using ChatDesk.Channels.Web.Access;
using ChatDesk.LinePlatform.Hosting;
using ChatDesk.People;
using ChatDesk.Tests.Fixtures;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.AspNetCore.StaticAssets;
using Npgsql;

namespace ChatDesk.Tests.People;

/// <summary>Every route as every person. The list comes from the running desk, the expectation from <c>routes.txt</c>.</summary>
public sealed class RouteTests(PostgresServer postgres)
{
    private static readonly string Table = Path.Combine(AppContext.BaseDirectory, "People", "routes.txt");

    private static readonly string[] Persons =
    [
        "nobody", "contact", "demo officer", "demo supervisor", "demo editor", "demo administrator", "other officer", "other supervisor", "other editor", "other administrator",
    ];

    [Fact]
    public async Task Every_route_opens_for_exactly_those_the_table_names()
    {
        await using var desk = await PeopleDesk.StartAsync();
        await AskEveryRouteAsync(desk);
    }

    /// <summary>A file answers before a page is drawn, a server never does: a page is drawn once before what it shows is there.</summary>
    [Fact]
    public async Task Every_route_opens_for_the_same_when_the_database_answers_late()
    {
        var connection = new NpgsqlConnectionStringBuilder(await postgres.NewDatabaseAsync());
        await using var proxy = new FaultProxy(connection.Port) { Delay = TimeSpan.FromMilliseconds(5) };
        connection.Port = proxy.Port;
        await using var desk = await PeopleDesk.StartAsync(all => (all["Ledger:Provider"], all["Ledger:ConnectionString"]) = ("Postgres", connection.ConnectionString));
        await AskEveryRouteAsync(desk);
    }

    [Fact]
    public async Task Every_route_says_itself_who_may_open_it()
    {
        await using var desk = await PeopleDesk.StartAsync();
        var silent = desk.Desk.Get<IEnumerable<EndpointDataSource>>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()
            .Where(e => e.Metadata.GetMetadata<IAuthorizeData>() is null && e.Metadata.GetMetadata<IAllowAnonymous>() is null);
        Assert.Empty(silent.Select(e => e.DisplayName));
    }

    [Fact]
    public async Task Static_files_are_for_everybody_and_only_to_read()
    {
        await using var desk = await PeopleDesk.StartAsync();
        var files = All(desk).Where(IsFile).ToList();
        Assert.NotEmpty(files);
        Assert.All(files, file => Assert.Equal([], file.Metadata.GetMetadata<HttpMethodMetadata>()!.HttpMethods.Except(["GET", "HEAD"])));
        using var browser = desk.Open();
        foreach (var path in (string[])["/_framework/blazor.web.js", "/desk/desk.css", "/desk/tokens.css", "/desk/live.js", "/fonts/sarabun-thai-400.woff2", "/fonts/sarabun-latin-600.woff2"])
            Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync(path)).Status);
    }

    [Fact]
    public async Task Every_answer_carries_the_headers_that_keep_scripts_and_frames_out()
    {
        await using var desk = await PeopleDesk.StartAsync();
        await desk.AddAsync("malee", OfficerRole.Administrator);
        using var browser = await desk.SignInAsync("malee");
        foreach (var path in (string[])["/", "/healthz", "/desk", "/desk/sign-in", "/desk/people", "/desk/nothing", "/nothing", "/desk/desk.css", "/_framework/blazor.web.js"])
        {
            var answer = await browser.GetAsync(path);
            string Header(string name) => string.Join(' ', answer.Response.Headers.TryGetValues(name, out var values) ? values : []);
            var policy = Header("Content-Security-Policy");
            Assert.Contains("default-src 'none'", policy, StringComparison.Ordinal);
            Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
            Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
            Assert.Equal("nosniff", Header("X-Content-Type-Options"));
            Assert.NotEmpty(Header("Referrer-Policy"));
            Assert.DoesNotContain(" style=\"", answer.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>", answer.Html, StringComparison.Ordinal);
        }
        using var newcomer = desk.Open();
        using var secure = new HttpRequestMessage(HttpMethod.Get, "/desk/sign-in");
        secure.Headers.Add("X-Forwarded-Proto", "https");
        var overTls = await newcomer.SendAsync(secure);
        Assert.True(overTls.Response.Headers.Contains("Strict-Transport-Security"));
        Assert.All(overTls.Response.Headers.GetValues("Set-Cookie"), cookie => Assert.Contains("secure", cookie, StringComparison.OrdinalIgnoreCase));
    }

    private static async Task AskEveryRouteAsync(PeopleDesk desk)
    {
        var officer = await desk.AddAsync("someone");
        var browsers = await BrowsersAsync(desk);
        // A true token of the web chat: whatever a contact holds, it opens nothing of the desk.
        var token = desk.Desk.Get<WebSeals>().Seal(new WebToken("demo", "dl_contact", "contact", TimeProvider.System.GetUtcNow().AddMinutes(10)));
        var rows = Rows();
        var wrong = rows.GroupBy(r => r.Route).Where(same => same.Count() > 1).Select(same => $"{same.Key}: stands twice in routes.txt").ToList();
        foreach (var route in Routes(desk))
        {
            if (rows.FirstOrDefault(r => r.Route == route) is not { } row)
            {
                wrong.Add($"{route}: has no line in tests/ChatDesk.Tests/People/routes.txt -> add one: the route, a path to ask, and for each of {string.Join(", ", Persons)} what it must answer");
                continue;
            }
            for (var person = 0; person < Persons.Length; person++)
            {
                // Signing out for real would take the person out of the rest of the table; without its token the form is refused by the route itself.
                var answer = await AskAsync(browsers[person], Persons[person] == "contact" ? token : null, row.Route.Split(' ')[0], row.Path.Replace("{officer}", officer.Id, StringComparison.Ordinal));
                if (answer != row.Expected[person]) wrong.Add($"{route} as {Persons[person]}: {answer}, expected {row.Expected[person]}");
            }
        }
        foreach (var gone in rows.Select(r => r.Route).Except(Routes(desk))) wrong.Add($"{gone}: is in routes.txt but no route of the desk");
        foreach (var browser in browsers) browser.Dispose();
        Assert.True(wrong.Count == 0, string.Join('\n', wrong));
    }

    private static async Task<Browser[]> BrowsersAsync(PeopleDesk desk)
    {
        var browsers = new List<Browser> { desk.Open(), desk.Open() };
        foreach (var person in Persons.Skip(2))
        {
            var (agency, role) = (person.Split(' ')[0], Enum.Parse<OfficerRole>(person.Split(' ')[1], ignoreCase: true));
            await desk.AddAsync($"{agency}.{role}", role, agency);
            browsers.Add(await desk.SignInAsync($"{agency}.{role}"));
        }
        return [.. browsers];
    }

    private static async Task<string> AskAsync(Browser browser, string? token, string method, string path)
    {
        using var request = new HttpRequestMessage(new HttpMethod(method), path);
        if (method == "POST") request.Content = new FormUrlEncodedContent([]);
        if (token is not null) request.Headers.Add("Authorization", $"Bearer {token}");
        var answer = await browser.SendAsync(request);
        return answer.Status switch
        {
            HttpStatusCode.Unauthorized => "401",
            HttpStatusCode.Forbidden => "403",
            HttpStatusCode.NotFound => "404",
            HttpStatusCode.Redirect when answer.Location?.StartsWith("/desk/sign-in?return", StringComparison.Ordinal) == true => "sign-in",
            >= HttpStatusCode.InternalServerError => $"{(int)answer.Status}",
            _ => "open",
        };
    }

    private static List<RouteEndpoint> All(PeopleDesk desk) =>
        [.. desk.Desk.Get<IEnumerable<EndpointDataSource>>().SelectMany(s => s.Endpoints).OfType<RouteEndpoint>()];

    private static bool IsFile(RouteEndpoint route) => route.Metadata.GetMetadata<StaticAssetDescriptor>() is not null;

    /// <summary>Each method of each route; a route for any method is asked with GET.</summary>
    private static List<string> Routes(PeopleDesk desk) =>
        [.. All(desk).Where(r => !IsFile(r)).SelectMany(r => (r.Metadata.GetMetadata<HttpMethodMetadata>()?.HttpMethods ?? ["GET"]).Select(method => $"{method} /{r.RoutePattern.RawText!.TrimStart('/')}")).Distinct().Order(StringComparer.Ordinal)];

    private static List<Row> Rows()
    {
        var rows = new List<Row>();
        foreach (var line in File.ReadLines(Table).Where(l => l.Length > 0 && l[0] != '#'))
        {
            var cells = line.Split('|').Select(c => c.Split(' ', StringSplitOptions.RemoveEmptyEntries)).ToList();
            Assert.True(cells.Count == 4 && cells[2].Length + cells[3].Length == Persons.Length, $"routes.txt: cannot be read: {line}");
            rows.Add(new Row(string.Join(' ', cells[0]), cells[1][0], [.. cells[2], .. cells[3]]));
        }
        return rows;
    }

    private sealed record Row(string Route, string Path, string[] Expected);
}
