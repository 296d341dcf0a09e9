using ChatDesk.Activities;
using ChatDesk.Delivery;
using ChatDesk.Handover;

namespace ChatDesk.Tests.Handover;

/// <summary>The life of a handover, step by step, through the whole line.</summary>
public sealed class HandoverLineTests
{
    [Fact]
    public async Task In_hours_with_an_officer_free_the_reply_token_is_kept_for_the_officers_first_words()
    {
        await using var desk = await QueueDesk.StartAsync();
        var suda = await desk.ArriveAsync("สุดา");
        var somchai = QueueDesk.Key("U1");

        var row = await desk.AskAsync(somchai);
        Assert.Empty(desk.Line.To(somchai));
        // The sign is shown after the turn is kept.
        await desk.UntilAsync(() => desk.Line.Loading == 1, "the sign that somebody is at work");
        Assert.Equal(HandoverState.Waiting, row.State);
        Assert.NotNull(row.FreeUntil);

        var claimed = await desk.Queue.ClaimAsync(suda, row.Id);
        Assert.Equal(QueueStatus.Done, claimed.Status);
        Assert.NotNull(claimed.Row!.FloorSince);
        var said = await desk.SpeakAsync(suda, claimed.Row, "สวัสดีค่ะ");
        Assert.Equal(QueueStatus.Done, said.Status);
        await desk.SettledAsync();
        await desk.PassAsync(TimeSpan.FromSeconds(30), suda);

        var heard = Assert.Single(desk.Line.To(somchai));
        Assert.Equal("สุดา", heard.Speaker);
        Assert.True(heard.Free);
    }

    [Fact]
    public async Task Without_words_of_an_officer_the_notice_comes_after_a_while_once_and_free()
    {
        await using var desk = await QueueDesk.StartAsync();
        var suda = await desk.ArriveAsync("สุดา");
        var somchai = QueueDesk.Key("U1");
        await desk.AskAsync(somchai);

        await desk.PassAsync(TimeSpan.FromSeconds(26), suda);
        await desk.PassAsync(TimeSpan.FromSeconds(26), suda);

        var heard = Assert.Single(desk.Line.To(somchai));
        Assert.Contains("ลำดับที่ 1", heard.Text, StringComparison.Ordinal);
        Assert.True(heard.Free);
    }

    /// <param name="later">Before the officer's words may be tried again, and after.</param>
    [Theory]
    [InlineData(0)]
    [InlineData(5)]
    public async Task While_LINE_is_away_the_officer_reads_on_and_his_own_words_keep_their_place(int later)
    {
        await using var desk = await QueueDesk.StartAsync();
        var suda = await desk.ArriveAsync("สุดา");
        var somchai = QueueDesk.Key("U1");
        var claimed = await desk.Queue.ClaimAsync(suda, (await desk.AskAsync(somchai)).Id);
        desk.Line.Trouble = _ => new SendResult(SendStatus.Deferred) { RetryAt = desk.Time.GetUtcNow().AddSeconds(2) };
        await desk.SpeakAsync(suda, claimed.Row!, "ขอเลขที่คำขอค่ะ");
        await desk.UntilAsync(() => desk.Count("SELECT count(*) FROM outbox WHERE state = 0 AND attempts > 0") == 1, "a first try in vain");

        desk.Time.Advance(TimeSpan.FromSeconds(later));
        await desk.PostAsync(somchai, "เลขที่ 12 ครับ");
        await desk.UntilAsync(() => desk.Count("SELECT count(*) FROM inbox WHERE state = 0") == 0, "the contact's words before the officer");
        Assert.Empty(desk.Line.To(somchai));

        await desk.SpeakAsync(suda, claimed.Row!, "ขอบคุณค่ะ");
        desk.Line.Trouble = null;
        await desk.PassAsync(TimeSpan.FromSeconds(5), suda);
        Assert.Equal(["ขอเลขที่คำขอค่ะ", "ขอบคุณค่ะ"], desk.Line.To(somchai).Select(s => s.Text));
    }

