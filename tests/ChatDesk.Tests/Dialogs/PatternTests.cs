using System.Diagnostics;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChatDesk.Dialogs.Answers;
using ChatDesk.Dialogs.Format;

namespace ChatDesk.Tests.Dialogs;

/// <summary>Nothing a contact writes makes understanding slow, and the schema knows what the reader knows.</summary>
public sealed class PatternTests
{
    public static TheoryData<string> Attacks => [.. new[] { "0", "ก", "a", "-", ".", "1-", "a@", "a.", "@", " ", "0 ", "(", "๑", "่", "เ", "1,", "12 ", "x1", "ก1", "\u200b" }
        .SelectMany(unit => new[] { string.Concat(Enumerable.Repeat(unit, 5_000 / unit.Length)), string.Concat(Enumerable.Repeat(unit, 4_999 / unit.Length)) + "!" })];

    [Theory]
    [MemberData(nameof(Attacks))]
    public void Long_odd_texts_are_read_quickly_as_every_kind(string text)
    {
        var slots = Demo.Book.Dialogs.Values.SelectMany(d => d.Slots.Values).DistinctBy(s => (s.Kind, s.Pattern?.ToString())).ToList();
        foreach (var slot in slots)
            Read(slot, text);
        foreach (var slot in slots)
        {
            // The quickest of three: a busy machine may hold up one of them.
            var best = Enumerable.Range(0, 3).Min(_ => Time(slot, text));
            Assert.True(best < TimeSpan.FromMilliseconds(100), $"{slot.Name} took {best}");
        }
    }

    private static TimeSpan Time(Slot slot, string text)
    {
        var clock = Stopwatch.StartNew();
        Read(slot, text);
        return clock.Elapsed;
    }

    private static void Read(Slot slot, string text)
    {
        var heard = Demo.Book.Vocabulary.Hear(text);
        AnswerReader.Read(slot, heard, Demo.Book.Vocabulary, new DateOnly(2026, 11, 23));
        AnswerReader.Overhear(slot, heard, Demo.Book.Vocabulary, new DateOnly(2026, 11, 23));
    }

    [Fact]
    public void Every_pattern_is_of_the_kind_that_cannot_hang()
    {
        var own = typeof(Patterns).GetFields().Select(f => f.GetValue(null)).OfType<Regex>();
        var shipped = Demo.Book.Dialogs.Values.SelectMany(d => d.Slots.Values).Select(s => s.Pattern).OfType<Regex>();
        Assert.All(own.Concat(shipped), r => Assert.True(r.Options.HasFlag(RegexOptions.NonBacktracking), r.ToString()));
    }

    [Fact]
    public void The_schema_names_every_answer_kind_and_every_step()
    {
        using var schema = JsonDocument.Parse(File.ReadAllText(Path.Combine(Demo.Folder, "..", "dialog.schema.json")));
        var kinds = schema.RootElement.GetProperty("properties").GetProperty("slots").GetProperty("additionalProperties").GetProperty("properties").GetProperty("kind").GetProperty("enum");
        Assert.Equal(SlotReader.KindNames.Order(StringComparer.Ordinal), kinds.EnumerateArray().Select(k => k.GetString()!).Order(StringComparer.Ordinal));
        var steps = schema.RootElement.GetProperty("properties").GetProperty("steps").GetProperty("items").GetProperty("anyOf").EnumerateArray()
            .SelectMany(s => s.GetProperty("required").EnumerateArray().Select(r => r.GetString()));
        Assert.All(StepReader.Kinds, kind => Assert.Contains(kind, steps));
    }
}
