using System.Globalization;
using System.Text;
using ChatDesk.Channels.Line.Sending;
using CsCheck;

namespace ChatDesk.Tests.Channels.Line.Sending;

public sealed class LineTextSplitterTests
{
    private static readonly string[] Pieces =
    [
        "ใบอนุญาต", "ประกอบกิจการ", "กำ", "น้ำ", "ที่", "ป๊", "๑๒๓", " ", "  ", "\n", "\n\n", "\r\n", "\r\n\r\n", ". ", "! ", "。", "a", "word", "e\u0301",
        "👨‍👩‍👧‍👦", "👩🏽‍🚒", "🇹🇭", "🇹", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "❤️", "\u200D", "\u200B", "\u202E", "\uFEFF", "\uE000", "\uFFFE",
        "\uD800", "\uDC00", "\0", "z" + string.Concat(Enumerable.Repeat("\u0335\u0300", 20)), "\u0E48", "ก็่็่",
    ];

    private static readonly Gen<string> Texts = Gen.Int[0, Pieces.Length - 1].Array[0, 60].Select(picks => string.Concat(picks.Select(p => Pieces[p])));

    [Fact]
    public void Random_texts_are_cut_between_text_elements_and_stay_whole() =>
        Gen.Select(Texts, Gen.Int[60, 200]).Sample((text, max) => Holds(text, max), iter: 100_000);

    [Fact]
    public void Long_texts_are_cut_at_LINEs_limit() =>
        Texts.Array[1, 3].Sample(
            texts => Holds(string.Concat(Enumerable.Repeat(string.Concat(texts), 15_000 / (texts.Sum(t => t.Length) + 1) + 1)), LineLimits.Text), iter: 100);

    [Theory]
    [InlineData("", 0)]
    [InlineData("ก", 1)]
    public void Short_text_is_not_cut(string text, int pieces) => Assert.Equal(pieces, LineTextSplitter.Split(text).Count);

    [Fact]
    public void Five_thousand_units_are_one_piece_and_one_more_are_two()
    {
        Assert.Single(LineTextSplitter.Split(new string('ก', 5_000)));
        Assert.Equal([5_000, 1], LineTextSplitter.Split(new string('ก', 5_001)).Select(p => p.Length));
    }

    [Theory]
    [InlineData("\n\n", "\n")]
    [InlineData("\n", " ")]
    [InlineData(". ", " ")]
    [InlineData(" ", "")]
    public void The_best_pause_in_the_second_half_wins(string better, string worse)
    {
        var text = new string('a', 60) + better + new string('b', 20) + worse + new string('c', 60);

        Assert.Equal(60 + better.Length, LineTextSplitter.Split(text, 100)[0].Length);
    }

    [Fact]
    public void A_pause_too_early_is_not_taken() =>
        Assert.Equal(100, LineTextSplitter.Split("a\n\n" + new string('b', 200), 100)[0].Length);

    [Fact]
    public void One_element_longer_than_everything_is_cut_but_no_surrogate_pair_is()
    {
        var family = string.Join('\u200D', Enumerable.Repeat("👩", 60));

        var pieces = LineTextSplitter.Split(family, 100);

        Assert.Equal(family, string.Concat(pieces));
        Assert.All(pieces, p => Assert.True(p.Length <= 100 && LineTextSplitter.Clean(p) == p));
    }

    [Fact]
    public void What_JSON_cannot_carry_becomes_the_replacement_character()
    {
        // Not as InlineData: an attribute cannot carry them either.
        string[] texts = ["a\0b", "\uD800", "\uDC00\uD800", "👩\uD83D", "\uD83D👩"];

        Assert.Equal(["a\uFFFDb", "\uFFFD", "\uFFFD\uFFFD", "👩\uFFFD", "\uFFFD👩"], texts.Select(LineTextSplitter.Clean));
    }

    [Fact]
    public void Clean_text_is_not_copied()
    {
        const string text = "สวัสดี 👨‍👩‍👧‍👦";

        Assert.Same(text, LineTextSplitter.Clean(text));
    }

    private static bool Holds(string text, int max)
    {
        var pieces = LineTextSplitter.Split(text, max);
        var clean = string.Concat(pieces);
        if (clean != Expected(text) || pieces.Any(p => p.Length == 0 || p.Length > max)) return false;
        var boundaries = StringInfo.ParseCombiningCharacters(clean).Append(clean.Length).ToArray();
        var longest = boundaries.Zip(boundaries.Skip(1), (a, b) => b - a).DefaultIfEmpty(0).Max();
        return longest > max || Ends(pieces).All(e => Array.BinarySearch(boundaries, e) >= 0);
    }

    // Written another way than the code under test: through an encoder that replaces what cannot be encoded.
    private static string Expected(string text) => Encoding.Unicode.GetString(Encoding.Unicode.GetBytes(text)).Replace('\0', '\uFFFD');

    /// <returns>Where each piece ends in the whole.</returns>
    private static IEnumerable<int> Ends(IEnumerable<string> pieces)
    {
        var end = 0;
        foreach (var piece in pieces) yield return end += piece.Length;
    }
}
