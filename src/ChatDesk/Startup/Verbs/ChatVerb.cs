using ChatDesk.Activities;

namespace ChatDesk.Startup.Verbs;

/// <summary><c>-- chat</c>: a conversation in the terminal.</summary>
internal static class ChatVerb
{
    public static async Task<int> RunAsync(string[] settings, string agency, string? data, TextReader from, TextWriter to)
    {
        await using var desk = await TerminalDesk.StartAsync(settings, agency, data);
        await to.WriteLineAsync($"Talking to agency {agency}. An empty line or Ctrl-D ends it. A number taps a button.");
        while (await PromptAsync(from, to) is { Length: > 0 } line)
        {
            var answer = await desk.SayAsync("you", line);
            foreach (var reply in answer.Replies) await PrintAsync(to, reply);
            await to.WriteLineAsync($"      [{answer.Outcome}]");
        }
        return 0;
    }

    private static async Task<string?> PromptAsync(TextReader from, TextWriter to)
    {
        await to.WriteAsync("you > ");
        await to.FlushAsync();
        return await from.ReadLineAsync();
    }

    private static async Task PrintAsync(TextWriter to, OutboundActivity reply)
    {
        await to.WriteLineAsync("desk> " + reply.PlainText.Trim().Replace("\n", "\n      ", StringComparison.Ordinal));
        // Those that open a page are in the plain text. A channel draws these on the card; no number taps them.
        foreach (var button in reply.Card?.Buttons ?? [])
        {
            if (button.Url is null) await to.WriteLineAsync($"      ( {button.Label} )");
        }
        for (var i = 0; i < reply.Choices.Count; i++) await to.WriteLineAsync($"      [{i + 1}] {reply.Choices[i].Label}");
    }
}
