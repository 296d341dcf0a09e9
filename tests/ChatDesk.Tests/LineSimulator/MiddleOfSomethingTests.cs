using System.Text.Json;
using ChatDesk.LinePlatform.Torture;

namespace ChatDesk.Tests.LineSimulator;

public class MiddleOfSomethingTests
{
    [Fact]
    public void Reads_words_and_cards_but_not_what_can_be_tapped()
    {
        using var message = JsonDocument.Parse("""
            {"type":"flex","altText":"Menu","contents":{"type":"bubble","body":{"type":"box","layout":"vertical","contents":[
              {"type":"text","text":"Choose"},{"type":"button","action":{"type":"message","label":"ภาษาไทย","text":"ไทย"}}]}},
             "quickReply":{"items":[{"type":"action","action":{"type":"message","label":"ภาษาไทย","text":"ไทย"}}]}}
            """);

        Assert.Equal("Menu\nChoose", MiddleOfSomething.TextOf(message.RootElement));
    }

    [Theory]
    [InlineData("All right.", true)]
    [InlineData("เมนู", false)]
    [InlineData("Menu เมนู", false)]
    [InlineData("123", false)]
    [InlineData("", false)]
    public void Knows_English_when_it_sees_it(string text, bool english) => Assert.Equal(english, MiddleOfSomething.IsEnglish(text));
}
