using ChatDesk.Activities;
using ChatDesk.Dialogs.Engine;
using ChatDesk.Dialogs.Format;

namespace ChatDesk.Tests.Dialogs;

public sealed class EngineTests
{
    private static DialogTurn Say(DialogTurn turn, string text, DialogBook? book = null, DateTimeOffset? now = null, string turnId = "u") =>
        DialogEngine.Continue(book ?? Demo.Book, turn.State!, Demo.Says(text), Demo.Context(now: now, turn: turnId));

    private static DialogTurn Talk(string dialog, params string[] lines) =>
        lines.Aggregate(DialogEngine.Begin(Demo.Book, dialog, Demo.Context()), (turn, line) => Say(turn, line));

    [Theory]
    [InlineData("food", "area", 199, "food_notice")]
    [InlineData("food", "area", 200, "food_notice")]
    [InlineData("food", "area", 201, "food_licence")]
    public void Food_premises_need_a_licence_above_200_square_metres(string business, string slot, int value, string expected) =>
        Assert.Equal([expected], Permits(business, (slot, value)));

    [Theory]
    [InlineData(7, 30, "non_hotel")]
    [InlineData(8, 29, "non_hotel")]
    [InlineData(8, 30, "non_hotel")]
    [InlineData(8, 31, "hotel")]
    [InlineData(9, 30, "hotel")]
    [InlineData(9, 31, "hotel")]
    public void Rooms_are_a_hotel_above_8_rooms_or_30_guests(int rooms, int guests, string expected) =>
        Assert.Equal([expected], Permits("rooms", ("rooms", rooms), ("guests", guests)));

    [Theory]
    [InlineData(49, 49, "small_workshop")]
    [InlineData(50, 49, "factory")]
    [InlineData(51, 0, "factory")]
    [InlineData(49, 50, "factory")]
    [InlineData(0, 51, "factory")]
    [InlineData(20, 10, "small_workshop")]
    public void A_workshop_is_a_factory_from_50_horsepower_or_50_workers(int horsepower, int workers, string expected) =>
        Assert.Equal([expected], Permits("workshop", ("horsepower", horsepower), ("workers", workers)));

    /// <summary>The whole dialog is talked through, and the cards are read off; company and sign are left out.</summary>
    private static string[] Permits(string business, params (string Slot, int Value)[] sizes)
    {
        var context = Demo.Context("en");
        var turn = DialogEngine.Begin(Demo.Book, "permit_finder", context);
        string[] answers = [business == "food" ? "restaurant" : business == "rooms" ? "homestay" : "workshop", "Mueang District, Phuket", .. sizes.Select(s => $"{s.Value}"), .. Enumerable.Repeat("no", business == "workshop" ? 2 : 3), "a person"];
        foreach (var answer in answers)
            turn = DialogEngine.Continue(Demo.Book, turn.State!, Demo.Says(answer), context);
        Assert.Equal(DialogOutcome.Finished, turn.Outcome);
        var titles = turn.Replies.Select(r => r.Card?.Title).OfType<string>().ToHashSet();
        return [.. Demo.Book.Dialogs["permit_finder"].Tables["permits"].Rows.Where(r => titles.Contains(r.Saying!.Card!.Title.En.Source)).Select(r => r.Id)];
    }

    [Fact]
    public void The_state_survives_json_and_is_small()
    {
        var turn = Talk("permit_finder", "ร้านอาหาร 150 ตร.ม.", "เขตบางรัก กรุงเทพฯ", "ขาย");
        var json = turn.State!.ToJson();
        Assert.True(json.Length < 1_000, $"{json.Length} bytes");
        Assert.Equal(json, DialogState.FromJson(json).ToJson());
    }

    [Fact]
    public void The_same_turn_worked_out_twice_is_the_same_and_changes_no_state()
    {
        var before = Talk("file_complaint", "ล่าช้า", "ยื่นไปสองเดือนแล้ว", "เขตบางรัก");
        var json = before.State!.ToJson();
        var once = Say(before, "เมื่อวาน");
        var twice = Say(before, "เมื่อวาน");
        Assert.Equal(json, before.State.ToJson());
        Assert.Equal(once.State!.ToJson(), twice.State!.ToJson());
        Assert.Equal(once.Said(), twice.Said());
    }

