using System.Text;
using ChatDesk.Activities;
using ChatDesk.Delivery;
using ChatDesk.LineSimulator.Api;
using ChatDesk.Tests.Fixtures;
using ChatDesk.Tests.LineSimulator;

namespace ChatDesk.Tests.Channels.Line.Sending;

/// <summary>Whatever the desk is made to say, the request passes LINE's own document in its strict reading, and LINE (simulated, strict) takes it.</summary>
public sealed class LineOpenApiConformanceTests
{
    private static readonly string[] Texts =
    [
        "", " ", "สวัสดีค่ะ", "a", new string('ก', 5_001), new string('x', 26_000), "👨‍👩‍👧‍👦" + new string('่', 6_000), "a\ud800b\0c", "LINE", "\u200b\u202e",
        "https://info.go.th/" + new string('a', 1_200), string.Join('\n', Enumerable.Repeat("- หัวข้อยาวพอสมควรสำหรับหนึ่งบรรทัด", 300)),
    ];

    private static readonly string?[] Urls = [null, "https://info.go.th/x?y=ก", "tel:1569", "javascript:alert(1)", "http://example.com", "not a url", "https://" + new string('a', 2_000) + ".th"];

    [Fact]
    public async Task Every_request_passes_messaging_api_yml()
    {
        var document = LineOpenApi.Load(Shared.LinePath("messaging-api.yml"));
        await using var desk = await TestDesk.StartAsync();
        var sender = desk.Get<IEnumerable<IChannelSender>>().Single(s => s.Channel == "line");
        var somchai = desk.Person();
        var random = new Random(11);
        for (var n = 0; n < 400; n++)
        {
            var token = n % 2 == 0 ? desk.Channel.ReplyTokens.Issue(somchai.ChatId) : null;
            var result = await sender.SendAsync(Item(n, somchai.ChatId, token, random), TestContext.Current.CancellationToken);
            Assert.True(result.Status == SendStatus.Sent, $"item {n} ended {result.Status} {result.Reason}");
        }
        await sender.ShowWorkingAsync(new("demo", "line", somchai.ChatId), TestContext.Current.CancellationToken);
        await desk.PostAsync(desk.Events.Follow(somchai), desk.Events.Message.Text(somchai, "english"), desk.Events.Message.Text(somchai, "menu"));
        await desk.SettledAsync();

        var checkedBodies = 0;
        foreach (var request in desk.Api.Requests.All().Where(r => r.Body.Length > 0))
        {
            var operation = request.Endpoint switch
            {
                LineEndpoint.Reply => "replyMessage",
                LineEndpoint.Push => "pushMessage",
                LineEndpoint.Loading => "showLoadingAnimation",
                var other => throw new InvalidOperationException($"no rule for {other}"),
            };
            var body = Encoding.UTF8.GetString(request.Body);
            var problems = document.Validate(operation, body);
            Assert.True(problems.Count == 0, $"{operation}: {string.Join("; ", problems)}\n{body[..Math.Min(600, body.Length)]}");
            Assert.Equal(operation == "pushMessage", request.RetryKey is not null);
            checkedBodies++;
        }
        Assert.True(checkedBodies > 400);
    }

    private static OutboxItem Item(int n, string address, string? token, Random random) => new()
    {
        RowId = n,
        Id = $"event{n}:0",
        Conversation = new ConversationKey("demo", "line", address),
        Activities = [.. Enumerable.Range(0, random.Next(1, 8)).Select(_ => Activity(random))],
        ReplyHandle = token,
        ReplyHandleAt = TimeProvider.System.GetUtcNow(),
        CreatedAt = TimeProvider.System.GetUtcNow(),
    };

    private static OutboundActivity Activity(Random random) => new()
    {
        Text = Pick(random, Texts),
        Card = random.Next(3) == 0 ? new Card(Pick(random, Texts), [.. Enumerable.Range(0, random.Next(12)).Select(_ => new CardLine(random.Next(2) == 0 ? null : Pick(random, Texts), Pick(random, Texts), random.Next(2) == 0))], Choices(random, 6)) : null,
        Choices = Choices(random, 16),
        SpeakerName = random.Next(3) == 0 ? Pick(random, Texts) : null,
    };

    private static List<Choice> Choices(Random random, int most) =>
        [.. Enumerable.Range(0, random.Next(most)).Select(_ => new Choice(Pick(random, Texts), random.Next(2) == 0 ? null : Pick(random, Texts), random.Next(2) == 0 ? null : Pick(random, Texts), Pick(random, Urls)))];

    private static T Pick<T>(Random random, IReadOnlyList<T> from) => from[random.Next(from.Count)];
}
