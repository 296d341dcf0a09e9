using System.Net;
using System.Text;
using System.Text.Json;
using ChatDesk.Channels.Line.Receiving;
using ChatDesk.LineSimulator.Webhooks;
using ChatDesk.Tests.Fixtures;
using ChatDesk.Tests.LineSimulator;

namespace ChatDesk.Tests.Channels.Line.Receiving;

/// <summary>What comes in at the webhook: kept, acknowledged, or refused without a trace.</summary>
public sealed class LineWebhookTests
{
    [Fact]
    public async Task Every_example_that_LINE_publishes_is_acknowledged_and_stored()
    {
        var examples = Directory.GetFiles(Shared.LinePath("webhook-examples"), "*.json");
        await using var desk = await TestDesk.StartAsync();
        var events = 0;
        foreach (var file in examples)
        {
            var body = await File.ReadAllBytesAsync(file, TestContext.Current.CancellationToken);
            events += JsonDocument.Parse(body).RootElement.GetProperty("events").GetArrayLength();

            Assert.Equal(200, (await desk.Sender.PostAsync(body, signature: null, TestContext.Current.CancellationToken)).Status);
        }
        await desk.TurnsTakenAsync();

        Assert.True(examples.Length >= 20);
        Assert.Equal(events, desk.Count("SELECT count(*) FROM inbox"));
        Assert.Equal(0, desk.Count("SELECT count(*) FROM inbox WHERE state = 2"));
    }

    [Fact]
    public async Task Every_signature_vector_agrees()
    {
        var vectors = await File.ReadAllTextAsync(Shared.LinePath("signature-vectors.json"), TestContext.Current.CancellationToken);
        foreach (var vector in JsonDocument.Parse(vectors).RootElement.EnumerateArray())
        {
            var signature = new LineSignature([vector.GetProperty("channelSecret").GetString()!]);
            var verified = signature.Verifies(Encoding.UTF8.GetBytes(vector.GetProperty("body").GetString()!), vector.GetProperty("signature").GetString());
            Assert.Equal(vector.GetProperty("valid").GetBoolean(), verified);
        }
    }

    [Fact]
    public async Task During_a_change_over_both_secrets_are_good_and_a_third_is_not()
    {
        await using var desk = await TestDesk.StartAsync(settings => settings["Agencies:demo:Line:ChannelSecrets:1"] = "the-new-secret");
        var body = Encoding.UTF8.GetBytes("""{"destination":"xxxxxxxxxx","events":[]}""");

        Assert.Equal(200, (await PostAsync(desk, body, WebhookSignature.Of(desk.Channel.Setup.Secret, body))).Status);
        Assert.Equal(200, (await PostAsync(desk, body, WebhookSignature.Of("the-new-secret", body))).Status);
        Assert.Equal(401, (await PostAsync(desk, body, WebhookSignature.Of("some-other-secret", body))).Status);
    }

    [Fact]
    public async Task Ten_thousand_forged_signatures_are_refused_and_leave_no_row()
    {
        await using var desk = await TestDesk.StartAsync();
        var body = WebhookEvent.Body(desk.Channel.Setup.BotUserId, [desk.Events.Message.Text(desk.Person(), "ข้อความจริง")], false);
        var right = WebhookSignature.Of(desk.Channel.Setup.Secret, body);

        await Parallel.ForEachAsync(Enumerable.Range(0, 10_000), TestContext.Current.CancellationToken, async (n, cancel) =>
        {
            var (forgedBody, signature) = Forge(n, body, right, new Random(n));
            Assert.Equal(401, (await desk.Sender.PostAsync(forgedBody, signature, cancel)).Status);
        });

        Assert.Equal(0, desk.Count("SELECT count(*) FROM inbox"));
        Assert.Equal(0, desk.Count("SELECT count(*) FROM conversations"));
        Assert.DoesNotContain(desk.Log.Lines, line => line.Contains("ข้อความจริง", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData(4 * 1024 * 1024 + 1, true)]
    [InlineData(4 * 1024 * 1024 + 1, false)]
    [InlineData(30 * 1024 * 1024, true)]
    public async Task Over_four_mebibytes_is_refused_with_413(int bytes, bool withLength)
    {
        await using var desk = await TestDesk.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Post, $"{desk.Url}/line/demo/webhook");
        request.Content = withLength ? new ByteArrayContent(new byte[bytes]) : new StreamContent(new EndlessZeros(bytes));
        request.Headers.TransferEncodingChunked = !withLength;
        request.Headers.ExpectContinue = true;

        using var answer = await desk.Http.SendAsync(request, TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, answer.StatusCode);
    }

    [Fact]
    public async Task A_hundred_long_Thai_messages_in_one_body_are_taken()
    {
        await using var desk = await TestDesk.StartAsync();
        var somchai = desk.Person();
        var body = Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new
        {
            destination = desk.Channel.Setup.BotUserId,
            events = Enumerable.Range(0, 100).Select(n => new
            {
                type = "message",
                mode = "active",
                timestamp = 1_700_000_000_000 + n,
                webhookEventId = $"01LONG{n:d20}",
                source = new { type = "user", userId = somchai.UserId },
                message = new { type = "text", id = $"{n}", text = new string('ก', 5_000) },
            }),
        }));

