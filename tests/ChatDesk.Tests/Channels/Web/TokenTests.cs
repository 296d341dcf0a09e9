using System.Net;
using System.Security.Cryptography;
using ChatDesk.Channels.Web.Access;
using ChatDesk.Channels.Web.DirectLine;
using ChatDesk.Tests.Fixtures;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.DependencyInjection;

namespace ChatDesk.Tests.Channels.Web;

/// <summary>Who gets a token, what it opens, and what is refused.</summary>
public sealed class TokenTests
{
    private const string Secret = "s3cret-of-the-demo-agency-0123456789";
    private const string Trusted = "https://www.agency.go.th";

    [Fact]
    public async Task A_browser_that_comes_back_finds_its_conversation_and_another_one_does_not()
    {
        await using var desk = await TestDesk.StartAsync();
        using var somchai = await WebVisitor.ArriveAsync(desk);
        await somchai.SayAsync("สวัสดีครับ");
        await somchai.SeeAsync(3);
        var (token, conversation) = (somchai.Token, somchai.Conversation);

        await somchai.GenerateAsync();
        var again = await somchai.BeginAsync();
        using var malee = await WebVisitor.ArriveAsync(desk);

        Assert.NotEqual(token, somchai.Token);
        Assert.Equal(conversation, somchai.Conversation);
        Assert.Equal(200, again.Status);
        Assert.Equal(3, (await somchai.SeeAsync(3)).Count);
        Assert.NotEqual(conversation, malee.Conversation);
    }