    [Fact]
    public void An_effect_ordered_again_after_a_crash_keeps_its_key()
    {
        var turn = Talk("file_complaint", "ล่าช้า", "ยื่นไปสองเดือนแล้ว", "เขตบางรัก", "เมื่อวาน", "ข้าม", "ข้าม", "ไม่เปิดเผย", "ส่งเรื่อง");
        var first = Assert.Single(turn.Effects.OfType<OpenCase>());
        var again = Say(turn, "ฮัลโหล", turnId: "later");
        Assert.Equal(first.Key, Assert.Single(again.Effects.OfType<OpenCase>()).Key);
        Assert.Equal("delay", first.Category);
        Assert.Equal("2026-11-22", first.Fields["when_it_was"]);
    }

    [Theory]
    [InlineData(nameof(InboundKind.Edited))]
    [InlineData(nameof(InboundKind.Withdrawn))]
    [InlineData(nameof(InboundKind.Notice))]
    public void What_is_said_to_nobody_answers_no_question(string kind)
    {
        var asked = Talk("file_complaint", "ล่าช้า");
        var turn = DialogEngine.Continue(Demo.Book, asked.State!, Demo.Says("ยื่นไปสองเดือนแล้ว") with { Kind = Enum.Parse<InboundKind>(kind) }, Demo.Context());
        Assert.Empty(turn.Replies);
        Assert.Equal(asked.State!.ToJson(), turn.State!.ToJson());
    }

    /// <summary>What a crash between working a turn out and storing it comes to: the same turn once more.</summary>
    [Fact]
    public void Every_turn_of_a_complaint_can_be_worked_out_again_from_its_kept_state()
    {
        string[] lines = ["ล่าช้า", "ยื่นไปสองเดือนแล้ว", "เขตบางรัก", "เมื่อวาน", "ไม่มี", "ข้าม", "เปิดเผยได้", "0812345678", "แก้วันที่เป็นวันนี้", "ส่งเรื่อง"];
        var kept = DialogEngine.Begin(Demo.Book, "file_complaint", Demo.Context(turn: "begin")).State!.ToJson();
        var orders = new List<string>();
        foreach (var (line, i) in lines.Select((l, i) => (l, i)))
        {
            DialogTurn Work() => DialogEngine.Continue(Demo.Book, DialogState.FromJson(kept), Demo.Says(line), Demo.Context(turn: $"t{i}"));
            var lost = Work();
            var stored = Work();
            Assert.Equal(lost.State!.ToJson(), stored.State!.ToJson());
            Assert.Equal(lost.Effects.Select(e => e.Key), stored.Effects.Select(e => e.Key));
            Assert.Equal(lost.Said(), stored.Said());
            orders.AddRange(stored.Effects.OfType<OpenCase>().Select(e => e.Key));
            kept = stored.State.ToJson();
        }
        Assert.Equal(["begin:0"], orders);
    }

    [Fact]
    public void A_result_nobody_waits_for_changes_nothing()
    {
        var turn = Talk("file_complaint", "ล่าช้า");
        var resumed = DialogEngine.Resume(Demo.Book, turn.State!, new StepResult(true, new Dictionary<string, string> { ["number"] = "C-1" }), Demo.Context());
        Assert.Equal("ask_what", resumed.State!.Top.Step);
        Assert.DoesNotContain("number", resumed.State.Top.Slots.Keys);
    }

