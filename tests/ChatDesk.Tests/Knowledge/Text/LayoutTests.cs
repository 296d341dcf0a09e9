using ChatDesk.Knowledge.Text;

namespace ChatDesk.Tests.Knowledge.Text;

public sealed class LayoutTests
{
    [Theory]
    [InlineData("l;ylfu", "สวัสดี")]
    [InlineData("ihko", "ร้าน")]
    [InlineData("g0hksohkmuj", "เจ้าหน้าที่")]
    public void Keys_of_one_layout_are_letters_of_the_other(string latin, string thai)
    {
        Assert.Equal(thai, Kedmanee.ToThai(latin));
        Assert.Equal(latin, Kedmanee.ToLatin(thai));
    }

    [Theory]
    [InlineData("เปิดร้านอาหารต้องขอใบอนุญาตที่ไหน")]
    [InlineData("ภาษีป้ายคิดยังไง")]
    public void A_forgotten_switch_to_thai_is_answered_like_the_text_meant(string meant)
    {
        var (right, slipped) = (Demo.Ask(meant), Demo.Ask(Kedmanee.ToLatin(meant)));
        Assert.Equal(right.Slug, slipped.Slug);
        Assert.NotNull(slipped.Slug);
    }

    [Fact]
    public void A_forgotten_switch_to_english_is_answered_too() =>
        Assert.Equal("signboard-tax", Demo.Ask(Kedmanee.ToThai("how is signboard tax calculated"), "en").Slug);

    [Theory]
    [InlineData("how do i renew my licence")]
    [InlineData("ต่ออายุใบอนุญาต")]
    [InlineData("OK")]
    public void Text_that_reads_well_is_left_alone(string text) =>
        Assert.Same(text, LayoutRepair.Repair(text, t => t == text ? .9 : .1));

    [Fact]
    public void Text_that_reads_no_better_the_other_way_is_left_alone() =>
        Assert.Equal("asdf qwer", LayoutRepair.Repair("asdf qwer", _ => .5));
}
