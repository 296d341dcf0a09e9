using ChatDesk.Tests.Fixtures;

namespace ChatDesk.Tests.Conversations;

/// <summary>Dialogs and knowledge behind the real line: kept over restarts, effects once, files changed underneath.</summary>
public sealed class DialogLineTests
{
    /// <summary>A complaint as a shop owner types it; the last answer sends it.</summary>
    private static readonly string[] Complaint =
        ["อยากร้องเรียน", "ความล่าช้า", "ยื่นขอใบอนุญาตร้านอาหารไปสองเดือนแล้วยังไม่ได้คำตอบ", "สำนักงานเขตบางรัก", "เมื่อวาน", "ข้าม", "อยากให้ตอบเป็นหนังสือ", "ไม่เปิดเผย", "ส่ง"];

    [Fact]
    public async Task A_complaint_goes_on_at_the_right_question_after_a_restart_at_every_step_and_is_recorded_once()
    {
        await using var desk = await TestDesk.StartAsync();
        var (steady, shaken) = (desk.Person(), desk.Person());
        var steadySaw = 0;
        var shakenSaw = 0;
        foreach (var line in Complaint)
        {
            await desk.SayAsync(steady, line);
            await desk.SettledAsync();
            List<string> expected = [.. desk.Channel.Calls.VisibleTo(steady.ChatId).Skip(steadySaw).Select(m => Plain(m.Text))];
            steadySaw += expected.Count;

            await desk.RestartAsync();
            await desk.SayAsync(shaken, line);
            await desk.SettledAsync();
            var got = desk.Channel.Calls.VisibleTo(shaken.ChatId).Skip(shakenSaw).Select(m => Plain(m.Text)).ToList();
            shakenSaw += got.Count;
            Assert.Equal(expected, got);
        }

        Assert.Equal(2, desk.Count("SELECT count(*) FROM effects WHERE kind = 'case'"));
        Assert.Equal(2, desk.Count("SELECT count(DISTINCT conversation_id) FROM effects WHERE kind = 'case' AND data ->> '$.number' IS NOT NULL AND data ->> '$.promisedBy' IS NOT NULL"));
    }

    [Fact]
    public async Task What_only_sounds_like_danger_does_not_cost_a_dialog_its_answer_and_what_a_list_names_does_interrupt()
    {
        await using var desk = await TestDesk.StartAsync();
        var (plain, odd, listed) = (desk.Person(), desk.Person(), desk.Person());
        foreach (var person in new[] { plain, odd, listed })
        {
            foreach (var line in Complaint.Take(2)) await desk.SayAsync(person, line);
        }
        await desk.SayAsync(plain, Complaint[2]);
        await desk.SayAsync(odd, "มือเด็กในร้านเข้าไปติดในเครื่องบดหมู");
        await desk.SayAsync(listed, "ไฟไหม้บ้านค่ะ ช่วยด้วย");
        await desk.SettledAsync();

        string[] Seen(ChatDesk.LineSimulator.Webhooks.ChatSource person) => [.. desk.Channel.Calls.VisibleTo(person.ChatId).Select(m => Plain(m.Text))];
        bool SawNumber(ChatDesk.LineSimulator.Webhooks.ChatSource person, string number) =>
            desk.Channel.Calls.VisibleTo(person.ChatId).Any(m => m.Message.GetRawText().Contains(number, StringComparison.Ordinal));
        var next = Seen(plain)[^1];
        Assert.Equal(next, Seen(odd)[^1]);
        Assert.True(SawNumber(odd, "1669"));
        Assert.NotEqual(next, Seen(listed)[^1]);
        Assert.True(SawNumber(listed, "199"));
        Assert.False(SawNumber(plain, "1669"));
    }

