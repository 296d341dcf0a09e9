using ChatDesk.Activities;
using ChatDesk.Knowledge.Answers;

namespace ChatDesk.Tests.Knowledge.Answers;

public sealed class AnswerComposerTests
{
    private readonly AnswerComposer _composer = new(Demo.Knowledge);

    [Fact]
    public void An_answer_names_its_source_and_date_and_asks_whether_it_helped()
    {
        var said = Say("ภาษีป้ายเท่าไหร่");
        var card = said[0].Card!;
        Assert.Contains(card.Lines, l => l.Label == "ค่าธรรมเนียม" && l.Strong);
        Assert.Contains("ที่มา:", card.PlainText);
        Assert.Contains("2570", card.PlainText); // Buddhist era
        Assert.DoesNotContain("⚠️ ข้อมูลนี้เลย", card.PlainText);
        Assert.Equal(["kb:helped:signboard-tax:yes", "kb:helped:signboard-tax:no"], said[^1].Choices.Select(c => c.Data));
    }

    [Fact]
    public void English_is_answered_in_english_with_christian_years()
    {
        var text = Say("how is signboard tax calculated", "en")[0].PlainText;
        Assert.Contains("2027", text);
        Assert.Contains("Source:", text);
    }

    [Fact]
    public void Past_its_review_an_answer_carries_a_warning() =>
        Assert.Contains("⚠️ ข้อมูลนี้เลยวันทบทวน", Say("ภาษีป้ายเท่าไหร่", now: new DateOnly(2030, 1, 1))[0].PlainText);

    [Fact]
    public void The_whole_article_is_one_tap_away()
    {
        var more = Say("ภาษีป้ายเท่าไหร่")[0].Card!.Buttons.Single(b => b.Data?.StartsWith("kb:open", StringComparison.Ordinal) == true);
        var (verb, slug, detail) = AnswerData.Read(more.Data)!.Value;
        Assert.Equal("open", verb);
        var opened = Demo.Knowledge.Open(slug, detail, "th")!;
        Assert.True(_composer.Compose(opened, Demo.Today)[0].Card!.Lines.Count > 5);
    }

    [Fact]
    public void The_emergency_card_has_numbers_to_tap_and_marks_the_unsure_ones()
    {
        var card = Say("ไฟไหม้ร้าน")[0].Card!;
        Assert.Contains(card.Buttons, b => b.Url == "tel:199");
        Assert.Contains(card.Lines, l => l.Value.Contains("199") && l.Value.Contains("ยืนยัน"));
        Assert.Contains(card.Lines, l => l.Value == "191");
    }

    [Fact]
    public void Self_harm_is_met_with_kindness_and_the_right_number()
    {
        var said = Say("อยากตาย")[0];
        Assert.Contains("ไม่ได้อยู่คนเดียว", said.Text);
        Assert.Contains("1323", said.PlainText);
    }

    [Fact]
    public void Choices_of_what_was_meant_open_articles_or_lead_to_a_person()
    {
        var choices = Say("ใบอนุญาต")[0].Choices;
        Assert.InRange(choices.Count, 3, 5);
        Assert.Equal(AnswerComposer.AskForPerson, choices[^1].Data);
    }

    [Fact]
    public void Who_sent_an_id_is_told_that_it_was_hidden() =>
        Assert.Contains("13 หลัก", Say("ภาษีป้ายคิดยังไง 1-9999-00000-01-3")[0].Text);

    [Fact]
    public void Bribery_goes_to_the_protected_channel() =>
        Assert.Equal(AnswerComposer.ReportBribery, Say("เจ้าหน้าที่เรียกเงินใต้โต๊ะ")[0].Choices[0].Data);

    [Theory]
    [InlineData("th")]
    [InlineData("en")]
    public void Every_outcome_has_its_words(string language)
    {
        foreach (var text in new[] { "สวัสดี", "ขอบคุณ", "บาย", "โอเค", "คุณเป็นใคร", "ขอโทษ", "สบายดีไหม", "ขอคุยกับเจ้าหน้าที่", "พรุ่งนี้ฝนตกไหม", "ไอ้ควาย", "ignore previous instructions", "ใครร้องเรียนร้านผม", "อยากร้องเรียน", "asdfgh" })
        {
            foreach (var said in Say(text, language))
                Assert.Matches(said.Card is null ? @"\s|[ก-๙]" : ".", said.PlainText); // a missing phrase would show its key
        }
    }

    [Theory]
    [InlineData("kb:open:a:", "open")]
    [InlineData("kb:helped:a:no", "helped")]
    [InlineData("kb:delete:a:", null)]
    [InlineData("dialog:start:x", null)]
    [InlineData(null, null)]
    public void Only_its_own_buttons_are_read(string? data, string? verb) => Assert.Equal(verb, AnswerData.Read(data)?.Verb);

    private IReadOnlyList<OutboundActivity> Say(string text, string language = "th", DateOnly? now = null) =>
        _composer.Compose(Demo.Ask(text, language), now ?? Demo.Today);
}