        Assert.True(body.Length > 2_900_000);
        Assert.Equal(200, (await PostAsync(desk, body)).Status);
        Assert.Equal(100, desk.Count("SELECT count(*) FROM inbox"));
    }

    [Theory]
    [InlineData("""{"type":"message","webhookEventId":"A1","timestamp":"yesterday","source":[],"message":"hello","mode":7}""")]
    [InlineData("""{"type":"greatNewEvent","webhookEventId":"A2","source":{"type":"planet","planetId":"P1"}}""")]
    [InlineData("""{"type":"message","webhookEventId":"A3","message":{"type":"hologram","id":"9"}}""")]
    [InlineData("""{"type":"message","webhookEventId":"A4","timestamp":1700000000000,"source":{"type":"user","userId":"U1"},"message":{"type":"text","id":"1","text":"a\ud800b\u0000c"}}""")]
    [InlineData("""{}""")]
    [InlineData("""{"webhookEventId":"A5","type":null,"source":null,"message":null,"replyToken":null,"timestamp":99999999999999999999}""")]
    [InlineData("""7""")]
    [InlineData("""null""")]
    [InlineData("""["event"]""")]
    public async Task An_odd_event_is_kept_and_its_neighbours_are_answered(string odd)
    {
        await using var desk = await TestDesk.StartAsync();
        var (somchai, somsri) = (desk.Person(), desk.Person());
        var first = desk.Events.Message.Text(somchai, "ก่อน").Json(false);
        var last = desk.Events.Message.Text(somsri, "หลัง").Json(false);
        var body = Encoding.UTF8.GetBytes($$"""{"destination":"U","events":[{{first}},{{odd}},{{last}}]}""");

        Assert.Equal(200, (await PostAsync(desk, body)).Status);
        await desk.SeenAsync(somchai, 1);
        await desk.SeenAsync(somsri, 1);
        await desk.TurnsTakenAsync();

        Assert.Equal(3, desk.Count("SELECT count(*) FROM inbox"));
        Assert.Equal(1, desk.Count("SELECT count(*) FROM inbox WHERE CAST(raw AS TEXT) = ?1", odd));
    }

    [Theory]
    [InlineData("not json at all")]
    [InlineData("[]")]
    [InlineData("{\"events\":7}")]
    [InlineData("{\"events\":[{\"type\":")]
    public async Task A_signed_body_that_is_no_webhook_is_kept_in_quarantine(string text)
    {
        await using var desk = await TestDesk.StartAsync();

        Assert.Equal(200, (await PostAsync(desk, Encoding.UTF8.GetBytes(text))).Status);

        Assert.Equal(1, desk.Count("SELECT count(*) FROM inbox WHERE state = 2 AND reason IS NOT NULL"));
    }

    [Fact]
    public async Task A_very_deep_event_is_set_aside_alone()
    {
        await using var desk = await TestDesk.StartAsync();
        var somchai = desk.Person();
        var deep = string.Concat(Enumerable.Repeat("{\"a\":", 5_000)) + "1" + new string('}', 5_000);
        var body = Encoding.UTF8.GetBytes($$"""{"events":[{{deep}},{{desk.Events.Message.Text(somchai, "ปกติ").Json(false)}}]}""");

        Assert.Equal(200, (await PostAsync(desk, body)).Status);
        await desk.SeenAsync(somchai, 1);

        Assert.Equal(1, desk.Count("SELECT count(*) FROM inbox WHERE state = 2"));
    }

    [Fact]
    public async Task Every_kind_of_event_the_simulator_knows_gets_its_turn_without_a_fault()
    {
        await using var desk = await TestDesk.StartAsync();
        var somchai = desk.Person();
        var events = desk.Events;
        WebhookEvent[] all =
        [
            events.Message.Video(somchai), events.Message.Audio(somchai), events.Message.Document(somchai, "แบบฟอร์ม.pdf"), events.Message.Location(somchai, 13.7, 100.5),
            events.Message.Sticker(somchai), events.Message.Image(somchai, album: ("A", 1, 2)), events.Message.Image(somchai, album: ("A", 2, 2)),
            events.Postback(somchai, "menu"), events.Postback(somchai, "x", ("newRichMenuAliasId", "b"), ("status", "SUCCESS")), events.Follow(somchai), events.Unfollow(somchai),
            events.VideoPlayComplete(somchai, "t"), events.Beacon(somchai, "hw"), events.AccountLink(somchai, "n"), events.AccountLink(somchai, "n", ok: false), events.Membership(somchai, "joined"),
            events.ModuleAttached("message:send"), events.ModuleDetached(), events.Activated(somchai, TimeProvider.System.GetUtcNow()), events.Deactivated(somchai),
            events.BotSuspended(), events.BotResumed(), events.Delivery("d"), events.Unheard(somchai), events.Message.Unheard(somchai),
        ];

        await desk.PostAsync(all);
        await desk.SettledAsync();

        Assert.Equal(all.Length, desk.Count("SELECT count(*) FROM inbox WHERE state = 1"));
        Assert.DoesNotContain(desk.Log.Lines, line => line.StartsWith("Error", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Without_an_event_id_a_second_delivery_is_still_recognised()
    {
        await using var desk = await TestDesk.StartAsync();
        var somchai = desk.Person();
        var body = Encoding.UTF8.GetBytes($$$"""{"events":[{"type":"message","timestamp":1,"source":{"type":"user","userId":"{{{somchai.UserId}}}"},"message":{"type":"text","id":"77","text":"a"}}]}""");

        await PostAsync(desk, body);
        await PostAsync(desk, body);

        Assert.Equal(1, desk.Count("SELECT count(*) FROM inbox"));
    }

    [Fact]
    public async Task An_unknown_agency_is_404_and_a_get_is_405()
    {
        await using var desk = await TestDesk.StartAsync();
        using var unknown = await desk.Http.PostAsync(new Uri($"{desk.Url}/line/nobody/webhook"), new ByteArrayContent([]), TestContext.Current.CancellationToken);
        using var read = await desk.Http.GetAsync(new Uri($"{desk.Url}/line/demo/webhook"), TestContext.Current.CancellationToken);

        Assert.Equal(HttpStatusCode.NotFound, unknown.StatusCode);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, read.StatusCode);
    }

    private static Task<WebhookAck> PostAsync(TestDesk desk, byte[] body, string? signature = null) =>
        desk.Sender.PostAsync(body, signature, TestContext.Current.CancellationToken);

    private static (byte[] Body, string Signature) Forge(int n, byte[] body, string right, Random random)
    {
        var flipped = Convert.FromBase64String(right);
        flipped[random.Next(flipped.Length)] ^= (byte)(1 << random.Next(8));
        var altered = (byte[])body.Clone();
        altered[random.Next(altered.Length)] ^= 1;
        return (n % 10) switch
        {
            0 or 1 or 2 => (body, Convert.ToBase64String(flipped)),
            3 or 4 => (altered, right),
            5 => (body, WebhookSignature.Of($"secret-{n}", body)),
            6 => (body, ""),
            7 => (body, Convert.ToHexStringLower(Convert.FromBase64String(right))),
            8 => (body, right[..random.Next(43)]),
            _ => (body, right + " ="),
        };
    }

    /// <summary>A body of unknown length.</summary>
    private sealed class EndlessZeros(int left) : Stream
    {
        private int _left = left;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

        public override long Position { get => throw new NotSupportedException(); set => throw new NotSupportedException(); }

        public override int Read(byte[] buffer, int offset, int count)
        {
            var read = Math.Min(_left, count);
            _left -= read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
