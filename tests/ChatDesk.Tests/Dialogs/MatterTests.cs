using ChatDesk.Activities;
using ChatDesk.Dialogs.Engine;

namespace ChatDesk.Tests.Dialogs;

/// <summary>Words that would pass for an answer and belong to something else.</summary>
public sealed class MatterTests
{
    private const string Loud = "ร้านข้างๆ เปิดเพลงดังทุกคืน";

    private static readonly DialogContext Knows = Demo.Context() with
    {
        Recognise = words => words switch
        {
            Loud or "เพลงดังมาก" => new OtherMatter("file_complaint", []),
            "ราคาทองวันนี้" or "ไม่มี" or "ขอบคุณค่ะ" => new OtherMatter(null, [OutboundActivity.Say("NOT OURS")]),
            "ยื่นพร้อมเรื่องร้องเรียนเมื่อวาน" => new OtherMatter("file_complaint", []),
            _ => OtherMatter.None,
        },
    };

    [Fact]
    public void What_belongs_to_another_dialog_is_asked_about_and_nothing_is_kept_or_begun_on_a_guess()
    {
        var turn = Asked();
        Assert.Equal(("report_delay", "ask_office"), (turn.State!.Top.Dialog, turn.State.Top.Step));
        Assert.False(turn.State.Top.Slots.ContainsKey("office"));
        Assert.False(turn.WasAnswered);
        var said = Assert.Single(turn.Replies);
        Assert.Contains("แจ้งเรื่องร้องเรียน", said.Text, StringComparison.Ordinal);
        Assert.Equal(["dialog:!other_matter", "dialog:!my_answer"], said.Choices.Select(c => c.Data));
    }

    [Theory]
    [InlineData("ใช่ค่ะ", null)]
    [InlineData("ใช่ค่ะ เริ่มเรื่องนั้นเลย", null)]
    [InlineData("เริ่มเลย", null)]
    [InlineData("แจ้งเรื่องร้องเรียน", null)]
    [InlineData("ร้องเรียน", null)]
    [InlineData("", "dialog:!other_matter")]
    public void Said_yes_the_other_dialog_begins_with_what_was_told_and_afterwards_the_question_is_asked_again(string typed, string? tapped)
    {
        var turn = Reply(Asked(), typed, tapped);
        // The kind of complaint was told already.
        Assert.Equal(("file_complaint", "business"), (turn.State!.Top.Dialog, turn.State.Top.Slots["category"]));

        turn = Reply(turn, "ยกเลิก", null);
        Assert.Null(turn.State);
        // Back out of its first question.
        turn = Reply(Reply(Asked(), typed, tapped), "ย้อนกลับ", null);
        Assert.Equal(("report_delay", "ask_office"), (turn.State!.Top.Dialog, turn.State.Top.Step));
        Assert.False(turn.State.Top.Slots.ContainsKey("office"));
    }

    [Theory]
    [InlineData("ไม่ใช่ครับ", null, Loud)]
    [InlineData("เป็นคำตอบข้อนี้", null, Loud)]
    [InlineData("", "dialog:!my_answer", Loud)]
    [InlineData(Loud, null, Loud)]
    [InlineData("เทศบาลเมืองแสนสุข", null, "เทศบาลเมืองแสนสุข")]
    [InlineData("มีนบุรี", null, "มีนบุรี")] // begins like "I have", a yes
    public void Said_no_or_said_again_it_is_the_answer_and_anything_else_is_heard_as_ever(string typed, string? tapped, string office)
    {
        var turn = Reply(Asked(), typed, tapped);
        Assert.Equal((office, "ask_filed"), (turn.State!.Top.Slots["office"], turn.State.Top.Step));
        Assert.True(turn.WasAnswered);
        Assert.Null(turn.State.Held);
    }

    [Fact]
    public void A_second_matter_is_asked_about_as_the_first_was()
    {
        var turn = Reply(Asked(), "เพลงดังมาก", null);
        Assert.Equal((Aside.Matter, "เพลงดังมาก"), (turn.State!.Aside, turn.State.Held));
    }

