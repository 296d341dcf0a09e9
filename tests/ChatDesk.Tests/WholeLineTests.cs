using ChatDesk.LineSimulator.Channel;
using ChatDesk.LineSimulator.Webhooks;
using ChatDesk.Tests.Fixtures;

namespace ChatDesk.Tests;

/// <summary>One message all the way: a signed webhook in at one end, what a person on LINE sees at the other.</summary>
public sealed class WholeLineTests
{
    [Fact]
    public async Task A_question_nobody_can_answer_gets_an_honest_answer_with_choices_by_free_reply()
    {
        await using var desk = await TestDesk.StartAsync();
        var somchai = desk.Person();

        var seen = await desk.SayAsync(somchai, "ทำไมท้องฟ้าเป็นสีฟ้า");

        var message = Assert.Single(seen);
        Assert.Contains("ยังไม่มีคำตอบที่ตรวจแล้ว", message.Text, StringComparison.Ordinal);
        Assert.Equal(SendKind.Reply, message.Call.Kind);
        Assert.Equal(0, message.Call.Counted);
        Assert.True(message.Message.GetProperty("quickReply").GetProperty("items").GetArrayLength() >= 2);
    }

    [Fact]
    public async Task A_follow_is_greeted_and_a_chosen_language_is_kept()
    {
        await using var desk = await TestDesk.StartAsync();
        var somchai = desk.Person();
        await desk.PostAsync(desk.Events.Follow(somchai));
        await desk.SeenAsync(somchai, 1);

        await desk.SayAsync(somchai, "english");
        var seen = await desk.SayAsync(somchai, "เมนู");

        Assert.Contains("สวัสดี", seen[0].Text, StringComparison.Ordinal);
        Assert.Equal("What can we do for you? Tap below, or just type your question.", seen[^1].Text);
    }

