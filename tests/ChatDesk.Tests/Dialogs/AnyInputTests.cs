using ChatDesk.Activities;
using ChatDesk.Dialogs.Engine;
using ChatDesk.Dialogs.Format;
using CsCheck;

namespace ChatDesk.Tests.Dialogs;

/// <summary>Whatever people and buttons send, a dialog answers, and no case lacks what it needs.</summary>
public sealed class AnyInputTests
{
    private const int Inputs = 10_000;

    private static readonly string[] Phrases =
    [
        "1", "2", "3", "99", "0", "-1", "๒๐๐", "200.5", "1e9", "999999999999999999999999", "ใช่", "ไม่", "yes", "no", "ไม่แน่ใจ", "ข้าม", "ย้อนกลับ", "แก้ไข", "เริ่มใหม่",
        "english", "ภาษาไทย", "help", "เมื่อวาน", "15 ม.ค. 69", "31/2/2569", "next Monday", "บ่ายสอง", "081 234 5678", "1-9999-00000-01-3", "a@b.co", "เขตบางรัก กรุงเทพฯ 10500",
        "ไม่ใช่ เปลี่ยนเป็น 250", "แก้เรื่องเป็น x", "ขอคุยกับเจ้าหน้าที่", "ร้องเรียน", "signboard tax", "ร้านอาหาร", "ส่งเรื่อง", "BP-2569-000123", "69-000001", "5678",
        "ก็เล่าให้ฟังยาวๆ ว่าเกิดอะไรขึ้น", "", " ", "\0", "\ud800", "👨‍👩‍👧‍👦", "{{ {x} }}", "' or 1==1", "ํํํํ", "ที่ที่ที่", "dialog:!cancel",
    ];

    private static Gen<T> OneOf<T>(params T[] values) => Gen.Int[0, values.Length - 1].Select(i => values[i]);

    private static readonly Gen<InboundActivity> AnyInput = Gen.OneOf(
        OneOf(Phrases).Select(Demo.Says),
        Gen.Select(OneOf(Phrases), OneOf(Phrases)).Select((a, b) => Demo.Says($"{a} {b}")),
        Gen.Char.Array[0, 80].Select(c => Demo.Says(new string(c))),
        Gen.Char['ก', '๙'].Array[0, 60].Select(c => Demo.Says(new string(c))),
        OneOf(InboundKind.Image, InboundKind.Sticker, InboundKind.Audio, InboundKind.File, InboundKind.Location)
            .Select(k => Demo.Says("") with { Kind = k, Text = null, MessageId = "m1", Location = k == InboundKind.Location ? new GeoPoint(double.NaN, 400) : null }),
        OneOf("dialog:!skip", "dialog:!back", "dialog:!fix:what", "dialog:!go_on", "dialog:!drop", "dialog:!person", "dialog:!try_again", "dialog:x/y:z", "dialog:", "dialog:!", "dialog:file_complaint/confirm:open")
            .Select(Demo.Taps));

    public static TheoryData<string> Flows => [.. Demo.Book.Dialogs.Keys.Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Flows))]
    public void Ten_thousand_random_inputs_are_all_answered(string flow)
    {
        var gen = Gen.Select(AnyInput.Array[20], Gen.Int[0, 60].Array[20], Gen.Int[0, 5].Array[20]);
        gen.Sample(
            t => Play(flow, t.Item1, t.Item2, t.Item3),
            iter: Inputs / 20, threads: 1,
            print: t => string.Join(" | ", t.Item1.Select(i => $"{i.Kind} {i.Text} {i.Data}")));
        // A walk that never came to the end of a flow would prove little about it.
        if (Demo.Book.Dialogs[flow].Steps.OfType<OpenCaseStep>().Any())
            Assert.True(_opened > 0, "no case was ever opened");
    }

    private int _opened;

    private void Play(string flow, InboundActivity[] inputs, int[] minutes, int[] tapped)
    {
        var now = Demo.Monday;
        var turn = DialogEngine.Begin(Demo.Book, flow, Demo.Context());
        for (var i = 0; i < inputs.Length; i++)
        {
            turn = Settle(turn, now, i);
            if (turn.State is null)
                turn = Settle(DialogEngine.Begin(Demo.Book, flow, Demo.Context()), now, i);
            if (turn.State is null)
                continue;
            now += TimeSpan.FromMinutes(minutes[i] % 7 == 0 ? minutes[i] : 1);
            var state = DialogState.FromJson(turn.State.ToJson());
            turn = DialogEngine.Continue(Demo.Book, state, Next(inputs[i], turn, tapped[i]), Demo.Context(now: now, turn: $"t{i}"));
            Check(turn);
        }
    }

    /// <summary>Every other input follows one of the buttons shown, or the walk would never get far.</summary>
    private static InboundActivity Next(InboundActivity random, DialogTurn turn, int which)
    {
        var choices = turn.Replies.SelectMany(r => r.Choices).ToList();
        return which > 2 && choices.Count > 0 ? Demo.Taps(choices[which % choices.Count].Data!) : random;
    }

    private DialogTurn Settle(DialogTurn turn, DateTimeOffset now, int i)
    {
        for (var round = 0; turn.Outcome == DialogOutcome.Awaiting; round++)
        {
            Assert.True(round < 10, "an effect is awaited again and again");
            var fields = new Dictionary<string, string> { ["status"] = "closed", ["state"] = "NOT_FOUND", ["result"] = "not_found", ["number"] = "C-1", ["day"] = "x" };
            turn = DialogEngine.Resume(Demo.Book, turn.State!, (i + round) % 3 == 0 ? StepResult.Failure : new StepResult(true, fields), Demo.Context(now: now, turn: $"r{i}"));
            Check(turn);
        }
        return turn;
    }

    private void Check(DialogTurn turn)
    {
        var speaks = turn.Replies.Any(r => !string.IsNullOrWhiteSpace(r.PlainText));
        Assert.True(speaks || turn.Outcome == DialogOutcome.Awaiting || turn.Effects.Any(e => e is HandOver), $"silent turn: {turn.Outcome} {string.Join(',', turn.Trail)}");
        foreach (var opened in turn.Effects.OfType<OpenCase>())
        {
            var step = Demo.Book.Dialogs.Values.SelectMany(d => d.Steps).OfType<OpenCaseStep>().First(s => s.Type == opened.Type);
            _opened++;
            Assert.All(step.Needs, need => Assert.True(opened.Fields.TryGetValue(need, out var value) && value.Length > 0, $"{opened.Type} without {need}"));
        }
        Assert.Equal(turn.State is null, turn.Outcome is not (DialogOutcome.Asking or DialogOutcome.Awaiting));
    }
}
