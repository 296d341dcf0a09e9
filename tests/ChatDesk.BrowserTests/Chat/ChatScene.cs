using Microsoft.Playwright;

namespace ChatDesk.BrowserTests.Chat;

/// <summary>What a contact sees and does on the chat page, or in the widget's frame.</summary>
/// <param name="find">Finds elements: <c>page.Locator</c> or <c>frame.Locator</c>.</param>
internal sealed class ChatScene(Func<string, ILocator> find)
{
    public ChatScene(IPage page) : this(selector => page.Locator(selector))
    {
    }

    public ILocator Box => find("textarea");

    public ILocator Messages => find("article.message");

    public ILocator Own => find("article.message.you");

    public ILocator Choices => find(".choices button");

    public ILocator Banner => find(".banner");

    public ILocator Find(string selector) => find(selector);

    /// <summary>Types and presses Enter.</summary>
    public async Task SayAsync(string text)
    {
        await Box.FillAsync(text);
        await Box.PressAsync("Enter");
    }

    /// <summary>Taps one of the offered choices.</summary>
    public Task TapAsync(string label) => find(".choices button").Filter(new() { HasText = label }).First.ClickAsync();

    /// <summary>Waits until the desk's last message holds these words.</summary>
    public Task HearsAsync(string words) => Assertions.Expect(find("article.message.bot, article.message.officer").Last).ToContainTextAsync(words, Patience);

    /// <summary>Waits until any message of the desk holds these words.</summary>
    public Task HeardAsync(string words) => Assertions.Expect(find("article.message.bot, article.message.officer").Filter(new() { HasText = words }).First).ToBeVisibleAsync(new() { Timeout = 15_000 });

    /// <summary>Waits for the greeting.</summary>
    public Task GreetedAsync() => HeardAsync("สวัสดี");

    /// <summary>The texts of the contact's own messages, top to bottom.</summary>
    public async Task<IReadOnlyList<string>> OwnTextsAsync() => [.. (await find("article.message.you .parts").AllInnerTextsAsync()).Select(t => t.Trim())];

    /// <summary>The texts of the desk's messages, top to bottom.</summary>
    public async Task<IReadOnlyList<string>> DeskTextsAsync() => [.. (await find("article.message.bot .parts").AllInnerTextsAsync()).Select(t => t.Trim())];

    private static LocatorAssertionsToContainTextOptions Patience => new() { Timeout = 15_000 };
}
