using ChatDesk.Conversations;
using ChatDesk.Conversations.Words;
using ChatDesk.Startup;
using ChatDesk.Startup.Verbs;
using ChatDesk.Tests.Fixtures;

namespace ChatDesk.Tests.Conversations;

/// <summary>An activity on which the turn throws: tried three times, set aside with its reason, and nobody else waits for it.</summary>
public sealed class PoisonTests
{
    [Fact]
    public async Task It_is_set_aside_with_an_apology_and_the_next_message_is_answered()
    {
        await using var desk = await TestDesk.StartAsync();
        var (somchai, somsri) = (desk.Person(), desk.Person());
        var good = desk.Get<ContentLibrary>().For("demo");
        desk.Get<ContentLibrary>().Replace("demo", good with { Words = WithoutStickerPhrase() });

        await desk.PostAsync(desk.Events.Message.Sticker(somchai), desk.Events.Message.Text(somchai, "เมนู"), desk.Events.Message.Text(somsri, "เมนู"));
        var seen = await desk.SeenAsync(somchai, 2);
        await desk.SeenAsync(somsri, 1);
        await desk.SettledAsync();

        Assert.Contains("ขออภัย", seen[0].Text, StringComparison.Ordinal);
        Assert.Contains("คุยกับเจ้าหน้าที่", seen[0].Message.GetProperty("quickReply").ToString(), StringComparison.Ordinal);
        Assert.Equal("พร้อม", seen[1].Text);
        Assert.Equal(1, desk.Count("SELECT count(*) FROM inbox WHERE state = 2 AND reason = 'KeyNotFoundException' AND outcome = 'failed' AND attempts = 2"));
        Assert.Contains(desk.Log.Lines, l => l.StartsWith("Error: Turn failed", StringComparison.Ordinal) && l.Contains($"demo/line/{somchai.ChatId}", StringComparison.Ordinal));

        // The editor mends the words, an operator retries the event from outside the running desk.
        desk.Get<ContentLibrary>().Replace("demo", good);
        var output = new StringWriter();
        Assert.Equal(0, LedgerVerbs.ListQuarantine(new LedgerSettings(desk.LedgerPath, desk.Database), output, output));
        Assert.Contains("KeyNotFoundException", output.ToString(), StringComparison.Ordinal);
        Assert.Equal(0, LedgerVerbs.RetryQuarantined(new LedgerSettings(desk.LedgerPath, desk.Database), [], all: true, output, output));
        await desk.UntilAsync(() => desk.Count("SELECT count(*) FROM inbox WHERE state = 2") == 0, "the event had its turn");
    }

    private static DeskWords WithoutStickerPhrase()
    {
        var both = new Translated("พร้อม", "ready");
        return new DeskWords(
            DeskWords.Phrases.Where(p => p != "sticker").ToDictionary(p => p, p => p == "apology" ? new Translated("ขออภัย", "sorry") : both),
            DeskWords.Commands.ToDictionary(c => c, c => new DeskCommand(c == "person" ? new("คุยกับเจ้าหน้าที่", "officer") : new(c == "menu" ? "เมนู" : c, c), [], [])),
            [], []);
    }
}
