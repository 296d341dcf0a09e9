using System.Collections.Concurrent;
using ChatDesk.Activities;
using ChatDesk.Handover;

namespace ChatDesk.Tests.Handover;

/// <summary>Bot, citizens, officers, and time, at random and at once; remembers what was accepted so that it can be looked for.</summary>
internal sealed class RandomPlay(QueueDesk desk, Random random)
{
    private static readonly string[] Phrases =
        ["คุยกับเจ้าหน้าที่", "คุยกับเจ้าหน้าที่", "เมนู", "คิดภาษีป้าย", "ทำไมท้องฟ้าเป็นสีฟ้า", "ไม่รอแล้ว", "ขอใบอนุญาตขายสุราต้องทำอย่างไร", "ขอบคุณค่ะ", "ไฟไหม้ ช่วยด้วย"];

    private readonly Lock _gate = new();
    private int _said;

    public IReadOnlyList<Officer> Officers { get; private set; } = [];

    public IReadOnlyList<ConversationKey> Contacts { get; private set; } = [];

    /// <summary>Everything that somebody said and the desk accepted, by conversation.</summary>
    public ConcurrentQueue<(ConversationKey Conversation, string Text, bool ByOfficer)> Said { get; } = new();

    public bool MaySwitchBot { get; init; } = true;

    public async Task BeginAsync(int officers, int contacts)
    {
        Officers = await Task.WhenAll(Enumerable.Range(1, officers).Select(n => desk.ArriveAsync($"o{n}", capacity: 3 + (contacts / officers), unit: n % 2 == 0 ? "ภาษี" : null)));
        Contacts = [.. Enumerable.Range(1, contacts).Select(n => QueueDesk.Key($"U{n}", n % 4 == 0 ? "web" : "line"))];
    }

    public Officer[] SomeAlive() => [.. Officers.Where(_ => Next(3) > 0)];

    public Task StepAsync() => StepAsync(Contacts[Next(Contacts.Count)]);

    public async Task StepAsync(ConversationKey contact)
    {
        var officer = Officers[Next(Officers.Count)];
        var other = Officers[Next(Officers.Count)];
        var row = await desk.Queue.OpenInAsync(contact);
        var owner = row?.OfficerId is { } id ? Officers.First(o => o.Id == id) : officer;
        var handover = row?.Id ?? 0;
        var queue = desk.Queue;
        switch (Next(24))
        {
            case <= 6:
                await CitizenAsync(contact);
                break;
            case <= 9:
                await queue.ClaimAsync(officer, handover);
                break;
            case 10:
                await queue.ClaimNextAsync(officer);
                break;
            case <= 13:
                await SpeakAsync(owner, contact, handover);
                break;
            case 14:
                await queue.NoteAsync(other, contact, Guid.NewGuid().ToString("N"), "บันทึก");
                break;
            case 15:
                await queue.TransferAsync(owner, handover, Next(2) == 0 ? new(OfficerId: other.Id) : new(Unit: "ภาษี"), "ส่งต่อ");
                break;
            case 16:
                await (Next(3) > 0 ? queue.AcceptAsync(other, handover) : queue.RefuseAsync(other, handover, "ไม่ใช่"));
                break;
            case 17:
                await queue.TakeOverAsync(other, handover, "ช่วย");
                break;
            case 18:
                await queue.ReturnAsync(owner, handover, "พัก");
                break;
            case 19:
                await queue.HoldAsync(owner, handover);
                break;
            case 20:
                await queue.CloseAsync(owner, handover, "ภาษี", "ตอบแล้ว", survey: Next(2) == 0);
                break;
            case 21:
                await (Next(2) == 0 ? queue.UndoCloseAsync(owner, handover) : queue.MarkReadAsync(owner, handover));
                break;
            case 22:
                await queue.StepInAsync(officer, contact, "ดูเอง");
                break;
            default:
                await PresenceAsync(officer);
                break;
        }
    }

    private async Task CitizenAsync(ConversationKey contact)
    {
        var text = $"{Phrases[Next(Phrases.Length)]}";
        if (Next(3) == 0) text = $"ข้อความที่ {Interlocked.Increment(ref _said)}";
        await desk.PostAsync(contact, text);
        Said.Enqueue((contact, text, false));
    }

    private async Task SpeakAsync(Officer owner, ConversationKey contact, long handover)
    {
        var text = $"คำตอบที่ {Interlocked.Increment(ref _said)}";
        var seen = (await desk.Queue.SnapshotAsync(QueueDesk.Agency)).Seq - (Next(4) == 0 ? Next(200) : 0);
        var client = Guid.NewGuid().ToString("N");
        var order = new SayOrder(handover, client, seen, text);
        var result = await desk.Queue.SayAsync(owner, order);
        if (result.Status != QueueStatus.Done) return;
        Said.Enqueue((contact, text, true));
        if (Next(2) == 0) Assert.Equal(QueueStatus.Repeated, (await desk.Queue.SayAsync(owner, order)).Status);
    }

    private async Task PresenceAsync(Officer officer)
    {
        var what = Next(MaySwitchBot ? 7 : 6);
        if (what == 6) await desk.Queue.SwitchBotAsync(officer, Next(4) == 0, "ทดสอบ");
        else if (what == 5) await desk.Queue.SetPresenceAsync(officer, PresenceState.Away, "พัก");
        else if (what == 4) await desk.Queue.SetPresenceAsync(officer, PresenceState.Off, null);
        else await desk.Queue.ArriveAsync(new OfficerCard { Officer = officer, Capacity = 3 + (Contacts.Count / Officers.Count), Unit = officer.Name.EndsWith('2') ? "ภาษี" : null });
    }

    private int Next(int below)
    {
        lock (_gate) return random.Next(below);
    }
}
