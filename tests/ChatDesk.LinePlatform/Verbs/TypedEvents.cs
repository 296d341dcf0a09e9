using ChatDesk.LinePlatform.Hosting;
using ChatDesk.LinePlatform.Load;
using ChatDesk.LineSimulator.Channel;
using ChatDesk.LineSimulator.Webhooks;

namespace ChatDesk.LinePlatform.Verbs;

/// <summary>Turns typed lines into webhook events of one citizen at a time.</summary>
internal sealed class TypedEvents(LineHost line, WebhookSender sender)
{
    private const string Help = """
        TEXT                a message
        /as N               write as citizen number N (1 to 99)
        /tap DATA           tap a button with this hidden value (postback)
        /sticker /image /location /file     send one
        /follow /unfollow   add, or block, the account
        /unsend             take the last message back
        /again              send the last webhook again, as a redelivery
        /quit
        """;

    private string user = UserOf(1);
    private WebhookEvent? last;

    public static string Short(string id) => id.Length > 9 ? $"{id[..3]}…{id[^3..]}" : id;

    public async Task RunAsync(CancellationToken cancel)
    {
        while (!cancel.IsCancellationRequested)
        {
            if (await ReadLineAsync(cancel) is not { } typed)
            {
                // No terminal, or its end: go on serving until Ctrl-C.
                await Task.Delay(Timeout.Infinite, cancel).ContinueWith(_ => { }, TaskScheduler.Default);
                return;
            }

            if (typed == "/quit") return;
            if (typed.Length > 0) await SendAsync(typed, cancel);
        }
    }

    private static async Task<string?> ReadLineAsync(CancellationToken cancel)
    {
        try
        {
            return await Task.Run(Console.In.ReadLine, cancel).WaitAsync(cancel);
        }
        catch (OperationCanceledException)
        {
            return null;
        }
    }

    private async Task SendAsync(string typed, CancellationToken cancel)
    {
        line.Channel.People.Add(line.Channel.People.Person(user) ?? new LinePerson(user, "สมชาย ใจดี"));
        var again = typed == "/again" && last is not null;
        var webhook = again ? last : Make(typed);
        if (webhook is null) return;
        last = webhook;
        var ack = await sender.PostAsync([webhook], again, cancel);
        var status = ack.Status == 0 ? "no answer from the desk" : $"{ack.Status}";
        Console.WriteLine($"  {Short(user)} sent {webhook.Type} -> {status} in {ack.Took.TotalMilliseconds:0} ms");
    }

    private WebhookEvent? Make(string typed)
    {
        var events = new WebhookEvents(line.Channel, TimeProvider.System);
        var source = ChatSource.User(user);
        switch (typed.Split(' ', 2))
        {
            case ["/help"]: Console.WriteLine(Help); return null;
            case ["/as", var number]: Switch(number); return null;
            case ["/tap", var data]: return events.Postback(source, data);
            case ["/sticker"]: return events.Message.Sticker(source);
            case ["/image"]: return events.Message.Image(source);
            case ["/file"]: return events.Message.Document(source, "สำเนาทะเบียนบ้าน.pdf");
            case ["/location"]: return events.Message.Location(source, 13.7563, 100.5018, "ศาลาว่าการ", "เสาชิงช้า กรุงเทพฯ");
            case ["/follow"]: return Follow(Standing.Friend, events.Follow(source));
            case ["/unfollow"]: return Follow(Standing.Blocked, events.Unfollow(source));
            case ["/unsend"] when last?.MessageId is { } id: return events.Unsend(source, id);
            case [var word, ..] when word.StartsWith('/'): Console.WriteLine($"{word}? /help lists what there is."); return null;
            default: return events.Message.Text(source, typed);
        }
    }

    private WebhookEvent Follow(Standing standing, WebhookEvent webhook)
    {
        line.Channel.People.Change(user, standing);
        return webhook;
    }

    private void Switch(string number)
    {
        if (int.TryParse(number, out var n) && n is >= 1 and <= 99) user = UserOf(n);
        Console.WriteLine($"writing as {Short(user)}");
    }

    private static string UserOf(int number) => LoadRun.UserId(0, number);
}
