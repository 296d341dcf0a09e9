using ChatDesk.Tests.Fixtures;

namespace ChatDesk.Tests.Channels.Web;

/// <summary>What a page posts, what is kept of it, and what comes back.</summary>
public sealed class ActivityTests
{
    [Fact]
    public async Task A_conversation_greets_once_and_in_the_language_of_the_browser()
    {
        await using var desk = await TestDesk.StartAsync();
        using var thai = await WebVisitor.ArriveAsync(desk);
        using var english = await WebVisitor.ArriveAsync(desk, "en-US");
        await thai.BeginAsync();
        await thai.PostAsync(new { type = "conversationUpdate", membersAdded = Array.Empty<object>() });
        await thai.PostAsync(new { type = "event", name = "webchat/join" });
        await english.SeeAsync(1);
        await desk.SettledAsync();

        var seen = await thai.SeeAsync(1);

        Assert.StartsWith("สวัสดี", (string?)Assert.Single(seen)["text"], StringComparison.Ordinal);
        Assert.NotEmpty(seen[0]["suggestedActions"]!["actions"]!.AsArray());
        Assert.StartsWith("Hello", (string?)Assert.Single(await english.SeeAsync(1))["text"], StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_posted_comes_back_once_with_its_id_and_untouched_channel_data_before_its_answer()
    {
        await using var desk = await TestDesk.StartAsync();
        using var visitor = await WebVisitor.ArriveAsync(desk);
        const string channelData = """{"clientActivityID":"a1","clientTimestamp":"2026-11-23T03:00:00.000Z","deep":{"n":[1,2.50,"\ud800",null]}}""";

        var posted = await visitor.SendAsync(HttpMethod.Post, $"conversations/{visitor.Conversation}/activities",
            $$$"""{"type":"message","text":"อยากเปิดร้านกาแฟ","textFormat":"plain","locale":"th","attachments":[],"channelData":{{{channelData}}},"unknown":{"x":1}}""");
        await desk.SettledAsync();
        await visitor.SeeAsync(3);
        var raw = System.Text.Encoding.UTF8.GetString((await visitor.ReadAsync()).Bytes);
        var seen = await visitor.SeeAsync(3);

        var echo = Assert.Single(seen, a => (string?)a["id"] == posted.Id);
        Assert.Equal("อยากเปิดร้านกาแฟ", (string?)echo["text"]);
        Assert.Equal("user", (string?)echo["from"]!["role"]);
        Assert.Contains($"\"channelData\":{channelData}", raw, StringComparison.Ordinal);
        var answer = seen[seen.ToList().IndexOf(echo) + 1];
        Assert.Equal("bot", (string?)answer["from"]!["role"]);
        Assert.Equal(posted.Id, (string?)answer["replyToId"]);
    }

    [Fact]
    public async Task A_second_try_of_the_same_post_is_the_same_activity_however_many_come_at_once()
    {
        await using var desk = await TestDesk.StartAsync(s => s["Web:MessagesPerMinute"] = "1000");
        using var visitor = await WebVisitor.ArriveAsync(desk);

        var answers = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => visitor.SayAsync("ขอใบอนุญาตกี่วัน", "same")));
        var other = await visitor.SayAsync("อีกเรื่องหนึ่ง", "same");
        await desk.SettledAsync();
        var seen = await visitor.SeeAsync(4);

        Assert.Single(answers.Select(a => a.Id).Distinct());
        Assert.NotEqual(answers[0].Id, other.Id);
        Assert.Equal(2, seen.Count(a => (string?)a["from"]!["role"] == "user"));
        Assert.Equal(2, desk.Count("SELECT count(*) FROM inbox WHERE event_id NOT LIKE '%|arrived'"));
    }

    [Fact]
    public async Task A_second_try_after_a_restart_is_the_same_activity_too()
    {
        await using var desk = await TestDesk.StartAsync();
        using var visitor = await WebVisitor.ArriveAsync(desk);
        var first = await visitor.SayAsync("ขอใบอนุญาตกี่วัน", "same");

        await desk.RestartAsync();
        visitor.Origin = desk.Url;
        var second = await visitor.SayAsync("ขอใบอนุญาตกี่วัน", "same");
        await desk.SettledAsync();

        Assert.Equal(first.Id, second.Id);
        Assert.Single(await visitor.SeeAsync(3), a => (string?)a["from"]!["role"] == "user");
    }