    [Fact]
    public void A_case_is_never_opened_without_what_it_needs()
    {
        var book = Demo.BookWith(("d.yaml", """
            dialog: d
            title: { th: ก, en: a }
            slots:
              n: { kind: number, label: { th: ก, en: n } }
              skip_it: { kind: yes_no, label: { th: ข, en: b } }
            steps:
              - { id: q, ask: skip_it, text: { th: ข้ามไหม, en: Skip it? } }
              - { id: a, when: not skip_it, ask: n, text: { th: กี่อัน, en: How many? } }
              - { id: o, open_case: t, summary: { th: "{n}", en: "{n}" }, fields: [n], needs: [n], failed: end }
              - { id: e, say: { th: จบ, en: done } }
            """));
        var begun = DialogEngine.Begin(book, "d", Demo.Context("en"));
        var asked = DialogEngine.Continue(book, begun.State!, Demo.Says("yes"), Demo.Context("en"));
        Assert.Contains("How many?", asked.Said(), StringComparison.Ordinal);
        Assert.Empty(asked.Effects.OfType<OpenCase>());
        var opened = DialogEngine.Continue(book, asked.State!, Demo.Says("3"), Demo.Context("en"));
        Assert.Equal("3", Assert.Single(opened.Effects.OfType<OpenCase>()).Fields["n"]);
    }

    [Fact]
    public void There_is_no_way_back_past_an_opened_case()
    {
        var book = Demo.BookWith(("d.yaml", """
            dialog: d
            title: { th: ก, en: a }
            slots:
              n: { kind: number, label: { th: ก, en: n } }
              m: { kind: number, label: { th: ข, en: m } }
            steps:
              - { id: a, ask: n, text: { th: กี่อัน, en: "How many?" } }
              - { id: o, open_case: t, summary: { th: "{n}", en: "{n}" }, fields: [n], needs: [n], failed: end }
              - { id: b, ask: m, text: { th: อีกกี่อัน, en: "How many more?" } }
            """));
        var turn = DialogEngine.Begin(book, "d", Demo.Context("en"));
        turn = DialogEngine.Continue(book, turn.State!, Demo.Says("3"), Demo.Context("en"));
        turn = DialogEngine.Resume(book, turn.State!, new StepResult(true, new Dictionary<string, string>()), Demo.Context("en"));
        turn = DialogEngine.Continue(book, turn.State!, Demo.Says("back"), Demo.Context("en"));
        Assert.Equal("b", turn.State!.Top.Step);
        Assert.Contains("This is the first question", turn.Said(), StringComparison.Ordinal);
    }

    [Fact]
    public void Three_wrong_answers_are_explained_in_two_wordings_and_then_a_person_is_offered()
    {
        var turn = Talk("signboard_tax", "ไทยล้วน", "ไม่");
        var first = Say(turn, "กว้าง");
        var second = Say(first, "กว้างมาก");
        var third = Say(second, "กว้างจริงๆ");
        Assert.NotEqual(first.Said(), second.Said());
        Assert.Contains(third.Replies.SelectMany(r => r.Choices), c => c.Data == "dialog:!person");
        var handed = Say(third, "ใช่ครับ");
        Assert.Single(handed.Effects.OfType<HandOver>());
    }

    [Theory]
    [InlineData("เจ้าหน้าที่ยกเลิกนัดของผม")]
    [InlineData("ขอคุยกับหัวหน้าแล้วเขาไม่ให้คุย ย้อนกลับไปมา")]
    [InlineData("ทำไมต้องจ่ายเงินเพิ่ม?")]
    public void A_story_is_not_taken_for_a_command_or_a_question(string story)
    {
        var asked = Talk("file_complaint", "ล่าช้า");
        var context = Demo.Context() with { AskKnowledge = _ => [OutboundActivity.Say("an article")] };
        var turn = DialogEngine.Continue(Demo.Book, asked.State!, Demo.Says(story), context);
        Assert.Equal(story, turn.State!.Top.Slots["what"]);
    }

    [Fact]
    public void The_identity_number_in_a_story_is_redacted_and_never_kept()
    {
        var turn = Say(Talk("file_complaint", "ล่าช้า"), "บัตร 1-9999-00000-01-3 ของผม");
        Assert.Equal(("1-9999-00000-01-3", "1-xxxx-xxxxx-xx-3"), Assert.Single(turn.Redact));
        Assert.DoesNotContain("00000", System.Text.Encoding.UTF8.GetString(turn.State!.ToJson()), StringComparison.Ordinal);
    }

