using System.Text.Json;
using ChatDesk.LinePlatform.Load;
using ChatDesk.LineSimulator.Channel;
using ChatDesk.LineSimulator.Webhooks;

namespace ChatDesk.LinePlatform.Torture;

/// <summary>
/// People who, before the trouble, ask the desk to speak English, and afterwards ask for the menu: whoever is answered
/// in Thai then has lost his place in the conversation.
/// </summary>
internal sealed class MiddleOfSomething(Scene scene, int people)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);
    private static readonly string[] Tappable = ["quickReply", "action", "actions", "defaultAction"];

    private readonly string[] users = [.. Enumerable.Range(0, people).Select(n => LoadRun.UserId(int.MaxValue, n))];

    public int Count => people;

    /// <summary>Everybody chooses English, and waits for the answer.</summary>
    public async Task BeginAsync(CancellationToken cancel)
    {
        foreach (var user in users) scene.Line.Channel.People.Add(new LinePerson(user, "Somebody in the middle", Language: "en"));
        await AskAllAsync("english", cancel);
    }

    /// <summary>Everybody asks for the menu.</summary>
    /// <returns>How many were answered, and in English.</returns>
    public async Task<int> ResumeAsync(CancellationToken cancel)
    {
        var before = users.ToDictionary(u => u, u => Seen(u).Count);
        await AskAllAsync("menu", cancel);
        return users.Count(u => Seen(u).Skip(before[u]).Select(m => TextOf(m.Message)).ToList() is { Count: > 0 } texts && IsEnglish(string.Concat(texts)));
    }

    /// <summary>Latin letters and none of Thai's.</summary>
    public static bool IsEnglish(string text) => text.Any(char.IsAsciiLetter) && !text.Any(c => c is >= '\u0E00' and <= '\u0E7F');

    /// <summary>What a person reads in a message: text, alternative text and the words of a card; not what can be tapped, since a button may well say "ภาษาไทย".</summary>
    public static string TextOf(JsonElement message)
    {
        switch (message.ValueKind)
        {
            case JsonValueKind.Array: return Lines(message.EnumerateArray().Select(TextOf));
            case JsonValueKind.Object: return Lines(message.EnumerateObject().Where(p => !Tappable.Contains(p.Name)).Select(Read));
            default: return "";
        }

        static string Lines(IEnumerable<string> parts) => string.Join('\n', parts.Where(p => p.Length > 0));

        static string Read(JsonProperty field) =>
            field.Value.ValueKind != JsonValueKind.String ? TextOf(field.Value) : field.Name is "text" or "altText" or "title" ? field.Value.GetString()! : "";
    }

    private IReadOnlyList<VisibleMessage> Seen(string user) => scene.Line.Channel.Calls.VisibleTo(user);

    private async Task AskAllAsync(string text, CancellationToken cancel)
    {
        var goal = users.ToDictionary(u => u, u => Seen(u).Count + 1);
        var make = new WebhookEvents(scene.Line.Channel, scene.Time);
        foreach (var user in users)
        {
            var webhook = make.Message.Text(ChatSource.User(user), text);
            scene.Journal.Sent(webhook, user, answerable: true);
            var ack = await scene.Sender.DeliverAsync([webhook], RedeliveryPlan.Patient, cancel: cancel);
            if (ack.IsOk) scene.Journal.Acked([webhook]);
        }

        var begun = scene.Time.GetTimestamp();
        while (users.Any(u => Seen(u).Count < goal[u]) && scene.Time.GetElapsedTime(begun) < Patience) await Task.Delay(100, cancel);
    }
}
