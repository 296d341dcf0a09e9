using System.Text;
using ChatDesk.LinePlatform.Load;
using ChatDesk.LineSimulator;
using ChatDesk.LineSimulator.Channel;
using ChatDesk.LineSimulator.Webhooks;

namespace ChatDesk.LinePlatform.Bench;

/// <summary>Complete HTTP/1.1 requests, signed and laid out before the clock runs, so that sending them costs almost nothing.</summary>
internal sealed class PreparedRequests
{
    private readonly ReadOnlyMemory<byte>[] requests;

    private readonly string[] tokens;

    private PreparedRequests(ReadOnlyMemory<byte>[] requests, string[] tokens) => (this.requests, this.tokens) = (requests, tokens);

    public int Count => requests.Length;

    /// <summary>Requests are used in turn; a number beyond the last begins again (only the bare endpoint may see one twice).</summary>
    public ReadOnlyMemory<byte> this[int number] => requests[number % requests.Length];

    /// <summary>The reply token of a request's message, by which its answer is known again.</summary>
    public string TokenOf(int number) => tokens[number % tokens.Length];

    /// <summary>One text a webhook, each from the next of <paramref name="users"/> people.</summary>
    public static PreparedRequests Make(LineChannel channel, Uri webhook, int count, int users, int firstUser, TimeProvider time, string? text = null) =>
        Make(channel, webhook, count, i => LoadRun.UserId(seed: 7, firstUser + (i % users)), time, text);

    /// <summary>One text a webhook.</summary>
    /// <param name="userOf">Who writes the n-th.</param>
    public static PreparedRequests Make(LineChannel channel, Uri webhook, int count, Func<int, string> userOf, TimeProvider time, string? text = null)
    {
        var random = new Random(count);
        var events = new WebhookEvents(channel, time);
        var secret = Encoding.UTF8.GetBytes(channel.Setup.Secret);
        var prepared = new ReadOnlyMemory<byte>[count];
        var tokens = new string[count];
        for (var i = 0; i < count; i++)
        {
            var user = userOf(i);
            if (!channel.People.Knows(user)) channel.People.Add(new LinePerson(user, "Bench"));
            var message = events.Message.Text(ChatSource.User(user), text ?? Utterances.Pick(random));
            tokens[i] = message.ReplyToken!;
            var body = WebhookEvent.Body(channel.Setup.BotUserId, [message], isRedelivery: false);
            prepared[i] = Request(webhook, body, WebhookSignature.Of(secret, body));
        }

        return new(prepared, tokens);
    }

    private static byte[] Request(Uri webhook, byte[] body, string signature)
    {
        var head = Encoding.ASCII.GetBytes(
            $"POST {webhook.AbsolutePath} HTTP/1.1\r\nHost: {webhook.Authority}\r\nContent-Type: application/json; charset=utf-8\r\n"
            + $"User-Agent: LineBotWebhook/2.0\r\nx-line-signature: {signature}\r\nContent-Length: {body.Length}\r\n\r\n");
        return [.. head, .. body];
    }
}
