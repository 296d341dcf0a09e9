using System.Text;
using System.Text.Json;
using ChatDesk.Activities;
using ChatDesk.Channels.Line.Sending;

namespace ChatDesk.Tests.Channels.Line.Sending;

/// <summary>What is said becomes message objects inside every limit of LINE, and what cannot becomes plain text.</summary>
public sealed class LineMessageMapperTests
{
    private static readonly Card Fee = new(
        "ค่าธรรมเนียม", [new("Fee", "500 baht", Strong: true), new(null, "Pay at the counter")],
        [new("Open the form", Url: "https://example.go.th/แบบ ฟอร์ม"), new("Start", Data: "flow:start")]);

    [Fact]
    public void Text_is_text()
    {
        const string text = "สวัสดี \"ครับ\" <b> & 👨‍👩‍👧‍👦 \r\n\t\\";

        var message = Assert.Single(Write(OutboundActivity.Say(text)));

        Assert.Equal(["type", "text"], message.EnumerateObject().Select(p => p.Name));
        Assert.Equal("text", message.GetProperty("type").GetString());
        Assert.Equal(text, message.GetProperty("text").GetString());
    }

    [Fact]
    public void Long_text_becomes_several_objects_and_blank_text_none()
    {
        Assert.Equal([5_000, 5_000, 2_000], Write(OutboundActivity.Say(new string('ก', 12_000))).Select(m => m.GetProperty("text").GetString()!.Length));
        Assert.Empty(Write(OutboundActivity.Say(" \n\t")));
        Assert.Empty(Write());
        Assert.Equal(3, LineMessageMapper.Parts(LineMessageMapper.Map([.. Enumerable.Repeat(OutboundActivity.Say("a"), 11)])));
    }

    [Fact]
    public void Choices_become_quick_replies_of_the_last_object_only()
    {
        var messages = Write(OutboundActivity.Say("a", new Choice("unseen")), OutboundActivity.Say("b", new Choice("Say", "I say"), new Choice("Tap", "I tap", "data=1"), new Choice("Go", Url: "tel:1111")));

        Assert.False(messages[0].TryGetProperty("quickReply", out _));
        Assert.Equal(
            """{"items":[{"type":"action","action":{"type":"message","label":"Say","text":"I say"}},{"type":"action","action":{"type":"postback","label":"Tap","data":"data=1","displayText":"I tap"}},{"type":"action","action":{"type":"uri","label":"Go","uri":"tel:1111"}}]}""",
            messages[1].GetProperty("quickReply").GetRawText());
    }

    [Fact]
    public void A_label_is_cut_but_what_the_contact_says_is_not()
    {
        var action = Actions(new Choice("ขอใบอนุญาตประกอบกิจการที่เป็นอันตรายต่อสุขภาพ"))[0];

        var label = action.GetProperty("label").GetString()!;
        Assert.True(label.Length <= 20 && label.EndsWith('…'));
        Assert.Equal("ขอใบอนุญาตประกอบกิจการที่เป็นอันตรายต่อสุขภาพ", action.GetProperty("text").GetString());
    }

    [Fact]
    public void Nothing_is_cut_inside_a_text_element()
    {
        var label = Actions(new Choice(string.Concat(Enumerable.Repeat("👨‍👩‍👧‍👦", 3))))[0].GetProperty("label").GetString();

        Assert.Equal("👨‍👩‍👧‍👦…", label);
    }

    [Fact]
    public void More_than_thirteen_choices_are_listed_as_text()
    {
        var messages = Write(OutboundActivity.Say("pick", [.. Enumerable.Range(1, 15).Select(n => new Choice($"c{n}"))]));

        Assert.Equal("c14\nc15", messages[1].GetProperty("text").GetString());
        Assert.Equal(13, messages[1].GetProperty("quickReply").GetProperty("items").GetArrayLength());
    }

    [Fact]
    public void Data_too_long_to_carry_becomes_what_the_contact_says()
    {
        Assert.Equal("postback", Actions(new Choice("x", Data: new('d', 300)))[0].GetProperty("type").GetString());
        Assert.Equal("message", Actions(new Choice("x", Data: new('d', 301)))[0].GetProperty("type").GetString());
        Assert.Equal("message", Actions(new Choice("x", Data: "\uD800"))[0].GetProperty("type").GetString());
        Assert.Equal("message", Actions(new Choice("x", Data: ""))[0].GetProperty("type").GetString());
    }

    [Theory]
    [InlineData("https://example.go.th/", "https://example.go.th/")]
    [InlineData("http://example.go.th/ก?a=b c", "http://example.go.th/%E0%B8%81?a=b%20c")]
    [InlineData("https://รัฐบาล.ไทย/x", "https://xn--12c4czaw6d7e.xn--o3cw4h/x")]
    [InlineData("tel:02-123-4567", "tel:02-123-4567")]
    [InlineData("line://ti/p/@x", "line://ti/p/@x")]
    [InlineData("javascript:alert(1)", null)]
    [InlineData("data:text/html,x", null)]
    [InlineData("file:///etc/passwd", null)]
    [InlineData("intent://x", null)]
    [InlineData("/relative", null)]
    [InlineData("", null)]
    public void Only_addresses_that_LINE_opens_get_a_button(string url, string? expected)
    {
        var address = LineLimits.Address(url);

        if (url.Contains("ไทย", StringComparison.Ordinal)) Assert.StartsWith("https://xn--", address, StringComparison.Ordinal);
        else Assert.Equal(expected, address);
    }