    [Fact]
    public async Task Buttons_bring_their_hidden_value_in_the_three_ways_clients_send_it()
    {
        await using var desk = await TestDesk.StartAsync();
        using var visitor = await WebVisitor.ArriveAsync(desk);

        await visitor.PostAsync(new { type = "message", text = "หาใบอนุญาต", value = "dialog:start:permit_finder", channelData = new { messageBack = new { displayText = "หาใบอนุญาต" } } });
        await visitor.PostAsync(new { type = "message", text = "dialog:start:signboard_tax", channelData = new { postBack = true } });
        await visitor.PostAsync(new { type = "message", value = "dialog:start:file_complaint", channelData = new { postBack = true } });
        await desk.SettledAsync();

        Assert.Equal(["dialog:permit_finder", "dialog:signboard_tax", "dialog:file_complaint"],
            desk.Column("SELECT outcome FROM inbox WHERE outcome LIKE 'dialog:%' ORDER BY turn"));
    }

    [Fact]
    public async Task A_place_is_kept_as_a_place()
    {
        await using var desk = await TestDesk.StartAsync();
        using var visitor = await WebVisitor.ArriveAsync(desk);

        var posted = await visitor.PostAsync(new { type = "message", entities = new[] { new { type = "Place", name = "ตลาด", geo = new { type = "GeoCoordinates", latitude = 13.75, longitude = 100.5 } } } });
        await desk.SettledAsync();

        Assert.Equal("13.75", desk.Column("SELECT CAST(activity AS TEXT) ->> '$.location.latitude' FROM inbox WHERE event_id = ?1", posted.Id).Single());
        Assert.Contains(await visitor.SeeAsync(3), a => (string?)a["id"] == posted.Id && (double?)a["entities"]![0]!["geo"]!["latitude"] == 13.75);
    }

    [Theory]
    [InlineData("{\"type\":\"message\"}", 400, "MissingProperty")]
    [InlineData("{\"type\":\"message\",\"text\":\"  \",\"attachments\":[]}", 400, "MissingProperty")]
    [InlineData("{\"type\":\"message\",\"text\":", 400, "BadArgument")]
    [InlineData("[]", 400, "BadArgument")]
    [InlineData("{\"type\":\"message\",\"text\":\"x\",\"attachments\":[{\"contentUrl\":\"javascript:alert(1)\"}]}", 400, "BadAttachment")]
    [InlineData("{\"type\":\"message\",\"text\":null,\"value\":[1],\"entities\":7,\"attachments\":{},\"channelData\":\"x\"}", 400, "MissingProperty")]
    [InlineData("{\"type\":\"typing\"}", 200, null)]
    [InlineData("{\"type\":\"greatNewType\",\"text\":5}", 200, null)]
    [InlineData("{\"type\":7,\"text\":\"x\",\"from\":7}", 200, null)]
    public async Task What_cannot_be_taken_is_refused_with_a_reason_and_nothing_is_stored(string body, int status, string? code)
    {
        await using var desk = await TestDesk.StartAsync();
        using var visitor = await WebVisitor.ArriveAsync(desk);

        var answer = await visitor.SendAsync(HttpMethod.Post, $"conversations/{visitor.Conversation}/activities", body);

        Assert.Equal(status, answer.Status);
        Assert.Equal(code, status == 200 ? null : answer.Code);
        if (code is not null || body.Contains("typ", StringComparison.Ordinal) && !body.Contains("\"x\"", StringComparison.Ordinal))
            Assert.Equal(0, desk.Count("SELECT count(*) FROM inbox WHERE event_id NOT LIKE '%|arrived'"));
    }

    [Fact]
    public async Task Texts_have_a_limit_that_is_named_and_it_counts_utf16_units()
    {
        await using var desk = await TestDesk.StartAsync();
        using var visitor = await WebVisitor.ArriveAsync(desk);

        Assert.Equal(200, (await visitor.SayAsync(new string('ก', 2_000))).Status);
        var tooLong = await visitor.SayAsync(new string('ก', 2_001));
        var huge = await visitor.SayAsync(new string('x', 70_000));
        var crammed = await visitor.PostAsync(new { type = "message", text = "x", channelData = new { much = new string('x', 17_000) } });

        Assert.Equal((413, "MessageTooLong"), (tooLong.Status, tooLong.Code));
        Assert.Contains("2001", (string?)tooLong.Json["error"]!["message"], StringComparison.Ordinal);
        Assert.Equal((413, "TooLarge"), (huge.Status, huge.Code));
        Assert.Equal((413, "TooLarge"), (crammed.Status, crammed.Code));
    }

    [Fact]
    public async Task Letters_that_no_database_takes_become_the_sign_for_them()
    {
        await using var desk = await TestDesk.StartAsync();
        using var visitor = await WebVisitor.ArriveAsync(desk);

        var posted = await visitor.SendAsync(HttpMethod.Post, $"conversations/{visitor.Conversation}/activities", """{"type":"message","text":"a\u0000b\ud800c"}""");
        await desk.SettledAsync();

        var echo = (await visitor.SeeAsync(3)).Single(a => (string?)a["id"] == posted.Id);
        Assert.Equal("a\uFFFDb\uFFFDc", (string?)echo["text"]);
        var invalid = await visitor.SendAsync(HttpMethod.Post, $"conversations/{visitor.Conversation}/activities",
            new ByteArrayContent([.. "{\"type\":\"message\",\"text\":\""u8, 0xFF, 0xFE, .. "\"}"u8]));
        Assert.Equal(400, invalid.Status);
    }

