using System.Globalization;
using System.Text.Json;
using ChatDesk.Startup;
using ChatDesk.Tests.Fixtures;
using ChatDesk.Triage;
using ChatDesk.Triage.Local;

namespace ChatDesk.Tests.Triage;

/// <summary>What the machine reads out of complaints by itself, with the demo's lists and lines.</summary>
public sealed class LocalTextAnalyticsTests
{
    private static readonly Lazy<TriageContent> Content = new(() =>
    {
        var content = TriageContentFile.Load(ContentFolders.Lists(DemoFolders.Root, "demo"), out var problems);
        Assert.Empty(problems);
        return content;
    });

    private static readonly LocalTextAnalytics Local = new(_ => Content.Value);

    private static readonly (string Name, Func<TextReading, string> Of)[] Fields =
        [("urgency", r => r.Urgency.ToString()), ("sentiment", r => r.Sentiment.ToString()), ("topic", r => r.Topic)];

    [Theory]
    [InlineData("แก๊สรั่วที่ร้านข้างบ้าน เหม็นมาก", "Danger", "danger_to_life", "แก๊สรั่ว")]
    [InlineData("เขาขู่จะเผาร้านผมถ้าร้องเรียน", "Danger", "threat", "ขู่ … เผา")]
    [InlineData("กลิ่นแก๊ส", "Danger", null, null)]
    [InlineData("The wall next door is about to collapse", "Danger", "danger_to_life", "collapse")]
    [InlineData("มีกิจการที่เป็นอันตรายต่อสุขภาพกี่ประเภทคะ", "Normal", null, null)]
    [InlineData("ต้องติดถังดับเพลิงกี่ถัง", "Normal", null, null)]
    [InlineData("ไม่รีบครับ แค่ถามเฉย ๆ ว่าใบอนุญาตราคาเท่าไร", "Normal", null, null)]
    [InlineData("ใบอนุญาตหมดอายุวันนี้ ทำยังไงดี", "Urgent", "deadline", "หมดอายุ … วันนี้")]
    [InlineData("เจ้าหน้าที่เรียกเงินห้าพัน", "Urgent", "money_demanded", "เรียกเงิน")]
    public void Urgency_has_its_words(string text, string urgency, string? code, string? evidence)
    {
        var read = Local.Read("demo", text);

        Assert.Equal(urgency, read.Urgency.ToString());
        if (code is not null) Assert.Contains(read.Reasons, r => r.Code == code && r.Evidence == evidence);
        Assert.All(read.Reasons.Where(r => r.Evidence is not null), r => Assert.NotEmpty(r.Evidence!));
    }

    [Theory]
    [InlineData("ห่วยแตก บริการแย่มาก", "Negative")]
    [InlineData("THIS IS THE THIRD TIME I WRITE TO YOU", "Negative")]
    [InlineData("ขอบคุณมากค่ะ บริการดีมาก", "Positive")]
    [InlineData("ไม่ประทับใจเลย", "Negative")]
    [InlineData("ขอเบอร์โทรสำนักงานหน่อยค่ะ", "Neutral")]
    public void Sentiment_is_read(string text, string sentiment) =>
        Assert.Equal(sentiment, Local.Read("demo", text).Sentiment.ToString());

    [Theory]
    [InlineData("ร้านเปิดเสียงดัง noise", "th")]
    [InlineData("good morning", "en")]
    [InlineData("မင်္ဂလာပါ", "my")]
    [InlineData("你好，我想开一家餐馆", "zh")]
    [InlineData("飲食店を開きたいです", "ja")]
    [InlineData("здравствуйте", "ru")]
    [InlineData("12345 😡", "und")]
    public void Language_is_read_by_its_letters(string text, string language) =>
        Assert.Equal(language, Local.Read("demo", text).Language);

    [Fact]
    public void Danger_stands_before_anger_and_anger_before_the_rest()
    {
        string[] texts = ["ขอเบอร์โทรค่ะ", "ห่วยแตก บริการแย่มาก", "ใบอนุญาตหมดอายุพรุ่งนี้", "แก๊สรั่วค่ะ ช่วยด้วย"];

        var weights = texts.Select(t => Local.Read("demo", t).QueueWeight).ToList();

        Assert.Equal(weights.Order(), weights);
        Assert.Equal(4, weights.Distinct().Count());
    }