    [Fact]
    public void A_button_of_an_answered_question_corrects_it()
    {
        var begun = DialogEngine.Begin(Demo.Book, "document_checklist", Demo.Context());
        var old = begun.Replies[^1].Choices[1].Data!;
        var asked = Say(Say(begun, "ร้านอาหาร"), "บริษัท");
        var corrected = DialogEngine.Continue(Demo.Book, asked.State!, Demo.Taps(old), Demo.Context());
        Assert.Equal("tobacco", corrected.State!.Top.Slots["permit"]);
        Assert.Equal("ask_premises", corrected.State.Top.Step);
    }

    [Fact]
    public void Another_dialog_can_be_run_in_between()
    {
        var turn = Say(Talk("permit_finder", "ร้านอาหาร 100 ตร.ม.", "บางรัก กรุงเทพ"), "ภาษีป้าย");
        Assert.Equal("signboard_tax", turn.State!.Top.Dialog);
        foreach (var line in new[] { "ไทยล้วน", "ไม่", "100", "500", "ป้ายเดิม" })
            turn = Say(turn, line);
        Assert.Equal("permit_finder", turn.State!.Top.Dialog);
        Assert.Contains("500 บาท", turn.Said(), StringComparison.Ordinal);
        Assert.Contains("แอลกอฮอล์", turn.Said(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_circle_that_no_lint_foresaw_ends_with_a_person()
    {
        var book = Demo.BookWith(("d.yaml", """
            dialog: d
            title: { th: ก, en: a }
            slots: { n: { kind: number, label: { th: ก, en: n } } }
            steps:
              - { id: a, ask: n, text: { th: ก, en: a } }
              - { id: s, set: { n: none } }
              - { id: t, set: { n: "1" } }
              - { id: e, say: { th: "{n}", en: "{n}" }, next: a }
            """));
        var begun = DialogEngine.Begin(book, "d", Demo.Context());
        var turn = DialogEngine.Continue(book, begun.State!, Demo.Says("5"), Demo.Context());
        Assert.Equal(DialogOutcome.HandedOver, turn.Outcome);
        Assert.Equal("fault", Assert.Single(turn.Effects.OfType<HandOver>()).Reason);
    }

    [Fact]
    public void Replies_and_values_are_the_same_under_a_thai_culture()
    {
        var before = Thread.CurrentThread.CurrentCulture;
        try
        {
            string Run() => Say(Talk("report_delay", "โรงแรม", "อำเภอ"), "15/1/2569").Said();
            var plain = Run();
            Thread.CurrentThread.CurrentCulture = System.Globalization.CultureInfo.GetCultureInfo("th-TH");
            Assert.Equal(plain, Run());
        }
        finally
        {
            Thread.CurrentThread.CurrentCulture = before;
        }
    }

    [Fact]
    public void The_officer_sees_what_was_answered_before()
    {
        var turn = Say(Talk("permit_finder", "ร้านอาหาร 150 ตร.ม."), "เจ้าหน้าที่");
        var effect = Assert.Single(turn.Effects.OfType<HandOver>());
        Assert.Equal("150", effect.Fields["permit_finder.area"]);
        Assert.Equal("ค้นหาใบอนุญาตที่ต้องใช้", effect.Topic);
    }

    [Fact]
    public void Buttons_that_name_an_answer_fit_on_line()
    {
        var turn = Talk("report_delay", "โรงแรม", "อำเภอ", "15/1/2569");
        var menu = DialogEngine.Continue(Demo.Book, turn.State!, Demo.Says("change"), Demo.Context("en"));
        Assert.NotEmpty(menu.Replies[^1].Choices);
        Assert.All(menu.Replies[^1].Choices, c => Assert.True(c.Label.Length <= 20, c.Label));
    }

    [Fact]
    public void A_whole_message_begins_its_dialog()
    {
        Assert.Equal("file_complaint", Demo.Book.Triggered("ร้องเรียนครับ"));
        Assert.Equal("signboard_tax", Demo.Book.Triggered("Signboard tax please"));
        Assert.Null(Demo.Book.Triggered("ร้องเรียนอะไรได้บ้าง"));
    }
}
