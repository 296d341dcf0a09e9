namespace ChatDesk.Tests.Knowledge.Knowing;

/// <summary>A bare question right after an article asks for a part of it.</summary>
public sealed class FollowUpTests
{
    [Theory]
    [InlineData("เท่าไหร่", "th", "fee")]
    [InlineData("แล้วต้องเสียเท่าไหร่คะ", "th", "fee")]
    [InlineData("ใช้เวลากี่วันครับ", "th", "time")]
    [InlineData("ยื่นที่ไหน", "th", "where")]
    [InlineData("ค่าทำเนียมเท่าไหร่", "th", "fee")] // misspelt
    [InlineData("ใช้เอกสานไรบ้าง", "th", "documents")]
    [InlineData("how much", "en", "fee")]
    [InlineData("and how much does it cost?", "en", "fee")]
    [InlineData("How long does it take?", "en", "time")]
    [InlineData("where do I apply", "en", "where")]
    public void It_opens_that_part(string text, string language, string section)
    {
        var answer = Demo.Knowledge.FollowUp(text, "food-premises-licence", language);

        Assert.NotNull(answer);
        Assert.Equal(("food-premises-licence", section), (answer.Slug, answer.Section));
    }

    [Theory]
    [InlineData("ภาษีป้ายเท่าไหร่", "th")]
    [InlineData("ภาษีป้ายค่าทำเนียมเท่าไหร่", "th")]
    [InlineData("ใบอนุญาตขายเหล้าขอที่ไหน", "th")]
    [InlineData("how much is signboard tax", "en")]
    [InlineData("ขอบคุณค่ะ", "th")]
    [InlineData("", "th")]
    public void With_a_subject_of_its_own_it_is_a_new_question(string text, string language) =>
        Assert.Null(Demo.Knowledge.FollowUp(text, "food-premises-licence", language));

    [Fact]
    public void An_article_that_is_gone_is_not_opened() => Assert.Null(Demo.Knowledge.FollowUp("เท่าไหร่", "gone", "th"));
}
