using System.Text.Json.Nodes;

namespace ChatDesk.Tests.LineSimulator;

/// <summary>Message objects good and bad, for every validator.</summary>
internal static class LineBodies
{
    private const string Picture = "https://example.go.th/a.png";

    /// <summary>Messages that LINE takes.</summary>
    public static readonly Dictionary<string, string> Good = new()
    {
        ["text"] = """{"type":"text","text":"สวัสดี"}""",
        ["longest text"] = $$$$"""{"type":"text","text":"{{{{new string('ก', 5000)}}}}"}""",
        ["text with sender and quote"] = """{"type":"text","text":"a","quoteToken":"q","sender":{"name":"เจ้าหน้าที่ สมศรี","iconUrl":"https://example.go.th/i.png"}}""",
        ["text with emoji"] = """{"type":"text","text":"hi $","emojis":[{"index":3,"productId":"p","emojiId":"1"}]}""",
        ["13 quick replies"] = $$$$"""{"type":"text","text":"a","quickReply":{"items":[{{{{string.Join(',', Enumerable.Repeat(QuickItem, 13))}}}}]}}""",
        ["quick reply camera"] = """{"type":"text","text":"a","quickReply":{"items":[{"type":"action","action":{"type":"camera","label":"ถ่ายรูป"}}]}}""",
        ["textV2"] = """{"type":"textV2","text":"{who} {{x}}","substitution":{"who":{"type":"mention","mentionee":{"type":"all"}}}}""",
        ["sticker"] = """{"type":"sticker","packageId":"1","stickerId":"2"}""",
        ["image"] = $$$$"""{"type":"image","originalContentUrl":"{{{{Picture}}}}","previewImageUrl":"{{{{Picture}}}}"}""",
        ["video"] = $$$$"""{"type":"video","originalContentUrl":"{{{{Picture}}}}","previewImageUrl":"{{{{Picture}}}}","trackingId":"t"}""",
        ["audio"] = $$$$"""{"type":"audio","originalContentUrl":"{{{{Picture}}}}","duration":1000}""",
        ["location"] = """{"type":"location","title":"ที่ว่าการ","address":"ถนน","latitude":13.75,"longitude":100.5}""",
        ["confirm"] = $$$$"""{"type":"template","altText":"a","template":{"type":"confirm","text":"?","actions":[{{{{Message}}}},{{{{Message}}}}]}}""",
        ["buttons"] = $$$$"""{"type":"template","altText":"a","template":{"type":"buttons","title":"t","text":"?","actions":[{{{{Uri}}}}]}}""",
        ["carousel"] = $$$$"""{"type":"template","altText":"a","template":{"type":"carousel","columns":[{"text":"a","actions":[{{{{Uri}}}}]},{"text":"b","actions":[{{{{Message}}}}]}]}}""",
        ["image carousel"] = $$$$"""{"type":"template","altText":"a","template":{"type":"image_carousel","columns":[{"imageUrl":"{{{{Picture}}}}","action":{{{{Message}}}}}]}}""",
        ["imagemap"] = $$$$"""{"type":"imagemap","baseUrl":"{{{{Picture}}}}","altText":"a","baseSize":{"width":1040,"height":700},"actions":[{"type":"message","text":"a","area":{"x":0,"y":0,"width":10,"height":10}}]}""",
        ["flex bubble"] = Flex(Bubble("""{"type":"text","text":"หัวข้อ","wrap":true,"weight":"bold","size":"lg","color":"#112233"}""")),
        ["flex with button"] = Flex(Bubble($$$$"""{"type":"button","style":"primary","action":{{{{Message}}}}}""")),
        ["flex with spans"] = Flex(Bubble("""{"type":"text","contents":[{"type":"span","text":"a"},{"type":"span","text":"b"}]}""")),
        ["flex carousel"] = Flex($$$$"""{"type":"carousel","contents":[{{{{Bubble(Words)}}}},{{{{Bubble(Words)}}}}]}"""),
        ["coupon"] = """{"type":"coupon","couponId":"c"}""",
    };