    [Fact]
    public async Task Cards_are_hero_cards_and_addresses_that_run_something_are_no_buttons()
    {
        await using var desk = await TestDesk.StartAsync();
        using var visitor = await WebVisitor.ArriveAsync(desk);

        await visitor.SayAsync("ขอใบอนุญาตร้านอาหารกี่วัน");
        await desk.SettledAsync();
        var seen = await visitor.SeeAsync(4);

        var card = seen.SelectMany(a => a["attachments"]?.AsArray() ?? []).First()!;
        Assert.Equal("application/vnd.microsoft.card.hero", (string?)card["contentType"]);
        Assert.NotEmpty(card["content"]!["lines"]!.AsArray());
        Assert.All(card["content"]!["buttons"]!.AsArray(), b => Assert.Contains((string?)b!["type"], (string[])["imBack", "messageBack", "openUrl"]));
        Assert.All(seen.SkipLast(1), a => Assert.True(a["suggestedActions"] is null || (string?)a["id"] == (string?)seen[0]["id"]));
    }

    [Fact]
    public async Task Too_many_messages_are_held_off_with_a_time_to_wait_and_others_are_not()
    {
        await using var desk = await TestDesk.StartAsync(s => s["Web:MessagesPerMinute"] = "30");
        using var eager = await WebVisitor.ArriveAsync(desk);
        using var other = await WebVisitor.ArriveAsync(desk);

        var answers = new List<WebAnswer>();
        for (var n = 0; n < 30; n++) answers.Add(await eager.SayAsync($"ข้อความ {n}"));

        Assert.InRange(answers.Count(a => a.Status == 200), 10, 20);
        var refused = answers.First(a => a.Status == 429);
        Assert.True(int.Parse(refused.Header("Retry-After")!, System.Globalization.CultureInfo.InvariantCulture) > 0);
        Assert.Equal(200, (await other.SayAsync("สวัสดี")).Status);
        await desk.SettledAsync();
        Assert.Equal(answers.Count(a => a.Status == 200) + 1, desk.Count("SELECT count(*) FROM inbox WHERE event_id NOT LIKE '%|arrived'"));
    }

    [Fact]
    public async Task Everything_refused_has_one_form_and_nobody_reads_a_stack()
    {
        await using var desk = await TestDesk.StartAsync();
        using var visitor = await WebVisitor.ArriveAsync(desk);

        foreach (var (method, path) in ((string, string)[])[("GET", "nothing"), ("GET", "tokens/generate"), ("PUT", "conversations"), ("GET", "session/getsessionid"), ("GET", "files/x"), ("GET", $"conversations/{visitor.Conversation}/activities?watermark=-1"), ("GET", $"conversations/{visitor.Conversation}/stream?t=x")])
        {
            var answer = await visitor.SendAsync(new HttpMethod(method), path, null);
            Assert.InRange(answer.Status, 400, 499);
            Assert.Equal(["code", "message"], answer.Json["error"]!.AsObject().Select(f => f.Key));
            Assert.Equal("nosniff", answer.Header("X-Content-Type-Options"));
            Assert.Contains("frame-ancestors 'none'", answer.Header("Content-Security-Policy"), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Neither_words_nor_tokens_stand_in_the_log()
    {
        await using var desk = await TestDesk.StartAsync();
        using var visitor = await WebVisitor.ArriveAsync(desk);
        await using var page = await visitor.OpenAsync();

        await visitor.SayAsync("ความลับสุดยอด");
        await page.SeeAsync(a => a.Count >= 3);
        await visitor.SendAsync(HttpMethod.Post, $"conversations/{visitor.Conversation}/activities", "{\"text\":\"ความลับพัง");
        await desk.SettledAsync();

        var log = string.Join('\n', desk.Log.Lines);
        Assert.DoesNotContain("ความลับ", log, StringComparison.Ordinal);
        Assert.DoesNotContain(visitor.Token, log, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_longest_way_back_is_read_in_pages_without_a_gap()
    {
        await using var desk = await TestDesk.StartAsync(s => s["Web:MessagesPerMinute"] = "10000");
        using var visitor = await WebVisitor.ArriveAsync(desk);
        var ids = new List<string>();
        for (var n = 0; n < 70; n++) ids.Add((await visitor.SayAsync($"ข้อความที่ {n}")).Id);
        await desk.SettledAsync();

        var seen = await visitor.SeeAsync(140);

        Assert.Equal(ids, seen.Where(a => (string?)a["from"]!["role"] == "user").Select(a => (string)a["id"]!));
        Assert.Equal(seen.Count, seen.Select(a => (string)a["id"]!).Distinct().Count());
    }
}