    [Fact]
    public void A_button_of_a_matter_that_is_over_changes_nothing()
    {
        var settled = Reply(Asked(), "เทศบาลเมืองแสนสุข", null);
        var turn = Reply(settled, "", "dialog:!other_matter");
        Assert.Equal(("report_delay", "ask_filed"), (turn.State!.Top.Dialog, turn.State.Top.Step));
        Assert.Contains("ปุ่มนั้น", turn.Said(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_day_in_words_about_nothing_of_ours_is_no_date_and_a_day_in_a_story_is()
    {
        var asked = Reply(Reply(DialogEngine.Begin(Demo.Book, "report_delay", Knows), "โรงแรม", null), "อำเภอ", null);
        var foreign = Reply(asked, "ราคาทองวันนี้", null);
        Assert.Equal("ask_filed", foreign.State!.Top.Step);
        Assert.Equal("NOT OURS", foreign.Replies[0].Text);
        Assert.Equal("2026-11-22", Reply(asked, "ยื่นเอกสารไปเมื่อวานตอนเย็น", null).State!.Top.Slots["filed"]);
        Assert.Equal("2026-11-22", Reply(asked, "ยื่นพร้อมเรื่องร้องเรียนเมื่อวาน", null).State!.Top.Slots["filed"]);
    }

    [Fact]
    public void Where_it_could_be_no_answer_the_other_dialog_is_offered_before_the_question_is_explained()
    {
        var asked = DialogEngine.Begin(Demo.Book, "document_checklist", Knows);
        var offered = Reply(asked, Loud, null);
        Assert.Equal(["dialog:!other_matter", "dialog:!go_on"], offered.Replies[^1].Choices.Select(c => c.Data));
        Assert.Equal("file_complaint", Reply(offered, "ใช่", null).State!.Top.Dialog);
        foreach (var (typed, tapped) in new (string, string?)[] { ("ไม่", null), ("", "dialog:!go_on"), ("ทำต่อ", null) })
        {
            var back = Reply(offered, typed, tapped);
            Assert.Equal((1, "document_checklist"), (back.State!.Frames.Length, back.State.Top.Dialog));
            Assert.NotEmpty(back.Replies[^1].Choices);
            Assert.Equal(Aside.None, back.State.Aside);
        }
    }

    [Fact]
    public void Whoever_asks_one_thing_after_another_is_not_shown_the_question_each_time()
    {
        var curious = Knows with { AskKnowledge = q => q.Contains("ไหม", StringComparison.Ordinal) ? [OutboundActivity.Say("ARTICLE")] : null };
        DialogTurn Ask(DialogTurn before, string text) => DialogEngine.Continue(Demo.Book, DialogState.FromJson(before.State!.ToJson()), Demo.Says(text), curious);
        var first = Ask(DialogEngine.Begin(Demo.Book, "document_checklist", curious), "ต้องจองคิวไหม");
        Assert.Equal(3, first.Replies.Count);
        var second = Ask(first, "มีที่จอดรถไหม");
        Assert.Equal(["dialog:!go_on", "dialog:!drop"], second.Replies[^1].Choices.Select(c => c.Data));
        Assert.Equal(2, second.Replies.Count);
        // The question stands all the same, and after an answer it counts anew.
        var answered = Ask(second, "ร้านอาหาร");
        Assert.True(answered.WasAnswered);
        Assert.Equal(3, Ask(answered, "เปิดวันเสาร์ไหม").Replies.Count);
    }

    [Theory]
    [InlineData("file_complaint", "ask_photo", "ไม่มี", "ask_wish")] // skipped
    [InlineData("file_complaint", "ask_anonymous", "ไม่เปิดเผย", "confirm")] // a yes that begins like a no
    [InlineData("report_delay", "ask_noticed", "ยังไม่ได้รับ", "ask_wants")]
    [InlineData("report_delay", "ask_noticed", "ไม่", "ask_noticed")] // which of the two questions? asked again
    [InlineData("report_delay", "ask_office", "ไม่", "ask_office")]
    public void What_answers_the_question_that_stands_after_two_others_puts_nothing_away(string dialog, string step, string said, string next)
    {
        var curious = Knows with { AskKnowledge = q => q.Contains("จอดรถ", StringComparison.Ordinal) ? [OutboundActivity.Say("ARTICLE")] : null };
        string[] answers = dialog == "file_complaint" ? ["ล่าช้า", "ยื่นไปนานแล้ว", "เขตบางรัก", "เมื่อวาน", "ข้าม", "ข้าม"] : ["โรงแรม", "อำเภอ", "15/1/2569", "30"];
        var turn = DialogEngine.Begin(Demo.Book, dialog, curious);
        DialogTurn Next(string text) => DialogEngine.Continue(Demo.Book, DialogState.FromJson(turn.State!.ToJson()), Demo.Says(text), curious);
        foreach (var answer in answers)
        {
            if (turn.State!.Top.Step == step) break;
            turn = Next(answer);
        }
        Assert.Equal(step, turn.State!.Top.Step);
        foreach (var question in (string[])["มีที่จอดรถไหม", "ที่จอดรถฟรีไหม"]) turn = Next(question);
        Assert.Equal(Aside.GoOn, turn.State!.Aside);

        turn = Next(said);
        Assert.Equal(next, turn.State?.Top.Step);
    }

    [Theory]
    [InlineData("เปลี่ยนหน่วยงานต้องแจ้งใครไหม", "ask_filed", "อำเภอ")] // asks something, and names no office
    [InlineData("เปลี่ยนหน่วยงานได้ไหม", "ask_office", null)]
    [InlineData("แก้หน่วยงานได้ไหมคะ", "ask_office", null)]
    [InlineData("เปลี่ยนหน่วยงานเป็นเทศบาลไหนดีไหม", "ask_filed", "เทศบาลไหนดีไหม")] // says what it is to be
    [InlineData("เปลี่ยนหน่วยงานเทศบาลเมืองแสนสุข", "ask_filed", "เทศบาลเมืองแสนสุข")]
    public void A_question_that_begins_like_a_correction_changes_no_answer(string said, string step, string? office)
    {
        var asked = Reply(Reply(DialogEngine.Begin(Demo.Book, "report_delay", Knows), "โรงแรม", null), "อำเภอ", null);
        var turn = Reply(asked, said, null);
        Assert.Equal((step, office), (turn.State!.Top.Step, turn.State.Top.Slots.GetValueOrDefault("office")));
    }

    [Fact]
    public void Where_it_is_known_what_is_wrong_with_an_answer_that_is_said()
    {
        var asked = new[] { "โรงแรม", "อำเภอ", "15/1/2569" }.Aggregate(DialogEngine.Begin(Demo.Book, "report_delay", Knows), (turn, line) => Reply(turn, line, null));
        Assert.Equal("ask_days", asked.State!.Top.Step);
        Assert.DoesNotContain("NOT OURS", Reply(asked, "ไม่มี", null).Said(), StringComparison.Ordinal);
    }

    [Fact]
    public void Whoever_gets_nowhere_is_offered_a_person_whatever_the_words_are_about()
    {
        var turn = DialogEngine.Begin(Demo.Book, "document_checklist", Knows);
        foreach (var line in (string[])["ขอบคุณค่ะ", "ราคาทองวันนี้", "ขอบคุณค่ะ"]) turn = Reply(turn, line, null);
        Assert.Equal(Aside.Person, turn.State!.Aside);
    }

    [Fact]
    public void A_day_in_words_that_were_held_back_is_not_counted_from_another_day()
    {
        var knows = Knows with { Recognise = words => words.Contains("เพลงดัง", StringComparison.Ordinal) ? new OtherMatter("file_complaint", []) : OtherMatter.None };
        DialogTurn At(DialogTurn before, string text, int hours) =>
            DialogEngine.Continue(Demo.Book, before.State!, Demo.Says(text), knows with { Now = Demo.Monday.AddHours(hours) });
        var asked = At(At(DialogEngine.Begin(Demo.Book, "report_delay", knows), "โรงแรม", 0), "ร้านข้างๆ เปิดเพลงดังตั้งแต่เมื่อวาน", 0);
        Assert.True(At(asked, "ใช่", 1).State!.Top.Slots.ContainsKey("category"));
        Assert.False(At(asked, "ใช่", 20).State!.Top.Slots.ContainsKey("category"));
    }

    [Fact]
    public void A_story_is_a_story_whatever_it_sounds_like()
    {
        var asked = Reply(DialogEngine.Begin(Demo.Book, "inspection_complaint", Knows), "ไม่", null);
        asked = Reply(asked, "2", null);
        Assert.Equal("ask_what", asked.State!.Top.Step);
        Assert.Equal(Loud, Reply(asked, Loud, null).State!.Top.Slots["what"]);
    }

    [Fact]
    public void Whoever_sends_an_identity_number_that_nobody_asked_for_is_told_that_it_is_masked()
    {
        var asked = DialogEngine.Begin(Demo.Book, "report_delay", Demo.Context());
        Assert.Contains("🔒", Reply(asked, "ใบอนุญาตของ 1-9999-00000-01-3", null).Replies[0].Text, StringComparison.Ordinal);
        Assert.DoesNotContain("🔒", Reply(asked, "ใบอนุญาตโรงแรม", null).Said(), StringComparison.Ordinal);
    }

    private static DialogTurn Asked() => Reply(Reply(DialogEngine.Begin(Demo.Book, "report_delay", Knows), "โรงแรม", null), Loud, null);

    /// <summary>Through the JSON that the session store keeps, as every turn goes.</summary>
    private static DialogTurn Reply(DialogTurn before, string typed, string? tapped) =>
        DialogEngine.Continue(Demo.Book, DialogState.FromJson(before.State!.ToJson()), tapped is null ? Demo.Says(typed) : Demo.Taps(tapped), Knows);
}
