using ChatDesk.Knowledge;
using ChatDesk.Knowledge.Alarms;

namespace ChatDesk.Tests.Knowledge.Alarms;

/// <summary>The alarm model in small: groups of words, lines, and what it makes of other words.</summary>
public sealed class AlarmTests
{
    private static readonly SignWords s_signs = new(
    [
        ("context", ["money", "gear"]),
        ("fire", ["ไฟไหม้", "เพลิง", "fire"]),
        ("weapon", ["มีด", "knife"]),
        ("money", ["เงิน", "money"]),
        ("gear", ["ถังดับเพลิง", "fire extinguisher"]),
        ("other", ["มีดทำครัว"]),
    ]);

    [Theory]
    [InlineData("ร้านเพลิงลุก", "fire")]
    [InlineData("ถังดับเพลิงราคา", "gear")]
    [InlineData("ขายมีดทำครัว", "")]
    [InlineData("a fire and a knife", "fire weapon")]
    [InlineData("fireplace", "")]
    [InlineData("ไฟไหม่", "")]
    public void The_longest_word_wins_and_part_of_a_word_is_none(string text, string signs) =>
        Assert.Equal(signs, string.Join(' ', s_signs.In(text, text.Split(' ')).Select(s => s_signs.Names[s])));

    [Fact]
    public void What_speaks_only_beside_another_says_nothing_alone()
    {
        var model = AlarmModel.Teach(s_signs, [("bribery", "เงิน มีด"), ("none", "มีด")]);
        Assert.Equal([("none", 1.0)], model.Judge("เงิน", out var signs));
        Assert.Empty(signs);
    }

    [Fact]
    public void The_same_lines_give_the_same_model()
    {
        (string, string)[] lines = [("fire", "ไฟไหม้"), ("threat", "มีด"), ("none", "fire insurance"), ("none", "knife shop")];
        Assert.Equal(AlarmModel.Teach(s_signs, lines).Judge("fire knife", out _), AlarmModel.Teach(s_signs, lines).Judge("fire knife", out _));
    }

    [Fact]
    public void Without_lines_nothing_is_an_alarm() => Assert.Equal("none", AlarmModel.Teach(s_signs, []).Judge("ไฟไหม้", out _)[0].Kind);

    [Fact]
    public void A_cry_for_help_amid_a_long_complaint_is_heard()
    {
        var long1 = string.Concat(Enumerable.Repeat("อยากทราบเรื่องเอกสารที่ต้องใช้ในการขอใบอนุญาตร้านอาหารของเรา ", 6));
        var answer = Demo.Ask(long1 + "ตอนนี้มีคนกินยานอนหลับไปทั้งกระปุกแล้วเรียกไม่ตื่น " + long1);
        Assert.Equal(KnowledgeOutcome.Emergency, answer.Outcome);
    }

    [Fact]
    public void It_says_what_it_was_read_from()
    {
        var answer = Demo.Ask("there is smoke pouring out of the noodle shop and people inside");
        Assert.Equal(KnowledgeOutcome.Emergency, answer.Outcome);
        Assert.Contains("smoke", answer.Signs);
    }
}
