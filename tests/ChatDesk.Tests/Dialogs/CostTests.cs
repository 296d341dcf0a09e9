using System.Diagnostics;
using System.Globalization;
using ChatDesk.Dialogs.Engine;

namespace ChatDesk.Tests.Dialogs;

/// <summary>Prints what a turn costs; the machine is shared, so nothing is asserted but that it ran.</summary>
public sealed class CostTests(ITestOutputHelper output)
{
    [Fact]
    public void Microseconds_per_turn_are_printed()
    {
        var turn = DialogEngine.Begin(Demo.Book, "permit_finder", Demo.Context());
        foreach (var said in new[] { "ร้านอาหาร", "เขตบางรัก กรุงเทพฯ ครับ", "150 ตร.ม. ค่ะ", "ขายค่ะ", "ไม่แน่ใจ", "อะไรนะ" })
        {
            var state = turn.State!.ToJson();
            // The quickest of many short batches: what is left when neighbours on the machine are quiet for a moment.
            var best = Enumerable.Range(0, 60).Min(_ => Time(state, said, 400));
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{best,6:0.0} microseconds, state from and to JSON, for '{said}' at {turn.State.Top.Step}"));
            turn = DialogEngine.Continue(Demo.Book, turn.State, Demo.Says(said), Demo.Context());
        }
        Assert.NotNull(turn.State);
    }

    private static double Time(byte[] state, string said, int rounds)
    {
        var clock = Stopwatch.StartNew();
        for (var i = 0; i < rounds; i++)
            DialogEngine.Continue(Demo.Book, DialogState.FromJson(state), Demo.Says(said), Demo.Context()).State!.ToJson();
        return clock.Elapsed.TotalMicroseconds / rounds;
    }
}