    [Theory]
    [InlineData("ต้องใช้เอกสารอะไร", "ใบอนุญาตไหน")]
    [InlineData("Which documents?", "For which permit?")]
    public async Task What_stands_on_the_menu_may_be_typed_before_the_menu_was_ever_seen(string typed, string asked)
    {
        await using var desk = await TestDesk.StartAsync();
        var seen = await desk.SayAsync(desk.Person(), typed);

        Assert.Contains(asked, seen[^1].Text, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("6")]
    [InlineData("๖")]
    [InlineData("คุยกับเจ้าหน้าที่")]
    [InlineData("ขอคุยกับเจ้าหน้าที่หน่อยครับ")]
    public async Task Asking_for_a_person_in_any_way_is_recorded_and_answered(string words)
    {
        await using var desk = await TestDesk.StartAsync();
        var somchai = desk.Person();
        await desk.SayAsync(somchai, "เมนู");

        var seen = await desk.SayAsync(somchai, words);

        // Nobody is on duty: in hours and out of them the contact gets an exact promise.
        Assert.Contains("เจ้าหน้าที่จะตอบในแชตนี้ภายในวัน", seen[^1].Text, StringComparison.Ordinal);
        await desk.SettledAsync();
        Assert.Equal(1, desk.Count("SELECT count(*) FROM effects WHERE kind = 'handover-wish'"));
        Assert.Equal(1, desk.Count("SELECT count(*) FROM inbox WHERE outcome = 'handover'"));
    }

    [Fact]
    public async Task What_was_offered_is_still_understood_after_a_restart()
    {
        await using var desk = await TestDesk.StartAsync();
        var somchai = desk.Person();
        await desk.SayAsync(somchai, "english");
        await desk.RestartAsync();

        var seen = await desk.SayAsync(somchai, "6");

        Assert.Contains("will answer", seen[^1].Text, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_answer_without_reply_token_is_pushed_with_a_retry_key_and_counted()
    {
        await using var desk = await TestDesk.StartAsync();
        var somchai = desk.Person();
        var events = new WebhookEvents(desk.Channel, TimeProvider.System) { WithReplyToken = false };

        await desk.PostAsync(events.Message.Text(somchai, "สวัสดีครับ"));
        var seen = await desk.SeenAsync(somchai, 1);

        Assert.NotNull(seen[0].Call.RetryKey);
        Assert.Equal(1, seen[0].Call.Counted);
    }

    [Fact]
    public async Task The_same_event_delivered_many_times_at_once_is_stored_and_answered_once()
    {
        await using var desk = await TestDesk.StartAsync();
        var somchai = desk.Person();
        var text = desk.Events.Message.Text(somchai, "ขอใบอนุญาตกี่วัน");

        await Task.WhenAll(Enumerable.Range(0, 20).Select(n => desk.Sender.PostAsync([text], isRedelivery: n % 2 == 1)));
        await desk.SeenAsync(somchai, 1);
        await desk.SettledAsync();

        Assert.Equal(1, desk.Count("SELECT count(*) FROM inbox"));
        Assert.Single(desk.Channel.Calls.VisibleTo(somchai.ChatId).Select(m => m.Call.Sequence).Distinct());
    }

    [Fact]
    public async Task Eight_first_messages_at_once_open_one_conversation_and_are_all_answered_in_turn_order()
    {
        await using var desk = await TestDesk.StartAsync();
        var people = Enumerable.Range(0, 50).Select(_ => desk.Person()).ToList();

        await Task.WhenAll(people.SelectMany(who => Enumerable.Range(0, 8).Select(n => desk.PostAsync(desk.Events.Message.Text(who, $"ข้อความ {n}")))));
        foreach (var who in people) await desk.SeenAsync(who, 8);
        await desk.SettledAsync();

        Assert.Equal(50, desk.Count("SELECT count(*) FROM conversations"));
        Assert.Equal(400, desk.Count("SELECT count(*) FROM inbox WHERE state = 1"));
        Assert.Equal(50, desk.Count("SELECT count(*) FROM conversations WHERE turn = 8"));
    }

    [Fact]
    public async Task Standby_is_stored_and_never_answered_and_groups_are_answered_only_when_named()
    {
        await using var desk = await TestDesk.StartAsync();
        var somchai = desk.Person();
        var standby = new WebhookEvents(desk.Channel, TimeProvider.System) { Standby = true };
        desk.Channel.People.Add(new LineGroup("C" + new string('1', 32), "ผู้ค้าตลาด", [somchai.ChatId]));
        var group = ChatSource.Group("C" + new string('1', 32), somchai.UserId);

        await desk.PostAsync(standby.Message.Text(somchai, "สวัสดี"), desk.Events.Message.Text(group, "คุยกันเองในกลุ่ม"));
        await desk.PostAsync(desk.Events.Message.Text(group, "@desk ขอคุยกับเจ้าหน้าที่", null, new Mention(0, 5, desk.Channel.Setup.BotUserId, IsSelf: true)));
        var inGroup = await desk.SeenAsync(group, 1);
        await desk.SettledAsync();

        Assert.Contains("แชตส่วนตัว", Assert.Single(inGroup).Text, StringComparison.Ordinal);
        Assert.Empty(desk.Channel.Calls.VisibleTo(somchai.ChatId));
        Assert.Equal(2, desk.Count("SELECT count(*) FROM inbox WHERE outcome = 'silent'"));
        Assert.Equal(0, desk.Count("SELECT count(*) FROM effects"));
    }

    [Fact]
    public async Task An_unsent_message_loses_its_text_its_raw_bytes_and_its_file_even_when_the_unsend_comes_first()
    {
        await using var desk = await TestDesk.StartAsync();
        var somchai = desk.Person();
        var text = desk.Events.Message.Text(somchai, "ความลับมาก");
        var early = desk.Events.Message.Text(somchai, "ความลับอีกข้อ");
        var picture = desk.Events.Message.Image(somchai);
        await desk.PostAsync(text, picture);
        await desk.UntilAsync(() => desk.Count("SELECT count(*) FROM files WHERE state = 1") == 1, "the picture is stored");
        Assert.Equal(1, desk.StoredFiles());

        await desk.PostAsync(desk.Events.Unsend(somchai, text.MessageId!), desk.Events.Unsend(somchai, early.MessageId!), desk.Events.Unsend(somchai, picture.MessageId!));
        await desk.SettledAsync();
        await desk.PostAsync(early);
        await desk.SettledAsync();
        await desk.UntilAsync(() => desk.Count("SELECT count(*) FROM files WHERE state = 6") == 1, "the picture is erased");

        Assert.Equal(0, desk.StoredFiles());
        Assert.Equal(0, desk.Count("SELECT count(*) FROM inbox WHERE instr(CAST(activity AS TEXT), 'ความลับ') + instr(CAST(raw AS TEXT), 'ความลับ') > 0"));
        Assert.Equal(0, desk.Count("SELECT count(*) FROM transcript WHERE instr(CAST(body AS TEXT), 'ความลับ') > 0"));
    }

    [Fact]
    public async Task Nothing_is_pushed_to_somebody_who_left_and_it_can_be_seen_why()
    {
        await using var desk = await TestDesk.StartAsync();
        var somchai = desk.Person();
        await desk.SayAsync(somchai, "สวัสดี");
        await desk.PostAsync(desk.Events.Unfollow(somchai));
        await desk.SettledAsync();
        var events = new WebhookEvents(desk.Channel, TimeProvider.System) { WithReplyToken = false };

        await desk.PostAsync(events.Message.Text(somchai, "ตกค้างมาทีหลัง"));
        await desk.SettledAsync();

        Assert.Equal(1, desk.Count("SELECT count(*) FROM outbox WHERE state = 3 AND reason = 'departed'"));
        Assert.Equal(1, desk.Channel.Calls.Count);
    }

    [Fact]
    public async Task A_suspended_account_sends_nothing_until_it_is_resumed()
    {
        await using var desk = await TestDesk.StartAsync();
        var somchai = desk.Person();
        await desk.PostAsync(desk.Events.BotSuspended());
        await desk.SettledAsync();

        await desk.PostAsync(desk.Events.Message.Text(somchai, "มีใครอยู่ไหม"));
        await desk.UntilAsync(() => desk.Count("SELECT count(*) FROM outbox WHERE reason = 'suspended'") == 1, "the answer is held back");

        Assert.Equal(0, desk.Channel.Calls.Count);
    }
}