    /// <summary>Messages that LINE's own document already refuses, with the property LINE would name.</summary>
    public static readonly Dictionary<string, (string Message, string Property)> BadBySchema = new()
    {
        ["text without text"] = ("""{"type":"text"}""", ".text"),
        ["empty text"] = ("""{"type":"text","text":""}""", ".text"),
        ["text is a number"] = ("""{"type":"text","text":5}""", ".text"),
        ["no type"] = ("""{"text":"a"}""", ".type"),
        ["unknown type"] = ("""{"type":"hologram"}""", ".type"),
        ["14 quick replies"] = ($$$$"""{"type":"text","text":"a","quickReply":{"items":[{{{{string.Join(',', Enumerable.Repeat(QuickItem, 14))}}}}]}}""", ".quickReply.items"),
        ["quick reply without action"] = ("""{"type":"text","text":"a","quickReply":{"items":[{"type":"action"}]}}""", ".quickReply.items[0].action"),
        ["postback data too long"] = ($$$$"""{"type":"text","text":"a","quickReply":{"items":[{"type":"action","action":{"type":"postback","label":"a","data":"{{{{new string('x', 301)}}}}"}}]}}""", ".quickReply.items[0].action.data"),
        ["message action without text"] = ("""{"type":"text","text":"a","quickReply":{"items":[{"type":"action","action":{"type":"message","label":"a"}}]}}""", ".quickReply.items[0].action.text"),
        ["sender name too long"] = ("""{"type":"text","text":"a","sender":{"name":"เจ้าหน้าที่ฝ่ายทะเบียนคนที่หนึ่ง"}}""", ".sender.name"),
        ["sticker without id"] = ("""{"type":"sticker","packageId":"1"}""", ".stickerId"),
        ["image without preview"] = ($$$$"""{"type":"image","originalContentUrl":"{{{{Picture}}}}"}""", ".previewImageUrl"),
        ["audio with duration in words"] = ($$$$"""{"type":"audio","originalContentUrl":"{{{{Picture}}}}","duration":"long"}""", ".duration"),
        ["template without altText"] = ($$$$"""{"type":"template","template":{"type":"confirm","text":"?","actions":[{{{{Message}}}},{{{{Message}}}}]}}""", ".altText"),
        ["flex without contents"] = ("""{"type":"flex","altText":"a"}""", ".contents"),
        ["flex box without layout"] = (Flex("""{"type":"bubble","body":{"type":"box","contents":[]}}"""), ".contents.body.layout"),
        ["flex text without text"] = (Flex(Bubble("""{"type":"text"}""")), ".contents.body.contents[0].text"),
        ["flex button without action"] = (Flex(Bubble("""{"type":"button"}""")), ".contents.body.contents[0].action"),
        ["flex weight unknown"] = (Flex(Bubble("""{"type":"text","text":"a","weight":"heavy"}""")), ".contents.body.contents[0].weight"),
        ["bubble size unknown"] = (Flex("""{"type":"bubble","size":"huge","body":{"type":"box","layout":"vertical","contents":[]}}"""), ".contents.size"),
        ["coupon tag too long"] = ($$$$"""{"type":"coupon","couponId":"c","deliveryTag":"{{{{new string('x', 31)}}}}"}""", ".deliveryTag"),
    };

