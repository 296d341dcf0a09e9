using ChatDesk.Dialogs.Engine;

namespace ChatDesk.Tests.Dialogs;

/// <summary>What people typed by hand when they tried the dialogs, and what must be made of it.</summary>
public sealed class UnderstandingTests
{
    private static DialogTurn Talk(string dialog, string language, params string[] lines)
    {
        var context = Demo.Context(language) with { AskKnowledge = q => q.Contains("ไหม", StringComparison.Ordinal) || q.Contains("do i need", StringComparison.Ordinal) || q.All(char.IsAsciiDigit) ? [Activities.OutboundActivity.Say("ARTICLE")] : null };
        return lines.Aggregate(DialogEngine.Begin(Demo.Book, dialog, context), (turn, line) => DialogEngine.Continue(Demo.Book, turn.State!, Demo.Says(line), context));
    }

    private static string? Slot(DialogTurn turn, string slot) => turn.State!.Top.Slots.GetValueOrDefault(slot);

    [Fact]
    public void Workers_of_a_workshop_are_not_taken_for_guests()
    {
        var turn = Talk("permit_finder", "th", "อู่ซ่อมรถ", "ขอนแก่น", "49", "คนงาน 49 คน");
        Assert.Equal("49", Slot(turn, "workers"));
        Assert.Null(Slot(turn, "guests"));
    }

    [Theory]
    [InlineData("th", "เอ๊ะ เมื่อกี้พื้นที่ผิด เป็น 250")]
    [InlineData("th", "ขนาดร้านผิด ที่ถูกคือ 250 ตรม")]
    [InlineData("en", "the area is wrong, it should be 250")]
    [InlineData("en", "actually make the area 250")]
    [InlineData("en", "oops, floor area is 250")]
    public void An_earlier_answer_is_corrected_in_the_words_that_come_to_mind(string language, string correction)
    {
        var turn = Talk("permit_finder", language, "restaurant", "Phuket", "150", correction);
        Assert.Equal("250", Slot(turn, "area"));
        Assert.Equal("ask_alcohol", turn.State!.Top.Step);
    }

    [Fact]
    public void A_wrong_answer_is_put_nowhere_because_a_place_may_be_any_words()
    {
        var turn = Talk("file_complaint", "th", "ล่าช้า", "ยื่นไปนานแล้ว", "เขตบางรัก", "ไม่ใช่ อันนั้นไง");
        Assert.Equal("เขตบางรัก", Slot(turn, "where"));
    }

    [Theory]
    [InlineData("th", "ขายเบียร์ได้ไหม")]
    [InlineData("en", "do i need a licence to sell beer")]
    public void A_question_that_begins_like_a_yes_is_answered_and_not_taken_for_one(string language, string question)
    {
        var turn = Talk("permit_finder", language, "restaurant", "Phuket", "150", question);
        Assert.Contains("ARTICLE", turn.Said(), StringComparison.Ordinal);
        Assert.Null(Slot(turn, "alcohol"));
        Assert.Equal("ask_alcohol", turn.State!.Top.Step);
    }

    [Fact]
    public void Figures_alone_are_a_wrong_answer_and_no_question_to_the_articles() =>
        Assert.DoesNotContain("ARTICLE", Talk("permit_status", "th", "1234").Said(), StringComparison.Ordinal);

    [Theory]
    [InlineData("เลข bp2569000103 ค่ะ", "BP2569000103")]
    [InlineData("BP 2569 000103", "BP 2569 000103")]
    [InlineData("number BP-2569-000103 please", "BP-2569-000103")]
    public void A_number_is_found_in_the_sentence_around_it(string text, string expected) =>
        Assert.Equal(expected, Slot(Talk("permit_status", "th", text), "number"));

    [Theory]
    [InlineData("2 เมตร", "200")]
    [InlineData("1 เมตรครึ่ง", "150")]
    [InlineData("2 เมตร 50 ซม.", "250")]
    [InlineData("1.2 m", "120")]
    [InlineData("80", "80")]
    public void Other_units_are_converted(string text, string expected) =>
        Assert.Equal(expected, Slot(Talk("signboard_tax", "th", "ไทยล้วน", "ไม่", text), "width"));

    [Fact]
    public void A_slip_in_one_word_of_a_sentence_still_names_the_choice() =>
        Assert.Equal("business", Slot(Talk("file_complaint", "en", "the restaurent next door"), "category"));

    [Fact]
    public void After_the_offer_of_a_person_a_further_wrong_answer_gets_the_example_again()
    {
        string[] lines = ["ก", "ข", "ค", "ง", "จ"];
        Assert.Contains("เจ้าหน้าที่", Talk("permit_status", "th", lines[..3]).Said(), StringComparison.Ordinal);
        Assert.Contains("ตัวอย่าง", Talk("permit_status", "th", lines[..4]).Said(), StringComparison.Ordinal);
        Assert.Contains("เจ้าหน้าที่", Talk("permit_status", "th", lines).Said(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_dialog_asked_for_by_a_button_comes_first_and_then_the_one_that_stood_goes_on()
    {
        var context = Demo.Context();
        var standing = Talk("permit_finder", "th", "ร้านอาหาร");
        var turn = DialogEngine.Turn(Demo.Book, standing.State!, "elicence_verify", context);
        Assert.Equal("elicence_verify", turn.State!.Top.Dialog);
        turn = DialogEngine.Continue(Demo.Book, turn.State, Demo.Says("ย้อนกลับ"), context);
        Assert.Equal(("permit_finder", "ask_place"), (turn.State!.Top.Dialog, turn.State.Top.Step));
    }

    [Fact]
    public void A_button_for_an_officer_in_the_middle_tells_the_officer_what_it_was_about()
    {
        var standing = Talk("permit_finder", "th", "ร้านอาหาร");
        var turn = DialogEngine.Turn(Demo.Book, standing.State!, "request_human", Demo.Context());
        var call = Assert.Single(turn.Effects.OfType<HandOver>());
        Assert.Equal("food", call.Fields["permit_finder.business"]);
    }

    [Theory]
    [InlineData("what permits do i need to open a small bar in phuket", "permit_finder")]
    [InlineData("จะเปิดร้านนวดแถวบ้าน ต้องขอใบอนุญาตอะไรบ้างคะ", "permit_finder")]
    [InlineData("hello, i want to complain about my neighbour", "file_complaint")]
    [InlineData("newspapers", null)]
    [InlineData("what is the weather", null)]
    public void A_trigger_inside_a_longer_message_begins_its_dialog(string text, string? expected) =>
        Assert.Equal(expected, Demo.Book.TriggeredInside(text));
}