    [Fact]
    public async Task The_cookie_can_be_read_by_no_script_and_goes_to_the_token_endpoints_only()
    {
        await using var desk = await TestDesk.StartAsync();
        using var visitor = new WebVisitor(desk);

        var cookie = (await visitor.GenerateAsync()).Header("Set-Cookie")!;

        Assert.Contains("httponly", cookie, StringComparison.Ordinal);
        Assert.Contains("samesite=lax", cookie, StringComparison.Ordinal);
        Assert.Contains("path=/v3/directline/tokens", cookie, StringComparison.Ordinal);
        Assert.DoesNotContain(visitor.Conversation, cookie, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_wants_to_be_forgotten_begins_anew()
    {
        await using var desk = await TestDesk.StartAsync();
        using var visitor = await WebVisitor.ArriveAsync(desk);
        var before = visitor.Conversation;

        Assert.Equal(204, (await visitor.SendAsync(HttpMethod.Post, "tokens/forget", null, bearer: null)).Status);
        await visitor.GenerateAsync();

        Assert.NotEqual(before, visitor.Conversation);
    }

    [Theory]
    [InlineData("https://evil.example", 403)]
    [InlineData("null", 403)]
    [InlineData("", 403)]
    [InlineData("https://www.agency.go.th.evil.example", 403)]
    [InlineData(Trusted, 200)]
    public async Task Pages_get_a_token_only_where_the_agency_trusts_them(string origin, int status)
    {
        await using var desk = await TestDesk.StartAsync(s => s["Agencies:demo:Web:TrustedOrigins:0"] = Trusted);
        using var visitor = new WebVisitor(desk, origin);

        var answer = await visitor.GenerateAsync();

        Assert.Equal(status, answer.Status);
        Assert.Equal(status == 200 ? origin : null, answer.Header("Access-Control-Allow-Origin"));
        if (status == 403) Assert.Equal("OriginNotTrusted", answer.Code);
    }

    [Fact]
    public async Task A_token_does_not_work_from_a_page_that_is_not_trusted()
    {
        await using var desk = await TestDesk.StartAsync();
        using var visitor = await WebVisitor.ArriveAsync(desk);
        var stream = visitor.StreamUrl;

        visitor.Origin = "https://evil.example";

        Assert.Equal("OriginNotTrusted", (await visitor.ReadAsync()).Code);
        Assert.Equal("OriginNotTrusted", (await visitor.SayAsync("hello")).Code);
        var refused = await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(() => WebPage.OpenAsync(stream, visitor.Origin));
        Assert.Contains("403", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Browsers_are_told_before_they_call_from_a_trusted_site()
    {
        await using var desk = await TestDesk.StartAsync(s => s["Agencies:demo:Web:TrustedOrigins:0"] = Trusted);
        using var visitor = new WebVisitor(desk, Trusted);

        var trusted = await visitor.SendAsync(HttpMethod.Options, "conversations/x/activities", null);
        visitor.Origin = "https://evil.example";
        var foreign = await visitor.SendAsync(HttpMethod.Options, "conversations/x/activities", null);

        Assert.Equal(204, trusted.Status);
        Assert.Contains("authorization", trusted.Header("Access-Control-Allow-Headers"), StringComparison.Ordinal);
        Assert.Contains("x-ms-bot-agent", trusted.Header("Access-Control-Allow-Headers"), StringComparison.Ordinal);
        Assert.Null(foreign.Header("Access-Control-Allow-Origin"));
    }

    [Fact]
    public async Task A_server_with_the_secret_names_the_user_and_where_the_token_may_be_used()
    {
        await using var desk = await TestDesk.StartAsync(s =>
        {
            s["Agencies:demo:Web:Secret"] = Secret;
            s["Agencies:demo:Web:TrustedOrigins:0"] = Trusted;
            s["Agencies:demo:Web:TrustedOrigins:1"] = "https://other.agency.go.th";
        });
        using var visitor = new WebVisitor(desk, "");

        var answer = await visitor.SendAsync(HttpMethod.Post, "tokens/generate", new { User = new { Id = "dl_somchai" }, trustedOrigins = new[] { Trusted } }, Secret);
        (visitor.Token, visitor.Conversation) = ((string)answer.Json["token"]!, (string)answer.Json["conversationId"]!);
        await visitor.BeginAsync();
        await visitor.PostAsync(new { type = "message", text = "สวัสดี", from = new { id = "somebody-else", role = "bot" } });
        var seen = await visitor.SeeAsync(3);
        visitor.Origin = "https://other.agency.go.th";
        var narrowed = await visitor.ReadAsync();

        Assert.Equal("dl_somchai", (string?)seen.Single(a => (string?)a["from"]!["role"] == "user")["from"]!["id"]);
        Assert.Equal("OriginNotTrusted", narrowed.Code);
        Assert.Equal("BadSecret", (await visitor.SendAsync(HttpMethod.Post, "tokens/generate", null, Secret + "x")).Code);
        Assert.Equal("BadArgument", (await visitor.SendAsync(HttpMethod.Post, "tokens/generate", new { user = new { id = "somchai" } }, Secret)).Code);
    }

    [Fact]
    public async Task An_expired_token_opens_nothing_and_a_renewed_one_goes_on()
    {
        var time = new ShiftedTime();
        await using var desk = await TestDesk.StartAsync(change: b => b.Services.AddSingleton<TimeProvider>(time));
        using var visitor = await WebVisitor.ArriveAsync(desk);
        var first = visitor.Token;
        time.Ahead = TimeSpan.FromMinutes(20);
        Assert.Equal(200, (await visitor.RefreshAsync()).Status);

        time.Ahead = TimeSpan.FromMinutes(40);

        Assert.Equal(200, (await visitor.ReadAsync()).Status);
        visitor.Token = first;
        foreach (var refused in (WebAnswer[])[await visitor.ReadAsync(), await visitor.SayAsync("hello"), await visitor.RefreshAsync(), await visitor.BeginAsync()])
        {
            Assert.Equal(403, refused.Status);
            Assert.Equal("TokenExpired", refused.Code);
        }
    }

    [Fact]
    public async Task Tokens_survive_a_restart()
    {
        await using var desk = await TestDesk.StartAsync();
        using var visitor = await WebVisitor.ArriveAsync(desk);

        await desk.RestartAsync();
        visitor.Origin = desk.Url;

        Assert.Equal(200, (await visitor.ReadAsync()).Status);
    }

    [Fact]
    public async Task The_token_decides_the_conversation_and_never_the_address()
    {
        await using var desk = await TestDesk.StartAsync();
        using var somchai = await WebVisitor.ArriveAsync(desk);
        using var malee = await WebVisitor.ArriveAsync(desk);
        (malee.Conversation, var own) = (somchai.Conversation, malee.Conversation);

        Assert.Equal("ConversationNotFound", (await malee.ReadAsync()).Code);
        Assert.Equal(404, (await malee.SayAsync("hello")).Status);
        Assert.Equal(404, (await malee.ReconnectAsync("0")).Status);
        Assert.Equal(404, (await malee.UploadAsync(null, ("a.txt", "text/plain", [1]))).Status);
        var stolen = malee.StreamUrl.Replace(own, somchai.Conversation, StringComparison.Ordinal);
        await Assert.ThrowsAsync<System.Net.WebSockets.WebSocketException>(() => WebPage.OpenAsync(stolen, malee.Origin));
    }

    [Fact]
    public async Task Without_or_with_a_malformed_authorization_the_answer_is_401()
    {
        await using var desk = await TestDesk.StartAsync();
        using var visitor = await WebVisitor.ArriveAsync(desk);

        var none = await visitor.SendAsync(HttpMethod.Get, $"conversations/{visitor.Conversation}/activities", null, bearer: null);

        Assert.Equal(401, none.Status);
        Assert.Equal("MissingAuthorization", none.Code);
    }

    [Fact]
    public async Task A_hundred_thousand_guessed_and_bent_tokens_read_nothing()
    {
        await using var desk = await TestDesk.StartAsync();
        using var visitor = await WebVisitor.ArriveAsync(desk);
        var reads = 0;
        var endpoint = desk.Get<WebEntrance>().WithToken((_, _) =>
        {
            Interlocked.Increment(ref reads);
            return Task.FromResult<DirectLineError?>(null);
        });
        var known = visitor.Token;
        await CallAsync(known, 0);
        Assert.Equal(1, reads);
        var visitorSeal = desk.Get<WebSeals>().Seal(new KnownVisitor("demo", "dl_x", visitor.Conversation, DateTimeOffset.MaxValue.AddDays(-1)));

        await Parallel.ForAsync(0, 100_000, TestContext.Current.CancellationToken, async (n, _) => await CallAsync(Guess(n), n));

        Assert.Equal(1, reads);

        string Guess(int n) => (n % 5) switch
        {
            0 => Base64(RandomNumberGenerator.GetBytes(180)),
            1 => Bent(known, n),
            2 => known[..^(1 + (n % 200))],
            3 => Bent(visitorSeal, n + 40),
            _ => n % 2 == 0 ? visitorSeal : known + (char)('A' + (n % 26)),
        };

        async Task CallAsync(string token, int n)
        {
            var http = new DefaultHttpContext { RequestServices = desk.Get<IServiceProvider>() };
            http.Request.Headers.Authorization = $"Bearer {token}";
            http.Connection.RemoteIpAddress = new IPAddress(n + 1L);
            await endpoint(http);
        }
    }

    private static string Base64(byte[] bytes) => Convert.ToBase64String(bytes).TrimEnd('=').Replace('+', '-').Replace('/', '_');

    /// <summary>One letter changed; the last one is left, whose spare bits do not count.</summary>
    private static string Bent(string token, int n)
    {
        var letters = token.ToCharArray();
        var at = n % (letters.Length - 1);
        letters[at] = letters[at] == 'A' ? 'B' : 'A';
        return new string(letters);
    }
}
