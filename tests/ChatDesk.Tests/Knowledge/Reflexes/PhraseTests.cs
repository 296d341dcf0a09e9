using ChatDesk.Knowledge.Reflexes;

namespace ChatDesk.Tests.Knowledge.Reflexes;

public sealed class PhraseTests
{
    [Theory]
    [InlineData("ไฟไหม้", "บ้านไฟไหม้ค่ะ", true)]
    [InlineData("ไฟไหม้", "ไฟ  ไหม้", true)]
    [InlineData("ไฟไหม้", "ไฟไหม", true)] // a tone mark lost
    [InlineData("ส่วย", "สวย", false)] // too short to go by its skeleton
    [InlineData("เจ้าหน้าที่ + บัญชีส่วนตัว", "โอนเข้าบัญชีส่วนตัวของเจ้าหน้าที่", true)]
    [InlineData("เจ้าหน้าที่ + บัญชีส่วนตัว", "บัญชีส่วนตัว", false)]
    [InlineData("เรียกรับเงิน", "เรียกรบเงิน", true)] // one letter lost
    [InlineData("rape", "therapeutic grape", false)]
    [InlineData("kill myself", "I want to KILL myself!", true)]
    [InlineData("threatening to", "he is threatning to hurt us", true)]
    [InlineData("<script", "<SCRIPT>alert(1)", true)]
    public void A_phrase_is_met_as_people_type_it(string phrase, string message, bool met) =>
        Assert.Equal(met, new Phrase(phrase).OccursIn(new MessageForms(message)));

    [Theory]
    [InlineData("ไฟไหม้ร้าน", true)]
    [InlineData("ประกันไฟไหม้", false)] // read over
    [InlineData("มีประกันไฟไหม้ แต่ตอนนี้ไฟไหม้ร้าน", true)]
    [InlineData("ใบอนุญาตโดนไฟไหม้ ขอใบแทน", false)] // cleared
    public void Exceptions_clear_what_they_name_and_nothing_beside_it(string message, bool met) =>
        Assert.Equal(met, new PhraseRule("fire", ["ไฟไหม้"], ["ประกันไฟไหม้", "ไฟไหม้ + ใบแทน"]).Matches(new MessageForms(message)));
}
