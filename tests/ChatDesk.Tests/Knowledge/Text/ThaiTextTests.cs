using ChatDesk.Knowledge.Text;
using CsCheck;

namespace ChatDesk.Tests.Knowledge.Text;

public sealed class ThaiTextTests
{
    [Theory]
    [InlineData("แมว เเมว", "แมว แมว")]
    [InlineData("น\u0E4D\u0E32", "น\u0E33")] // nikhahit + aa
    [InlineData("น\u0E49\u0E4D\u0E32", "น\u0E49\u0E33")] // tone before nikhahit
    [InlineData("น\u0E4D\u0E49\u0E32", "น\u0E49\u0E33")] // tone between the halves
    [InlineData("ท\u0E48\u0E35", "ท\u0E35\u0E48")] // tone typed before the vowel
    [InlineData("ท\u0E35\u0E48\u0E48\u0E48", "ท\u0E35\u0E48")] // repeated tone
    [InlineData("ที\u0E35่", "ที่")] // repeated vowel
    [InlineData("มากกกกก", "มาก")]
    [InlineData("กรรม", "กรรม")]
    [InlineData("เร็วๆ", "เร็ว")]
    [InlineData("กรุงเทพฯ", "กรุงเทพ")]
    [InlineData("ร.ง.๔", "รง4")]
    [InlineData("๑,๐๐๐ บาท", "1000 บาท")]
    [InlineData("1000", "1000")]
    [InlineData("ＶＡＴ ７％", "vat 7")]
    [InlineData("ใบ\u200Bอนุญาต\uFEFF", "ใบอนุญาต")]
    [InlineData("  Hello,   WORLD!! ", "hello world")]
    [InlineData("owner's", "owners")]
    [InlineData("ได้ไหม??", "ได้ไหม")]
    [InlineData("😊👍", "")]
    [InlineData("", "")]
    public void Many_ways_of_writing_become_one(string written, string folded) => Assert.Equal(folded, ThaiText.Fold(written));

    [Fact]
    public void Half_a_surrogate_pair_is_a_space() => Assert.Equal("ก ข", ThaiText.Fold("ก\uD83Dข"));

    [Theory]
    [InlineData("น้ำ", "นำ")]
    [InlineData("ไม้ ใหม่", "ไหม ไม")]
    public void Different_words_stay_different_when_folded(string one, string other) => Assert.NotEqual(ThaiText.Fold(one), ThaiText.Fold(other));

    [Theory]
    [InlineData("ใบอนุญาต", "ไบอณุญาด", false)]
    [InlineData("เจ้าหน้าที่", "เจาหนาที", true)]
    [InlineData("พาณิชย์", "พานิช", true)]
    [InlineData("ศูนย์บริการ", "สูนบริการ", true)]
    [InlineData("ใบ รับ แจ้ง", "ไบรับแจง", true)]
    [InlineData("สัตว์", "สัต", true)]
    public void Words_that_sound_alike_have_one_skeleton(string one, string other, bool alike) =>
        Assert.Equal(alike, ThaiSkeleton.Of(ThaiText.Fold(one)) == ThaiSkeleton.Of(ThaiText.Fold(other)));

    [Fact]
    public void Folding_twice_changes_nothing_and_no_text_breaks_it() =>
        Gen.OneOf(Gen.Char['\u0E00', '\u0E5B'], Gen.Char[' ', '~'], Gen.Char).Array[0, 40].Select(c => new string(c))
            .Sample(text => ThaiText.Fold(ThaiText.Fold(text)) == ThaiText.Fold(text), iter: 20_000);

    [Fact]
    public void Folding_digits_keeps_every_place() =>
        Gen.String.Sample(text => ThaiText.FoldDigits(text).Length == text.Length);
}