    [Fact]
    public void An_address_without_a_button_is_said_in_words()
    {
        var message = Write(OutboundActivity.Say("a", new Choice("Form", Url: "https://x.th/" + new string('a', 1_000)), new Choice("Ok")));

        Assert.StartsWith("Form: https://x.th/aaa", message[1].GetProperty("text").GetString(), StringComparison.Ordinal);
        Assert.Single(message[1].GetProperty("quickReply").GetProperty("items").EnumerateArray());
    }

    [Fact]
    public void Choices_with_nothing_said_bring_their_own_words()
    {
        var message = Assert.Single(Write(OutboundActivity.Say("", new Choice("a"), new Choice("b"))));

        Assert.Equal("a\nb", message.GetProperty("text").GetString());
        Assert.Equal(2, message.GetProperty("quickReply").GetProperty("items").GetArrayLength());
    }

    [Theory]
    [InlineData("คุณสมหญิง", "คุณสมหญิง")]
    [InlineData("Caroline", "Caroline")]
    [InlineData("เจ้าหน้าที่ฝ่ายทะเบียนพาณิชย์", "เจ้าหน้าที่ฝ่ายทะเ…")]
    [InlineData("LINE", null)]
    [InlineData("line officer", null)]
    [InlineData("LINEman", null)]
    [InlineData("  ", null)]
    [InlineData(null, null)]
    public void The_officers_name_stands_above_it_unless_LINE_would_refuse_it(string? name, string? expected)
    {
        var message = Assert.Single(Write(new OutboundActivity { Text = "a", SpeakerName = name }));

        var shown = message.TryGetProperty("sender", out var sender) ? sender.GetProperty("name").GetString() : null;
        Assert.Equal(expected, shown);
        Assert.True((shown?.Length ?? 0) <= 20);
    }

    [Fact]
    public void A_card_becomes_a_bubble_with_its_words_beside_it()
    {
        var messages = Write(new OutboundActivity { Text = "Here", Card = Fee, SpeakerName = "สมชาย" });

        Assert.Equal(["text", "flex"], messages.Select(m => m.GetProperty("type").GetString()));
        Assert.Equal("สมชาย", messages[1].GetProperty("sender").GetProperty("name").GetString());
        Assert.Equal("ค่าธรรมเนียม\nFee: 500 baht\nPay at the counter\nOpen the form: https://example.go.th/แบบ ฟอร์ม", messages[1].GetProperty("altText").GetString());
        var bubble = messages[1].GetProperty("contents");
        Assert.Equal("bubble", bubble.GetProperty("type").GetString());
        Assert.Equal(3, bubble.GetProperty("body").GetProperty("contents").GetArrayLength());
        Assert.Equal(["uri", "postback"], bubble.GetProperty("footer").GetProperty("contents").EnumerateArray().Select(b => b.GetProperty("action").GetProperty("type").GetString()));
    }

    [Fact]
    public void A_bubble_too_big_is_said_in_plain_text_with_its_buttons()
    {
        var card = Fee with { Lines = [.. Enumerable.Range(0, 200).Select(n => new CardLine("หัวข้อ", new string('ข', 50) + n))] };

        var messages = Write(new OutboundActivity { Card = card });

        Assert.All(messages, m => Assert.Equal("text", m.GetProperty("type").GetString()));
        Assert.Equal(card.PlainText + "\nStart", string.Concat(messages.Select(m => m.GetProperty("text").GetString())));
    }

    [Fact]
    public void An_empty_card_says_nothing_and_a_bad_button_in_a_card_is_a_line()
    {
        Assert.Empty(Write(new OutboundActivity { Card = new("", [new(null, " ")], []) }));
        var bubble = Assert.Single(Write(new OutboundActivity { Card = new("T", [], [new("Bad", Url: "javascript:x")]) })).GetProperty("contents");
        Assert.False(bubble.TryGetProperty("footer", out _));
        Assert.Contains("Bad: javascript:x", bubble.GetRawText(), StringComparison.Ordinal);
    }

    [Fact]
    public void Text_that_hurts_still_becomes_valid_JSON()
    {
        const string bad = "\uD800\0\uFEFF\u202E\u2028\"\\\u0007\uFFFF";
        var card = new Card(bad, [new(bad, bad)], [new(bad, bad, bad), new("u", Url: "https://x.th/" + bad)]);

        var messages = Write(new OutboundActivity { Text = bad, Card = card, SpeakerName = bad, Choices = [new(bad), new(bad, bad, bad)] });

        Assert.Equal(2, messages.Count);
        Assert.DoesNotContain('\0', messages[0].GetProperty("text").GetString()!);
    }

    private static List<JsonElement> Actions(params Choice[] choices) =>
        [.. Write(OutboundActivity.Say("a", choices))[^1].GetProperty("quickReply").GetProperty("items").EnumerateArray().Select(i => i.GetProperty("action"))];

    private static List<JsonElement> Write(params OutboundActivity[] activities)
    {
        var messages = LineMessageMapper.Map(activities);
        using var body = new LineBody();
        List<JsonElement> written = [];
        for (var from = 0; from < messages.Count; from += LineLimits.MessagesPerCall)
        {
            body.WriteMessages("to"u8, "U1", messages, from);
            var json = JsonDocument.Parse(Encoding.UTF8.GetString(body.Bytes.Span)).RootElement;
            written.AddRange(json.GetProperty("messages").EnumerateArray());
        }
        return written;
    }
}