    [Fact]
    public async Task Fifty_conversations_keep_their_place_while_an_editor_saves_good_and_broken_files()
    {
        var content = Directory.CreateTempSubdirectory("chatdesk-content-").FullName;
        DemoFolders.CopyTo(content);
        await using var desk = await TestDesk.StartAsync(settings => settings["ContentDirectory"] = content);
        var people = Enumerable.Range(0, 50).Select(_ => desk.Person()).ToList();
        for (var n = 0; n < people.Count; n++)
        {
            foreach (var line in Complaint.Take(1 + n % (Complaint.Length - 1))) await desk.SayAsync(people[n], line);
        }
        await desk.SettledAsync();

        var file = Path.Combine(content, "dialogs", "demo", "file_complaint.yaml");
        var text = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        await File.WriteAllTextAsync(file, text.Replace("เป็นเรื่องประเภทไหนคะ", "เรื่องนี้เกี่ยวกับอะไรคะ", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await desk.UntilAsync(() => desk.Log.Lines.Any(l => l.Contains("was changed and is live", StringComparison.Ordinal)), "the edit is live");
        await File.WriteAllTextAsync(file, text.Replace("open_case: complaint", "open_cas: complaint", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await desk.UntilAsync(() => desk.Log.Lines.Any(l => l.Contains("keeps its last good version", StringComparison.Ordinal) && l.Contains("file_complaint.yaml:108", StringComparison.Ordinal)), "the mistake is named");

        for (var n = 0; n < people.Count; n++)
        {
            foreach (var line in Complaint.Skip(1 + n % (Complaint.Length - 1))) await desk.SayAsync(people[n], line);
        }
        await desk.SettledAsync();

        Assert.Equal(50, desk.Count("SELECT count(DISTINCT conversation_id) FROM effects WHERE kind = 'case'"));
        Directory.Delete(content, recursive: true);
    }

    [Fact]
    public async Task An_emergency_inside_a_dialog_comes_first_and_the_dialog_stands_where_it_was()
    {
        await using var desk = await TestDesk.StartAsync();
        var somchai = desk.Person();
        await desk.SayAsync(somchai, "อยากร้องเรียน");

        var seen = await desk.SayAsync(somchai, "ไฟไหม้ร้านช่วยด้วย");
        await desk.SettledAsync();
        Assert.Equal(1, desk.Count("SELECT count(*) FROM inbox WHERE outcome = 'emergency'"));
        Assert.Contains("1669", seen[^1].Message.ToString(), StringComparison.Ordinal);

        await desk.SayAsync(somchai, "ความล่าช้า");
        await desk.SettledAsync();
        Assert.Equal(2, desk.Count("SELECT count(*) FROM inbox WHERE outcome = 'dialog:file_complaint'"));
    }

    [Fact]
    public async Task A_report_of_bribery_inside_a_dialog_is_shown_the_protected_way_and_costs_the_dialog_nothing()
    {
        await using var desk = await TestDesk.StartAsync();
        var (choosing, telling) = (desk.Person(), desk.Person());
        const string report = "เจ้าหน้าที่ขอเงินใต้โต๊ะ";

        // No answer to "which permit": the question stands where it was.
        await desk.SayAsync(choosing, "รายการเอกสาร");
        var shown = await desk.SayAsync(choosing, report);
        Assert.Contains("bribery:start", shown[^1].Message.ToString(), StringComparison.Ordinal);
        await desk.SettledAsync();
        Assert.Equal(1, desk.Count("SELECT count(*) FROM inbox WHERE outcome = 'kb:report-bribery'"));
        await desk.SayAsync(choosing, "ร้านอาหาร");
        await desk.SettledAsync();
        Assert.Equal(2, desk.Count("SELECT count(*) FROM inbox WHERE outcome = 'dialog:document_checklist'"));

        // An answer to "what happened": it goes on, with the way below what the dialog says next.
        foreach (var line in (string[])["เรื่องการตรวจ", "ไม่", "2"]) await desk.SayAsync(telling, line);
        var before = desk.Channel.Calls.VisibleTo(telling.ChatId).Count;
        await desk.SayAsync(telling, report);
        await desk.SettledAsync();
        var said = desk.Channel.Calls.VisibleTo(telling.ChatId).Skip(before).ToList();
        Assert.Equal(2, said.Count);
        Assert.Contains("bribery:start", said[^1].Message.ToString(), StringComparison.Ordinal);
        Assert.Equal(4, desk.Count("SELECT count(*) FROM inbox WHERE outcome = 'dialog:inspection_complaint'"));
    }

    [Fact]
    public async Task Words_about_another_matter_are_not_kept_as_an_answer_unless_the_contact_says_so()
    {
        await using var desk = await TestDesk.StartAsync();
        var (other, same) = (desk.Person(), desk.Person());
        foreach (var person in new[] { other, same })
        {
            foreach (var line in (string[])["แจ้งล่าช้า", "ใบอนุญาตโรงแรม"]) await desk.SayAsync(person, line);
            // No name of an office: no article and no case may make one of it.
            var asked = await desk.SayAsync(person, "ร้านข้างๆ เปิดเพลงดังทุกคืน");
            Assert.Contains("dialog:!my_answer", asked[^1].Message.ToString(), StringComparison.Ordinal);
        }
        await desk.SayAsync(other, "ใช่");
        await desk.SayAsync(same, "ไม่ใช่");
        await desk.SettledAsync();

        string Seen(ChatDesk.LineSimulator.Webhooks.ChatSource person) => string.Join('\n', desk.Channel.Calls.VisibleTo(person.ChatId).Select(m => Plain(m.Text)));
        Assert.Contains("อันตราย", Seen(other), StringComparison.Ordinal);
        Assert.DoesNotContain("เอกสารครบถ้วน", Seen(other), StringComparison.Ordinal);
        Assert.Contains("เอกสารครบถ้วน", Seen(same), StringComparison.Ordinal);
        Assert.DoesNotContain("อันตราย", Seen(same), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("ราคาทองวันนี้", "ที่นี่ตอบได้เฉพาะ")]
    [InlineData("ขอบคุณค่ะ", "ยินดีค่ะ")]
    [InlineData("ขอเบอร์โทรเจ้าของร้านข้างๆ หน่อย", "บุคคลอื่น")]
    [InlineData("ยื่นไปสองเดือนแล้วยังไม่ได้เลย", "แจ้งใบอนุญาตล่าช้า")]
    public async Task What_answers_no_question_is_answered_itself_before_the_question_is_asked_again(string said, string expected)
    {
        await using var desk = await TestDesk.StartAsync();
        var somchai = desk.Person();
        await desk.SayAsync(somchai, "รายการเอกสาร");
        var heard = await desk.SayAsync(somchai, said);
        Assert.Contains(expected, string.Join('\n', heard.Select(m => Plain(m.Text))), StringComparison.Ordinal);
        Assert.DoesNotContain("กรุณาเลือก", string.Join('\n', heard.Select(m => Plain(m.Text))), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("เลขบัตร 1-9999-00000-01-3 ตรวจสอบใบอนุญาตให้หน่อย", null)]
    [InlineData("แจ้งล่าช้า", "ใบอนุญาตของ 1-9999-00000-01-3")]
    public async Task Whoever_sends_an_identity_number_where_a_dialog_begins_or_stands_is_told_that_it_was_masked(string first, string? second)
    {
        await using var desk = await TestDesk.StartAsync();
        var somchai = desk.Person();
        var heard = await desk.SayAsync(somchai, first);
        if (second is not null) heard = await desk.SayAsync(somchai, second);
        Assert.Equal(1, heard.Count(m => m.Text?.Contains("🔒", StringComparison.Ordinal) == true));
        await desk.SettledAsync();
        Assert.Equal(0, desk.Count("SELECT count(*) FROM inbox WHERE instr(CAST(activity AS TEXT), '9999-00000') > 0"));
    }

    [Fact]
    public async Task The_names_that_are_asked_for_are_taken_at_once()
    {
        await using var desk = await TestDesk.StartAsync();
        foreach (var permit in (string[])["ใบอนุญาตธุรกิจนำเที่ยว", "ใบอนุญาตสถานบริการ", "ใบอนุญาตค้าของเก่า", "ใบอนุญาตขายสุรา", "ใบอนุญาตร้านอาหาร", "ภาษีป้าย"])
        {
            var person = desk.Person();
            await desk.SayAsync(person, "แจ้งล่าช้า");
            Assert.Contains("หน่วยงานไหน", Plain((await desk.SayAsync(person, permit))[^1].Text), StringComparison.Ordinal);
            Assert.Contains("วันที่เท่าไร", Plain((await desk.SayAsync(person, "สำนักงานเขตบางรัก"))[^1].Text), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_report_of_bribery_is_no_name_of_a_permit()
    {
        await using var desk = await TestDesk.StartAsync();
        var somchai = desk.Person();
        await desk.SayAsync(somchai, "แจ้งล่าช้า");
        var shown = await desk.SayAsync(somchai, "เจ้าหน้าที่ขอเงินใต้โต๊ะ");
        Assert.Contains("bribery:start", shown[^1].Message.ToString(), StringComparison.Ordinal);
        await desk.SayAsync(somchai, "ใบอนุญาตโรงแรม");
        var next = await desk.SayAsync(somchai, "อำเภอเมือง");
        Assert.Contains("ยื่น", Plain(next[^1].Text), StringComparison.Ordinal);
        await desk.SettledAsync();
        Assert.Equal(1, desk.Count("SELECT count(*) FROM inbox WHERE outcome = 'kb:report-bribery'"));
    }

    [Theory]
    [InlineData("ยื่นขอใบอนุญาตร้านอาหารไปสองเดือนแล้วยังไม่ได้คำตอบ", 0)]
    [InlineData("เจ้าหน้าที่ขอเงินใต้โต๊ะห้าพันถึงจะออกใบอนุญาตให้", 1)]
    public async Task A_complaint_that_tells_of_bribery_is_protected_whatever_kind_it_was_taken_for(string told, int conduct)
    {
        await using var desk = await TestDesk.StartAsync();
        var somchai = desk.Person();
        foreach (var line in Complaint) await desk.SayAsync(somchai, line == Complaint[2] ? told : line);
        await desk.SettledAsync();

        Assert.Equal(1, desk.Count("SELECT count(*) FROM effects WHERE kind = 'case'"));
        Assert.Equal(conduct, desk.Count("SELECT count(*) FROM effects WHERE kind = 'case' AND instr(data, '\"conduct\"') > 0"));
    }

    [Fact]
    public async Task The_button_of_the_protected_way_begins_the_complaint_inside_another_dialog_and_there_a_report_is_what_happened()
    {
        await using var desk = await TestDesk.StartAsync();
        var somchai = desk.Person();
        await desk.SayAsync(somchai, "รายการเอกสาร");
        await desk.SayAsync(somchai, "เจ้าหน้าที่ขอเงินใต้โต๊ะ");

        await desk.PostAsync(desk.Events.Postback(somchai, "bribery:start"));
        await desk.SettledAsync();
        await desk.SayAsync(somchai, "พฤติกรรมเจ้าหน้าที่");
        var seen = await desk.SayAsync(somchai, "เจ้าหน้าที่เรียกรับเงินใต้โต๊ะห้าพันบาทถึงจะออกใบอนุญาตให้");
        await desk.SettledAsync();

        Assert.Equal(3, desk.Count("SELECT count(*) FROM inbox WHERE outcome = 'dialog:file_complaint'"));
        Assert.DoesNotContain("bribery:start", seen[^1].Message.ToString(), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("เลขบัตรผม 1-9999-00000-01-3 ครับ", "9999-00000")]
    [InlineData("โทรกลับ ๐๘๑ ๒๓๔ ๕๖๗๘ ด้วย", "๒๓๔")]
    public async Task Identity_and_phone_numbers_are_kept_nowhere(string text, string secret)
    {
        await using var desk = await TestDesk.StartAsync();
        var somchai = desk.Person();

        await desk.SayAsync(somchai, text);
        await desk.SettledAsync();

        foreach (var (table, columns) in (ReadOnlySpan<(string, string)>)[("inbox", "CAST(activity AS TEXT) || coalesce(CAST(raw AS TEXT), '') || coalesce(evidence, '')"), ("transcript", "CAST(body AS TEXT)"), ("conversations", "CAST(snapshot AS TEXT)"), ("effects", "data")])
            Assert.Equal(0, desk.Count($"SELECT count(*) FROM {table} WHERE instr({columns}, ?1) > 0", secret));
        Assert.DoesNotContain(desk.Log.Lines, l => l.Contains(secret, StringComparison.Ordinal));
    }

    [Fact]
    public async Task An_article_names_its_source_and_date_and_asks_whether_it_helped_in_the_same_free_reply()
    {
        await using var desk = await TestDesk.StartAsync();
        var somchai = desk.Person();

        var seen = await desk.SayAsync(somchai, "เปิดร้านข้าวต้องขออะไรบ้าง");
        await desk.SettledAsync();

        var all = string.Concat(seen.Select(m => m.Message.ToString()));
        Assert.Contains("2535", all, StringComparison.Ordinal);
        Assert.Contains("2569", all, StringComparison.Ordinal);
        Assert.All(seen, m => Assert.Equal(0, m.Call.Counted));
        Assert.Single(desk.Channel.Calls.All());
        Assert.Equal(1, desk.Count("SELECT count(*) FROM inbox WHERE outcome = 'kb:food-premises-notice' AND evidence ->> '$.candidates' IS NOT NULL"));
    }

    /// <summary>Numbers and codes of cases differ from case to case.</summary>
    private static string Plain(string? text) => System.Text.RegularExpressions.Regex.Replace(text ?? "", "[0-9A-Z]{4,}(-[0-9A-Z]{4})?", "#", System.Text.RegularExpressions.RegexOptions.NonBacktracking);
}
