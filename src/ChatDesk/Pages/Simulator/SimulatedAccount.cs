using System.Text.Json;
using System.Text.Json.Nodes;
using ChatDesk.LineSimulator;
using ChatDesk.LineSimulator.Api;
using ChatDesk.LineSimulator.Channel;
using ChatDesk.LineSimulator.Faults;
using ChatDesk.LineSimulator.Webhooks;

namespace ChatDesk.Pages.Simulator;

/// <summary>One agency's simulated LINE account with three people, and the log of everything that went over the wire.</summary>
internal sealed class SimulatedAccount : IDisposable
{
    /// <summary>How long a late event was under way: longer than a reply token lives.</summary>
    private static readonly TimeSpan TooLate = TimeSpan.FromSeconds(75);

    private static readonly (string Letter, string Name, string Language)[] Cast = [("A", "สมชาย ใจดี", "th"), ("B", "วิภา ศรีสุข", "th"), ("C", "Jane Miller", "en")];

    private readonly HttpClient _http = new();
    private readonly TimeProvider _time;
    private readonly FaultPlan _faults;
    private readonly Dictionary<string, WebhookEvent> _last = new(StringComparer.Ordinal);

    public SimulatedAccount(string agency, LineChannel channel, LineApi api, TimeProvider time)
    {
        (Agency, Channel, _time, _faults) = (agency, channel, time, api.Faults);
        Log = new WireLog(time);
        foreach (var (letter, name, language) in Cast) channel.People.Add(new LinePerson(IdOf(letter), name, Standing.Stranger, language));
        channel.Accepted += Accepted;
        api.Handled += Refused;
    }

    public string Agency { get; }

    public LineChannel Channel { get; }

    public WireLog Log { get; }

    /// <summary>Where this desk takes LINE's webhooks; known once the desk listens.</summary>
    public Uri? Webhook { get; set; }

    /// <summary>Letters and names of the people.</summary>
    public static IEnumerable<(string Letter, string Name)> People => Cast.Select(p => (p.Letter, p.Name));

    /// <summary>Does what somebody does on the phone.</summary>
    /// <param name="act">What, with its particulars, as the page sends it.</param>
    /// <param name="cancel">Gives up.</param>
    /// <returns>False when the page asked for something that is not known here.</returns>
    public async Task<bool> DoAsync(SimulatorAct act, CancellationToken cancel)
    {
        if (!Cast.Any(p => p.Letter == act.User)) return false;
        var person = ChatSource.User(IdOf(act.User));
        switch (act.Do)
        {
            case "redeliver" when Last(act.User) is { } last:
                await PostAsync(act.User, last, isRedelivery: true, cancel);
                return true;
            case "limit":
                _faults.Script(LineEndpoint.Reply, FaultKind.RateLimited).Script(LineEndpoint.Push, FaultKind.RateLimited);
                Log.Add("note", new JsonObject { ["note"] = "limit" });
                return true;
            case "unsend" when act.MessageId is { } id:
                await SayAsync(act.User, new WebhookEvents(Channel, _time).Unsend(person, id), "unsend", new JsonObject { ["messageId"] = id }, cancel);
                return true;
        }
        // LINE delivers late at times; the event then carries no reply token that could still be used, and only a push answers it.
        var events = new WebhookEvents(Channel, act.Late ? new Earlier(_time, TooLate) : _time) { WithReplyToken = !act.Late };
        if (Make(events, person, act) is not { } made) return false;
        var shown = made.MessageId is { } message ? new JsonObject { ["messageId"] = message } : [];
        shown["message"] = act.Shown();
        if (act.Do is "follow" or "unfollow") Channel.People.Change(person.ChatId, act.Do == "follow" ? Standing.Friend : Standing.Blocked);
        await SayAsync(act.User, made, act.Do, shown, cancel);
        return true;
    }

    public void Dispose() => _http.Dispose();

    private static WebhookEvent? Make(WebhookEvents events, ChatSource who, SimulatorAct act) => act.Do switch
    {
        "follow" => events.Follow(who),
        "unfollow" => events.Unfollow(who),
        "text" when act.Text is { Length: > 0 and <= 5000 } text => events.Message.Text(who, text),
        "sticker" => events.Message.Sticker(who),
        "image" => events.Message.Image(who, 48 * 1024),
        "location" => events.Message.Location(who, act.Latitude, act.Longitude, act.Title, act.Text),
        "postback" when act.Data is { Length: > 0 and <= 300 } data => events.Postback(who, data),
        _ => null,
    };

