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
        var begun = DialogEngine.Begin(Demo.Book, "permit_finder", Demo.Context(), "ร้านอาหาร");
        var state = begun.State!.ToJson();
        var input = Demo.Says("เขตบางรัก กรุงเทพฯ ครับ");
        var done = 0;
        foreach (var rounds in new[] { 2_000, 20_000 })
        {
            var clock = Stopwatch.StartNew();
            for (var i = 0; i < rounds; i++)
                done += DialogEngine.Continue(Demo.Book, DialogState.FromJson(state), input, Demo.Context()).State!.ToJson().Length;
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{rounds} turns with state from and to JSON: {clock.Elapsed.TotalMicroseconds / rounds:0.0} microseconds each"));
        }
        Assert.True(done > 0);
    }
}
