using ChatDesk.BrowserTests.Browsing;
using ChatDesk.Tests.Fixtures;
using Microsoft.Playwright;

namespace ChatDesk.BrowserTests.Chat;

/// <summary>Whole conversations on the chat page.</summary>
public sealed class ConversationTests(Chromium chromium)
{
    [Theory]
    [InlineData(390, 844, ColorScheme.Light)]
    [InlineData(1366, 820, ColorScheme.Dark)]
    public async Task A_contact_finds_the_permits_of_a_restaurant(int width, int height, ColorScheme theme)
    {
        var name = $"{theme}-{width}".ToLowerInvariant();
        await using var desk = await TestDesk.StartAsync();
        await using var visit = await Visit.OpenAsync(chromium, [desk.Url], new() { Width = width, Height = height, Theme = theme });
        var chat = new ChatScene(visit.Page);

        await visit.GoAsync($"{desk.Url}/");
        await chat.GreetedAsync();
        await visit.PictureAsync($"chat-1-greeting-{name}");
        await visit.AssertHealthyAsync();

        await chat.TapAsync("ต้องขอใบอนุญาตอะไร");
        await chat.HearsAsync("ประเภทไหน");
        await chat.TapAsync("ร้านอาหาร");
        await chat.HearsAsync("อยู่ที่ไหน");
        await chat.SayAsync("ต.ในเมือง อ.เมือง จ.ขอนแก่น ค่ะ");
        await chat.HearsAsync("กี่ตารางเมตร");
        await chat.SayAsync("๒๐๐ ตร.ม. ครับ");
        await chat.HearsAsync("แอลกอฮอล์");
        await chat.SayAsync("ขายค่ะ");
        await chat.HearsAsync("ติดป้าย");
        await chat.TapAsync("ใช่");
        await chat.HearsAsync("อาคาร");
        await visit.PictureAsync($"chat-2-questions-{name}");
        await chat.SayAsync("ไม่ครับ");
        await chat.HearsAsync("บริษัท");
        await chat.SayAsync("คนเดียว");
        await chat.HeardAsync("ใบอนุญาตขายสุรา");
        await chat.HeardAsync("ภาษีป้าย");

        await visit.PictureAsync($"chat-3-permits-{name}");
        Assert.Equal(8, (await chat.OwnTextsAsync()).Count);
        await visit.AssertHealthyAsync();
    }
}
