using ChatDesk.Activities;
using ChatDesk.Desk.Live;
using ChatDesk.Handover;

namespace ChatDesk.Tests.Desk;

/// <summary>Which row stands in which list, and in what order.</summary>
public sealed class DeskTabsTests
{
    private static readonly DateTimeOffset Start = new(2026, 11, 23, 2, 0, 0, TimeSpan.Zero);

    [Fact]
    public void Who_waits_longest_stands_first_danger_above_all_and_promises_last()
    {
        var desk = Desk(
            Row(1) with { WaitingSince = Start.AddMinutes(5) }, Row(2) with { WaitingSince = Start.AddMinutes(1) },
            Row(3) with { WaitingSince = Start.AddMinutes(9), Priority = HandoverPriority.Urgent },
            Row(4) with { State = HandoverState.Promised, OpensAt = Start.AddHours(12) });

        Assert.Equal([3, 2, 1, 4], DeskTabs.Rows(desk, DeskTab.Waiting, "me", []).Select(r => r.Id));
    }

    [Fact]
    public void What_is_offered_to_me_or_my_unit_stands_first_among_mine_and_with_its_holder_in_the_team()
    {
        var held = Row(1) with { State = HandoverState.Accepted, OfficerId = "me", OfficerName = "ฉัน" };
        var offered = Row(2) with { State = HandoverState.Accepted, OfficerId = "suda", Offer = new(new TransferTarget(OfficerId: "me"), "suda", "สุดา", "เหตุ", Start) };
        var toUnit = Row(3) with { State = HandoverState.OnHold, OfficerId = "suda", Offer = new(new TransferTarget(Unit: "permits"), "suda", "สุดา", "เหตุ", Start) };
        var desk = Desk(held, offered, toUnit);

        Assert.Equal([2, 3, 1], DeskTabs.Rows(desk, DeskTab.Mine, "me", ["permits"]).Select(r => r.Id));
        Assert.Equal([2, 1], DeskTabs.Rows(desk, DeskTab.Mine, "me", []).Select(r => r.Id));
        Assert.Equal([2, 3], DeskTabs.Rows(desk, DeskTab.Team, "me", []).Select(r => r.Id).Order());
        Assert.False(DeskTabs.IsOfferedTo(offered, "suda", []));
        Assert.Equal([DeskTab.Mine, DeskTab.Mine, DeskTab.Team], new[] { held, offered, toUnit }.Select(r => DeskTabs.Of(r, "me", [])));
        Assert.Equal(DeskTab.Closed, DeskTabs.Of(held with { State = HandoverState.Released, ClosedAt = Start }, "me", []));
    }

    [Theory]
    [InlineData("line~U123", "line", "U123")]
    [InlineData("web~a~b", "web", "a~b")]
    [InlineData("~x", null, null)]
    [InlineData("line~", null, null)]
    [InlineData("line", null, null)]
    public void A_conversation_in_an_address_is_the_officers_own_agencys_or_none(string path, string? channel, string? address)
    {
        var key = Paths.Read("demo", path);

        Assert.Equal(channel is null ? null : new ConversationKey("demo", channel, address!), key);
        if (key is { } known) Assert.Equal(path, Paths.Of(known));
    }

    private static DeskSnapshot Desk(params HandoverRow[] rows) => rows.Aggregate(new DeskSnapshot { Seq = 0 }, (desk, row) => desk.After(new DeskEvent { Seq = desk.Seq + 1, Row = row }));

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
