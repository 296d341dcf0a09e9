using ChatDesk.Activities;
using ChatDesk.Desk.Live;
using ChatDesk.Handover;
using CsCheck;

namespace ChatDesk.Tests.Desk;

/// <summary>Rows never move under the pointer.</summary>
public sealed class RowOrderTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 2, 0, 0, TimeSpan.Zero);

    [Fact]
    public void While_held_rows_keep_their_place_the_gone_stay_and_the_new_are_counted_at_the_end()
    {
        var order = new RowOrder();
        order.Arrange([Row(1), Row(2), Row(3)], _ => null, held: false);

        order.Arrange([Row(9), Row(3), Row(1)], id => Row(id) with { OfficerName = "สุดา" }, held: true);

        Assert.Equal([1, 2, 3, 9], order.Places.Select(p => p.Row.Id));
        Assert.Equal([false, true, false, false], order.Places.Select(p => p.Gone));
        Assert.Equal("สุดา", order.Places[1].Row.OfficerName);
        Assert.Equal(1, order.Fresh);
        order.Arrange([Row(9), Row(3), Row(1)], _ => null, held: false);
        Assert.Equal([9, 3, 1], order.Places.Select(p => p.Row.Id));
        Assert.Equal(0, order.Fresh);
    }

    [Fact]
    public void Whatever_comes_and_goes_no_held_row_ever_changes_its_place() =>
        Gen.Long[1, 12].Array[0, 12].Array[1, 8].Sample(steps =>
        {
            var order = new RowOrder();
            var places = new Dictionary<long, int>();
            foreach (var step in steps)
            {
                order.Arrange([.. step.Distinct().Select(Row)], _ => null, held: true);
                for (var n = 0; n < order.Places.Count; n++)
                {
                    var id = order.Places[n].Row.Id;
                    if (places.TryGetValue(id, out var before) && before != n) return false;
                    places[id] = n;
                }
                if (step.Distinct().Any(id => order.Places.Count(p => p.Row.Id == id && !p.Gone) != 1)) return false;
            }
            return true;
        });

    private static HandoverRow Row(long id) => new()
    {
        Id = id,
        Version = 1,
        Conversation = new ConversationKey("demo", "line", $"U{id}"),
        ConversationId = id,
        State = HandoverState.Waiting,
        Reason = HandoverReason.Asked,
        AskedAt = Start.AddMinutes(id),
        Language = "th",
    };
}