    [Fact]
    public async Task On_the_web_the_place_is_said_at_once_and_the_officer_is_named_on_joining()
    {
        await using var desk = await QueueDesk.StartAsync();
        var suda = await desk.ArriveAsync("สุดา");
        var nok = QueueDesk.Key("w1", "web");

        var row = await desk.AskAsync(nok);
        Assert.Contains("มีเจ้าหน้าที่ว่าง 1 คน", Assert.Single(desk.Web.To(nok)).Text, StringComparison.Ordinal);
        await desk.Queue.ClaimAsync(suda, row.Id);
        await desk.SettledAsync();

        Assert.Contains("สุดา (เจ้าหน้าที่) เข้ามา", desk.Web.To(nok)[1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task When_all_are_busy_the_contact_hears_the_place_and_can_ask_the_bot_meanwhile_add_and_cancel()
    {
        await using var desk = await QueueDesk.StartAsync();
        var suda = await desk.ArriveAsync("สุดา", capacity: 1);
        var first = await desk.AskAsync(QueueDesk.Key("U1"));
        await desk.Queue.ClaimAsync(suda, first.Id);
        await desk.AskAsync(QueueDesk.Key("U2"));
        var somchai = QueueDesk.Key("U3");

        await desk.AskAsync(somchai);
        Assert.Contains("ลำดับที่ 2", desk.Line.To(somchai)[0].Text, StringComparison.Ordinal);
        await desk.SayAsync(somchai, "เมนู");
        Assert.Equal(2, desk.Line.To(somchai).Count);
        await desk.SayAsync(somchai, "ทำไมท้องฟ้าเป็นสีฟ้า");
        Assert.Contains("เพิ่มให้เจ้าหน้าที่", desk.Line.To(somchai)[^1].Text, StringComparison.Ordinal);
        await desk.SayAsync(somchai, "ไม่รอแล้วค่ะ");

        Assert.Contains("ยกเลิกการรอ", desk.Line.To(somchai)[^1].Text, StringComparison.Ordinal);
        Assert.Null(await desk.Queue.OpenInAsync(somchai));
        Assert.Equal("cancelled", (await desk.Queue.ClosedAsync(QueueDesk.Agency, null, 10))[0].Outcome);
    }

    [Fact]
    public async Task Outside_hours_the_promise_is_exact_and_becomes_work_at_opening_without_a_second_word()
    {
        await using var desk = await QueueDesk.StartAsync(new DateTimeOffset(2026, 11, 23, 13, 0, 0, TimeSpan.Zero));
        var somchai = QueueDesk.Key("U1");

        var row = await desk.AskAsync(somchai);
        Assert.Equal(HandoverState.Promised, row.State);
        Assert.Equal(new DateTimeOffset(2026, 11, 24, 2, 30, 0, TimeSpan.Zero), row.PromisedBy);
        Assert.Contains("วันอังคารที่ 24 พฤศจิกายน 2569 เวลา 09:30 น.", Assert.Single(desk.Line.To(somchai)).Text, StringComparison.Ordinal);

        desk.Time.Advance(TimeSpan.FromHours(12.6));
        var suda = await desk.ArriveAsync("สุดา");
        await desk.PassAsync(TimeSpan.FromSeconds(1), suda);

        Assert.Equal(HandoverState.Waiting, (await desk.Queue.OpenInAsync(somchai))!.State);
        Assert.Single(desk.Line.To(somchai));
        Assert.Equal(QueueStatus.Done, (await desk.Queue.ClaimNextAsync(suda)).Status);
    }

    [Fact]
    public async Task Outside_hours_every_word_added_to_the_matter_is_acknowledged()
    {
        await using var desk = await QueueDesk.StartAsync(new DateTimeOffset(2026, 11, 23, 13, 0, 0, TimeSpan.Zero));
        var somchai = QueueDesk.Key("U1");
        await desk.AskAsync(somchai);

        foreach (var words in (string[])["ทำไมท้องฟ้าเป็นสีฟ้า", "ครับ", "แล้วทะเลล่ะ"]) await desk.SayAsync(somchai, words);

        var heard = desk.Line.To(somchai);
        Assert.Equal(4, heard.Count);
        Assert.Contains("พิมพ์เพิ่มได้", heard[1].Text, StringComparison.Ordinal);
        Assert.Contains("เพิ่มข้อความนี้ให้เจ้าหน้าที่แล้ว", heard[3].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_packet_holds_what_was_asked_and_which_articles_were_shown()
    {
        await using var desk = await QueueDesk.StartAsync();
        var somchai = QueueDesk.Key("U1");
        await desk.SayAsync(somchai, "ขอใบอนุญาตขายสุราต้องทำอย่างไร");

        var row = await desk.AskAsync(somchai);

        Assert.Equal("ขอใบอนุญาตขายสุราต้องทำอย่างไร", row.Packet.Asked);
        Assert.NotEmpty(row.Packet.Articles);
    }

    [Fact]
    public async Task An_officer_with_the_floor_silences_everything_of_the_bot_and_release_gives_it_the_very_next_message()
    {
        await using var desk = await QueueDesk.StartAsync();
        var suda = await desk.ArriveAsync("สุดา");
        var somchai = QueueDesk.Key("U1");
        var row = await desk.AskAsync(somchai);
        var held = (await desk.Queue.ClaimAsync(suda, row.Id)).Row!;

        foreach (var text in (string[])["เมนู", "คิดภาษีป้าย", "ไฟไหม้ ช่วยด้วย มีคนติดอยู่ข้างใน", "คุยกับเจ้าหน้าที่"]) await desk.SayAsync(somchai, text);
        await desk.PostAsync(somchai, InboundKind.Sticker);
        await desk.PostAsync(somchai, InboundKind.Arrived);
        await desk.PassAsync(TimeSpan.FromSeconds(40), suda);
        Assert.Empty(desk.Line.To(somchai));
        held = (await desk.Queue.OpenInAsync(somchai))!;
        Assert.Equal(HandoverPriority.Urgent, held.Priority);
        Assert.Equal(5, held.Unread - 1);

        await desk.SpeakAsync(suda, held, "กำลังส่งคนไปค่ะ");
        await desk.SettledAsync();
        Assert.Null((await desk.Queue.OpenInAsync(somchai))!.WaitingSince);
        Assert.Equal(QueueStatus.Done, (await desk.Queue.CloseAsync(suda, held.Id, "เหตุฉุกเฉิน", "แก้แล้ว", survey: false)).Status);
        Assert.Single(desk.Line.To(somchai));
        await desk.PassAsync(HandoverRules.UndoTime, suda);
        Assert.Contains("ปิดการสนทนาแล้ว", desk.Line.To(somchai)[^1].Text, StringComparison.Ordinal);

        await desk.SayAsync(somchai, "เมนู");
        Assert.Contains("ต้องการเรื่องใดคะ", desk.Line.To(somchai)[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Words_sent_again_after_the_conversation_was_closed_are_known_as_sent()
    {
        await using var desk = await QueueDesk.StartAsync();
        var suda = await desk.ArriveAsync("สุดา");
        var row = await desk.AskAsync(QueueDesk.Key("U1"));
        row = (await desk.Queue.ClaimAsync(suda, row.Id)).Row!;
        var client = Guid.NewGuid().ToString("N");
        Assert.Equal(QueueStatus.Done, (await desk.SpeakAsync(suda, row, "เรียบร้อยแล้วค่ะ", client)).Status);
        await desk.SettledAsync();
        await desk.Queue.CloseAsync(suda, row.Id, "ภาษี", "ตอบแล้ว", survey: false);
        await desk.PassAsync(HandoverRules.UndoTime, suda);

        Assert.Equal(QueueStatus.Repeated, (await desk.SpeakAsync(suda, row, "เรียบร้อยแล้วค่ะ", client)).Status);
        Assert.Equal(QueueStatus.Gone, (await desk.SpeakAsync(suda, row, "เรียบร้อยแล้วค่ะ")).Status);
        Assert.Single(desk.Line.To(QueueDesk.Key("U1")), m => m.Speaker == "สุดา");
    }

    [Fact]
    public async Task A_close_can_be_undone_for_five_seconds_and_is_stopped_by_a_message_nobody_has_seen()
    {
        await using var desk = await QueueDesk.StartAsync();
        var suda = await desk.ArriveAsync("สุดา");
        var somchai = QueueDesk.Key("U1");
        var row = await desk.AskAsync(somchai);
        await desk.Queue.ClaimAsync(suda, row.Id);

        await desk.Queue.CloseAsync(suda, row.Id, "ภาษี", "ตอบแล้ว", survey: true);
        await desk.PassAsync(TimeSpan.FromSeconds(4), suda);
        Assert.Equal(QueueStatus.Done, (await desk.Queue.UndoCloseAsync(suda, row.Id)).Status);
        await desk.PassAsync(TimeSpan.FromSeconds(10), suda);
        await desk.Queue.CloseAsync(suda, row.Id, "ภาษี", "ตอบแล้ว", survey: true);
        await desk.SayAsync(somchai, "เดี๋ยวค่ะ ยังไม่จบ");
        await desk.PassAsync(TimeSpan.FromSeconds(10), suda);

        Assert.Equal(HandoverState.Accepted, (await desk.Queue.OpenInAsync(somchai))!.State);
        Assert.Empty(desk.Line.To(somchai));
    }

    [Fact]
    public async Task An_outage_of_line_does_not_keep_the_officer_waiting_and_the_bots_unsent_words_never_leave()
    {
        await using var desk = await QueueDesk.StartAsync();
        var suda = await desk.ArriveAsync("สุดา", capacity: 1);
        var other = await desk.AskAsync(QueueDesk.Key("U0"));
        await desk.Queue.ClaimAsync(suda, other.Id);
        var noi = await desk.ArriveAsync("น้อย", capacity: 0);
        desk.Line.Trouble = item => new SendResult(SendStatus.Deferred) { Reason = "http-500", RetryAt = desk.Time.GetUtcNow().AddSeconds(30), Reply = item.Reply };
        var somchai = QueueDesk.Key("U1");
        await desk.PostAsync(somchai, "คุยกับเจ้าหน้าที่");
        await desk.UntilAsync(() => desk.Count("SELECT count(*) FROM outbox WHERE state = 0 AND reason = 'http-500'") == 1, "the answer is deferred");
        await desk.Queue.ReturnAsync(suda, other.Id, "พัก");
        var row = (await desk.Queue.OpenInAsync(somchai))!;

        var claimed = await desk.Queue.ClaimAsync(suda, row.Id);
        Assert.NotNull(claimed.Row!.FloorSince);
        await desk.SpeakAsync(suda, claimed.Row, "หนึ่ง");
        await desk.SpeakAsync(suda, claimed.Row, "สอง");
        await desk.UntilAsync(() => desk.Count("SELECT count(*) FROM inbox WHERE state = 0 AND event_id LIKE 'say:%'") == 0, "both have had their turn");
        desk.Line.Trouble = null;
        await desk.PassAsync(TimeSpan.FromSeconds(31), suda, noi);

        Assert.Equal(["หนึ่ง", "สอง"], desk.Line.To(somchai).Select(s => s.Text));
        var page = await desk.Queue.TranscriptAsync(QueueDesk.Agency, somchai, null, 50);
        Assert.Contains(page.Lines, l => l is { By: LineSpeaker.Bot, Delivery: LineDelivery.TakenBack });
    }

    [Fact]
    public async Task Words_said_on_an_outdated_view_are_refused_with_what_was_missed_and_a_retry_never_doubles()
    {
        await using var desk = await QueueDesk.StartAsync();
        var suda = await desk.ArriveAsync("สุดา");
        var noi = await desk.ArriveAsync("น้อย");
        var somchai = QueueDesk.Key("U1");
        var row = await desk.AskAsync(somchai);
        row = (await desk.Queue.ClaimAsync(suda, row.Id)).Row!;
        var seen = (await desk.Queue.SnapshotAsync(QueueDesk.Agency)).Seq;
        await desk.SayAsync(somchai, "ลืมบอกว่าเลขที่ 12");
        await desk.Queue.NoteAsync(noi, somchai, "n1", "เคยคุยแล้ว");
        await desk.Queue.NoteAsync(noi, somchai, "n1", "เคยคุยแล้ว");

        var refused = await desk.Queue.SayAsync(suda, new SayOrder(row.Id, "c1", seen, "ขอเลขที่ค่ะ"));
        Assert.Equal(QueueStatus.Outdated, refused.Status);
        Assert.Equal(["ลืมบอกว่าเลขที่ 12", "เคยคุยแล้ว"], refused.Missed!.Select(l => l.Text));
        var now = (await desk.Queue.SnapshotAsync(QueueDesk.Agency)).Seq;
        Assert.Equal(QueueStatus.Done, (await desk.Queue.SayAsync(suda, new SayOrder(row.Id, "c1", now, "ขอบคุณค่ะ"))).Status);
        Assert.Equal(QueueStatus.Repeated, (await desk.Queue.SayAsync(suda, new SayOrder(row.Id, "c1", now, "ขอบคุณค่ะ"))).Status);
        Assert.Equal(QueueStatus.Taken, (await desk.Queue.SayAsync(noi, new SayOrder(row.Id, "c2", now + 99, "แทรก"))).Status);
        await desk.SettledAsync();

        Assert.Equal("ขอบคุณค่ะ", Assert.Single(desk.Line.To(somchai)).Text);
    }

    [Fact]
    public async Task A_failed_line_says_why_and_can_be_tried_again_under_the_same_id()
    {
        await using var desk = await QueueDesk.StartAsync();
        var suda = await desk.ArriveAsync("สุดา");
        var somchai = QueueDesk.Key("U1");
        var row = await desk.AskAsync(somchai);
        await desk.Queue.ClaimAsync(suda, row.Id);
        desk.Line.Trouble = item => new SendResult(SendStatus.Blocked) { Reason = "quota" };
        var said = await desk.SpeakAsync(suda, row, "สวัสดีค่ะ");
        await desk.SettledAsync();
        var failed = (await desk.Queue.TranscriptAsync(QueueDesk.Agency, somchai, null, 50)).Lines.Single(l => l.Key == said.LineKey);
        Assert.Equal((LineDelivery.Failed, "quota"), (failed.Delivery, failed.DeliveryReason));

        desk.Line.Trouble = null;
        Assert.Equal(QueueStatus.Done, (await desk.Queue.RetryAsync(suda, row.Id, said.LineKey!)).Status);
        await desk.SettledAsync();

        Assert.Equal(said.LineKey, $"o:{Assert.Single(desk.Line.To(somchai)).OutboxId}");
    }

    [Fact]
    public async Task The_bot_switched_off_tells_each_contact_once_and_everything_becomes_officers_work()
    {
        await using var desk = await QueueDesk.StartAsync();
        var boss = await desk.ArriveAsync("หัวหน้า");
        var somchai = QueueDesk.Key("U1");

        var (before, after) = await desk.Queue.SwitchBotAsync(boss, off: true, "ตอบผิด");
        Assert.Equal((false, true, "ตอบผิด"), (before.Off, after.Off, after.Reason));
        await desk.SayAsync(somchai, "เมนู");
        await desk.SayAsync(somchai, "คิดภาษีป้าย");
        Assert.Contains("ปิดชั่วคราว", Assert.Single(desk.Line.To(somchai)).Text, StringComparison.Ordinal);
        Assert.Equal(HandoverReason.BotOff, (await desk.Queue.OpenInAsync(somchai))!.Reason);
        await desk.RestartAsync();
        Assert.True(desk.Queue.Bot(QueueDesk.Agency).Off);
        await desk.Queue.SwitchBotAsync(boss, off: false, "แก้แล้ว");
        await desk.SayAsync(somchai, "เมนู");

        Assert.Contains("ต้องการเรื่องใดคะ", desk.Line.To(somchai)[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_restart_in_the_middle_loses_neither_row_nor_floor_nor_what_was_about_to_be_closed()
    {
        await using var desk = await QueueDesk.StartAsync();
        var suda = await desk.ArriveAsync("สุดา");
        var (one, two) = (QueueDesk.Key("U1"), QueueDesk.Key("U2"));
        var first = await desk.AskAsync(one);
        var second = await desk.AskAsync(two);
        await desk.Queue.ClaimAsync(suda, first.Id);
        await desk.Queue.CloseAsync(suda, first.Id, "ภาษี", "ตอบแล้ว", survey: false);
        var before = await desk.Queue.SnapshotAsync(QueueDesk.Agency);

        await desk.RestartAsync();
        var after = await desk.Queue.SnapshotAsync(QueueDesk.Agency);
        Assert.Equal(HandoverJson.WriteText(before.Rows[first.Id]), HandoverJson.WriteText(after.Rows[first.Id]));
        Assert.Equal((before.Seq, before.Rows.Count, before.Officers.Count), (after.Seq, after.Rows.Count, after.Officers.Count));
        await desk.PassAsync(HandoverRules.UndoTime, suda);

        Assert.Null(await desk.Queue.OpenInAsync(one));
        Assert.Equal(QueueStatus.Done, (await desk.Queue.ClaimAsync(suda, second.Id)).Status);
        await desk.SayAsync(two, "เมนู");
        Assert.Empty(desk.Line.To(two));
    }

    [Fact]
    public async Task A_message_taken_back_leaves_no_word_in_rows_packets_events_or_search()
    {
        await using var desk = await QueueDesk.StartAsync();
        var suda = await desk.ArriveAsync("สุดา");
        var somchai = QueueDesk.Key("U1");
        await desk.PostAsync(somchai, InboundKind.Text, "ความลับของฉัน", "m1");
        await desk.SettledAsync();
        var row = await desk.AskAsync(somchai);
        await desk.Queue.ClaimAsync(suda, row.Id);
        await desk.PostAsync(somchai, InboundKind.Text, "ความลับที่สอง", "m2");
        await desk.SettledAsync();
        Assert.Equal("ความลับที่สอง", (await desk.Queue.OpenInAsync(somchai))!.LastText);
        Assert.Equal("ความลับของฉัน", row.Packet.Asked);

        await desk.PostAsync(somchai, InboundKind.Withdrawn, null, "m1");
        await desk.PostAsync(somchai, InboundKind.Withdrawn, null, "m2");
        await desk.SettledAsync();

        var after = (await desk.Queue.OpenInAsync(somchai))!;
        Assert.Equal((null, LineKind.Withdrawn, null), (after.LastText, after.LastKind, after.Packet.Asked));
        Assert.Empty(await desk.Queue.SearchAsync(QueueDesk.Agency, "ความลับ"));
        var events = await desk.Queue.EventsAfterAsync(QueueDesk.Agency, 0);
        Assert.DoesNotContain(events.Events, e => HandoverJson.WriteText(e).Contains("ความลับ", StringComparison.Ordinal));
        Assert.Equal(2, (await desk.Queue.TranscriptAsync(QueueDesk.Agency, somchai, null, 50)).Lines.Count(l => l.Kind == LineKind.Withdrawn));
    }

    [Fact]
    public async Task Search_finds_people_messages_and_notes_inside_thai_and_nothing_of_another_agency()
    {
        await using var desk = await QueueDesk.StartAsync();
        var suda = await desk.ArriveAsync("สุดา");
        var somchai = QueueDesk.Key("U1");
        await desk.SayAsync(somchai, "อยากถามเรื่องภาษีที่ดินและสิ่งปลูกสร้าง");
        var row = await desk.AskAsync(somchai);
        await desk.Queue.NoteAsync(suda, somchai, "n1", "รอเลขที่ดินแปลงนี้");
        await desk.Queue.TagAsync(suda, somchai, ["ภาษี"]);
        await desk.PassAsync(TimeSpan.FromSeconds(1), suda);
        // Names are asked of the channel in the background.
        await desk.UntilAsync(() => desk.Queue.OpenInAsync(somchai).AsTask().Result!.ContactName is not null, "the contact's name");

        Assert.Contains(await desk.Queue.SearchAsync(QueueDesk.Agency, "ที่ดิน"), h => h.Kind == "message" && h.Text.Contains("รอเลขที่ดิน", StringComparison.Ordinal));
        Assert.Contains(await desk.Queue.SearchAsync(QueueDesk.Agency, "ปลูกสร้าง"), h => h.Kind == "message" && h.Conversation == somchai);
        Assert.Contains(await desk.Queue.SearchAsync(QueueDesk.Agency, "คุณU1"), h => h.Kind == "person");
        Assert.Empty(await desk.Queue.SearchAsync("other", "ที่ดิน"));
        Assert.Empty((await desk.Queue.TranscriptAsync("other", somchai, null, 50)).Lines);
        Assert.Equal(QueueStatus.Gone, (await desk.Queue.ClaimAsync(suda with { Agency = "other" }, row.Id)).Status);
        var card = (await desk.Queue.ContactAsync(QueueDesk.Agency, somchai))!;
        Assert.Equal(("คุณU1", "ภาษี", 1), (card.Name, Assert.Single(card.Tags), card.Handovers.Count));
    }

    [Fact]
    public async Task Who_steps_in_gets_what_was_asked_answered_and_shown_in_the_contacts_language()
    {
        await using var desk = await QueueDesk.StartAsync();
        var suda = await desk.ArriveAsync("สุดา");
        var jane = QueueDesk.Key("U1");
        foreach (var words in (string[])["How do I get a restaurant licence?", "I want to complain", "street light", "The lamp has been dark for weeks", "Soi 5 behind the market"])
            await desk.SayAsync(jane, words);

        var row = (await desk.Queue.StepInAsync(suda, jane, "ช่วยดู")).Row!;

        Assert.Equal(("en", HandoverReason.SteppedIn, "file_complaint"), (row.Language, row.Reason, row.Packet.Dialog));
        Assert.Equal("file a complaint", row.Packet.Asked);
        Assert.Equal("The lamp has been dark for weeks", row.Packet.Fields["what"]);
        Assert.Contains("Soi 5", row.Packet.Fields["where"], StringComparison.Ordinal);
        Assert.NotEmpty(row.Packet.Articles);
        Assert.Equal((LineSpeaker.Bot, true), (row.LastBy, row.LastText?.Contains("When was it", StringComparison.Ordinal)));
    }

    [Fact]
    public async Task Who_steps_in_outside_of_a_dialog_gets_the_last_question_and_not_an_officers_words_of_before()
    {
        await using var desk = await QueueDesk.StartAsync();
        var suda = await desk.ArriveAsync("สุดา");
        var somchai = QueueDesk.Key("U1");
        await desk.SayAsync(somchai, "ใบเสร็จภาษีป้ายหายค่ะ ต้องทำอย่างไร");
        var first = (await desk.Queue.StepInAsync(suda, somchai, null)).Row!;
        Assert.Equal(("th", "ใบเสร็จภาษีป้ายหายค่ะ ต้องทำอย่างไร"), (first.Language, first.Packet.Asked));
        await desk.SpeakAsync(suda, first, "ขอสำเนาได้ที่เขตค่ะ");
        await desk.SettledAsync();
        await desk.Queue.CloseAsync(suda, first.Id, "ภาษี", "ตอบแล้ว", survey: false);
        await desk.PassAsync(HandoverRules.UndoTime + TimeSpan.FromSeconds(1), suda);

        var again = (await desk.Queue.StepInAsync(suda, somchai, null)).Row!;

        Assert.Equal("ใบเสร็จภาษีป้ายหายค่ะ ต้องทำอย่างไร", again.Packet.Asked);
        Assert.Equal(first.Id, again.Reopens);
    }
}