    [Fact]
    public void Every_reason_has_words_for_officers_in_both_languages()
    {
        var codes = Content.Value.Lists.Select(l => l.Code)
            .Concat(typeof(ReadingReason).GetFields().Where(f => f.IsLiteral).Select(f => (string)f.GetRawConstantValue()!));

        Assert.All(codes, code =>
        {
            var (thai, english) = (ReasonWords.Say(new(code, null), new CultureInfo("th")), ReasonWords.Say(new(code, "x"), new CultureInfo("en")));
            Assert.Contains(thai, c => c is >= 'ก' and <= '๛');
            Assert.Matches("^[a-zA-Z(); ,-]+: “x”$", english);
        });
    }

    [Fact]
    public void The_same_lines_always_teach_the_same()
    {
        var again = new LocalTextAnalytics(_ => new TriageContent(Content.Value.Lists, Content.Value.Lines));

        Assert.Equal(JsonSerializer.Serialize(Local.Read("demo", "ถนนพังมาสองเดือน")), JsonSerializer.Serialize(again.Read("demo", "ถนนพังมาสองเดือน")));
    }

    [Fact]
    public void An_agency_without_lists_gets_a_neutral_reading()
    {
        var read = new LocalTextAnalytics(_ => TriageContent.Empty).Read("other", "แก๊สรั่ว");

        Assert.Equal((Urgency.Normal, Sentiment.Neutral, "other", "th"), (read.Urgency, read.Sentiment, read.Topic, read.Language));
    }

    [Fact]
    public void Any_text_is_read()
    {
        CsCheck.Check.Sample(CsCheck.Gen.String, text =>
        {
            var read = Local.Read("demo", text);
            return read.SentimentScore is >= 0 and <= 1 && read.UrgencyScore is >= 0 and <= 1 && read.TopicScore is >= 0 and <= 1;
        }, iter: 2000);
    }

    [Fact]
    public void There_are_three_hundred_lines_and_unseen_ones_are_read_rightly_most_of_the_time()
    {
        Assert.True(Content.Value.Lines.Count >= 300);
        var rows = File.ReadLines(Path.Combine(DemoFolders.Root, "knowledge", "demo", "_eval", "triage.jsonl")).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        var reads = rows.Select(r => (Row: r, Read: Local.Read("demo", r.GetProperty("text").GetString()!))).ToList();
        double Share(int field) => reads.Count(p => Same(p.Row, Fields[field].Name, Fields[field].Of(p.Read))) / (double)reads.Count;
        var dangers = reads.Where(p => p.Row.GetProperty("urgency").GetString() == "danger").ToList();
        var (urgency, sentiment, topic) = (Share(0), Share(1), Share(2));
        foreach (var (row, read) in reads.Where(p => Fields.Any(f => !Same(p.Row, f.Name, f.Of(p.Read)))))
            TestContext.Current.TestOutputHelper?.WriteLine($"{row} -> {read.Urgency} {read.UrgencyScore:0.00} {read.Sentiment} {read.SentimentScore:0.00} {read.Topic} {read.TopicScore:0.00} {string.Join(';', read.Reasons.Select(r => r.Code + "=" + r.Evidence))}");
        TestContext.Current.TestOutputHelper?.WriteLine($"rows {reads.Count} urgency {urgency:0.000} sentiment {sentiment:0.000} topic {topic:0.000} danger found {dangers.Count(p => p.Read.Urgency == Urgency.Danger)}/{dangers.Count}");

        Assert.True(urgency >= 0.85 && sentiment >= 0.75 && topic >= 0.8, $"urgency {urgency:0.000}, sentiment {sentiment:0.000}, topic {topic:0.000}");
    }

    private static bool Same(JsonElement row, string field, string value) => string.Equals(row.GetProperty(field).GetString(), value, StringComparison.OrdinalIgnoreCase);
}