    /// <summary>Messages that only LINE itself refuses: its document says nothing about these limits.</summary>
    public static readonly Dictionary<string, (string Message, string Property)> BadByLine = new()
    {
        ["text too long"] = ($$$$"""{"type":"text","text":"{{{{new string('ก', 5001)}}}}"}""", ".text"),
        ["label too long"] = ("""{"type":"text","text":"a","quickReply":{"items":[{"type":"action","action":{"type":"message","label":"เกินยี่สิบหน่วยแน่นอนครับ","text":"a"}}]}}""", ".quickReply.items[0].action.label"),
        ["sender is LINE"] = ("""{"type":"text","text":"a","sender":{"name":"LINE"}}""", ".sender.name"),
        ["emoji not at a dollar"] = ("""{"type":"text","text":"hi","emojis":[{"index":0,"productId":"p","emojiId":"1"}]}""", ".emojis[0].index"),
        ["placeholder without substitution"] = ("""{"type":"textV2","text":"{who}"}""", ".text"),
        ["http picture"] = ("""{"type":"image","originalContentUrl":"http://example.go.th/a.png","previewImageUrl":"https://example.go.th/a.png"}""", ".originalContentUrl"),
        ["javascript link"] = (Flex(Bubble("""{"type":"button","action":{"type":"uri","label":"a","uri":"javascript:alert(1)"}}""")), ".contents.body.contents[0].action.uri"),
        ["confirm with one action"] = ($$$$"""{"type":"template","altText":"a","template":{"type":"confirm","text":"?","actions":[{{{{Message}}}}]}}""", ".template.actions"),
        ["buttons text too long beside a title"] = ($$$$"""{"type":"template","altText":"a","template":{"type":"buttons","title":"t","text":"{{{{new string('x', 61)}}}}","actions":[{{{{Uri}}}}]}}""", ".template.text"),
        ["uneven carousel"] = ($$$$"""{"type":"template","altText":"a","template":{"type":"carousel","columns":[{"text":"a","actions":[{{{{Uri}}}}]},{"text":"b","actions":[{{{{Uri}}}},{{{{Uri}}}}]}]}}""", ".template.columns"),
        ["altText too long"] = ($$$$"""{"type":"flex","altText":"{{{{new string('x', 1501)}}}}","contents":{{{{Bubble(Words)}}}}}""", ".altText"),
        ["13 bubbles"] = (Flex($$$$"""{"type":"carousel","contents":[{{{{string.Join(',', Enumerable.Repeat(Bubble(Words), 13))}}}}]}"""), ".contents.contents"),
        ["bubbles of two widths"] = (Flex($$$$"""{"type":"carousel","contents":[{{{{Bubble(Words)}}}},{"type":"bubble","size":"nano","body":{"type":"box","layout":"vertical","contents":[]}}]}"""), ".contents.contents"),
        ["bubble over 30 KB"] = (Flex(Bubble($$$$"""{"type":"text","text":"{{{{new string('ก', 10_300)}}}}"}""")), ".contents"),
        ["empty bubble"] = (Flex("""{"type":"bubble"}"""), ".contents"),
        ["flex button label too long"] = (Flex(Bubble($$$$"""{"type":"button","action":{"type":"message","label":"{{{{new string('x', 41)}}}}","text":"a"}}""")), ".contents.body.contents[0].action.label"),
        ["flex colour"] = (Flex(Bubble("""{"type":"text","text":"a","color":"red"}""")), ".contents.body.contents[0].color"),
    };

    private const string QuickItem = """{"type":"action","action":{"type":"message","label":"เมนู","text":"เมนู"}}""";
    private const string Message = """{"type":"message","label":"ตกลง","text":"ตกลง"}""";
    private const string Uri = """{"type":"uri","label":"เปิด","uri":"https://example.go.th/"}""";
    private const string Words = """{"type":"text","text":"a"}""";

    public static string Reply(string message, string token = "r") => $$$$"""{"replyToken":"{{{{token}}}}","messages":[{{{{message}}}}]}""";

    public static string Push(string message, string to) => new JsonObject { ["to"] = to, ["messages"] = new JsonArray(JsonNode.Parse(message)) }.ToJsonString();

    private static string Flex(string contents) => $$$$"""{"type":"flex","altText":"a","contents":{{{{contents}}}}}""";

    private static string Bubble(string part) => $$$$"""{"type":"bubble","body":{"type":"box","layout":"vertical","contents":[{{{{part}}}}]}}""";
}