    private async Task SayAsync(string letter, WebhookEvent made, string what, JsonObject shown, CancellationToken cancel)
    {
        shown["user"] = letter;
        shown["do"] = what;
        Log.Add("said", shown);
        lock (_last) _last[letter] = made;
        await PostAsync(letter, made, isRedelivery: false, cancel);
    }

    private async Task PostAsync(string letter, WebhookEvent made, bool isRedelivery, CancellationToken cancel)
    {
        var sender = new WebhookSender(_http, Webhook ?? throw new InvalidOperationException("the desk does not listen yet"), Channel, _time);
        var ack = await sender.PostAsync([made], isRedelivery, cancel);
        Log.Add("webhook", new JsonObject
        {
            ["user"] = letter,
            ["type"] = made.Type,
            ["status"] = ack.Status,
            ["ms"] = Math.Round(ack.Took.TotalMilliseconds, 1),
            ["redelivery"] = isRedelivery,
            ["late"] = _time.GetUtcNow() - made.At > TimeSpan.FromSeconds(50),
            ["id"] = made.Id,
            ["body"] = made.Json(isRedelivery),
        });
    }

    private WebhookEvent? Last(string letter)
    {
        lock (_last) return _last.GetValueOrDefault(letter);
    }

    private void Accepted(AcceptedCall call) => Log.Add("call", new JsonObject
    {
        ["endpoint"] = call.Kind.ToString().ToLowerInvariant(),
        ["status"] = 200,
        ["to"] = new JsonArray([.. call.To.Select(id => (JsonNode?)LetterOf(id))]),
        ["seenBy"] = new JsonArray([.. call.SeenBy.Select(id => (JsonNode?)LetterOf(id))]),
        ["counted"] = call.Counted,
        ["left"] = Channel.Quota.Limit - Channel.Quota.Used,
        ["retryKey"] = call.RetryKey?.ToString(),
        ["messages"] = JsonNode.Parse(call.Body)?["messages"]?.DeepClone(),
    });

    /// <summary>Calls that LINE did not take, and the small ones besides messages.</summary>
    private void Refused(ReceivedRequest request)
    {
        // The quota watch asks all day; that is no news.
        if (request.Endpoint is LineEndpoint.Quota or LineEndpoint.Consumption or LineEndpoint.BotInfo or LineEndpoint.Token) return;
        var isSend = request.Endpoint is LineEndpoint.Reply or LineEndpoint.Push or LineEndpoint.Multicast;
        if (isSend && request.Status == 200) return;
        if (ChatOf(request) is { } chat && LetterOf(chat) is null) return;
        Log.Add("call", new JsonObject
        {
            ["endpoint"] = request.Endpoint.ToString().ToLowerInvariant(),
            ["status"] = request.Status,
            ["to"] = ChatOf(request) is { } id ? new JsonArray(LetterOf(id)) : [],
            ["retryKey"] = request.RetryKey,
        });
    }

    private static string? ChatOf(ReceivedRequest request)
    {
        if (request.Endpoint == LineEndpoint.Profile) return request.Path[(request.Path.LastIndexOf('/') + 1)..];
        try
        {
            var body = JsonNode.Parse(request.Body);
            return (body?["to"] as JsonValue)?.ToString() ?? (body?["chatId"] as JsonValue)?.ToString();
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private string IdOf(string letter) => $"U{Convert.ToHexStringLower(System.IO.Hashing.XxHash128.Hash(System.Text.Encoding.UTF8.GetBytes($"{Agency}/{letter}")))}";

    private string? LetterOf(string id) => Cast.Select(p => p.Letter).FirstOrDefault(l => IdOf(l) == id);

    /// <summary>The same clock, some time ago.</summary>
    private sealed class Earlier(TimeProvider time, TimeSpan by) : TimeProvider
    {
        public override DateTimeOffset GetUtcNow() => time.GetUtcNow() - by;
    }
}
