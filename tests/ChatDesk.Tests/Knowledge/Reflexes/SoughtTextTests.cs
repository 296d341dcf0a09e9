using ChatDesk.Knowledge.Reflexes;

namespace ChatDesk.Tests.Knowledge.Reflexes;

/// <summary>Looking at pairs of characters first is quicker and finds the same.</summary>
public sealed class SoughtTextTests
{
    private const string Letters = "กขคงจ่าิab .";

    [Fact]
    public void Finds_just_what_reading_the_whole_text_finds()
    {
        var random = new Random(28);
        var (found, slipped) = (0, 0);
        for (var n = 0; n < 20_000; n++)
        {
            var text = Any(random, 60);
            // One time in three a piece of the text itself, whole or with a slip in it.
            var word = random.Next(3) > 0 ? Any(random, 9) : Piece(random, text);
            var sought = new SoughtText(text);
            Assert.Equal(text.Contains(word, StringComparison.Ordinal), sought.Contains(new SoughtText.Word(word)));
            Assert.Equal(Slip.Contains(text, word), sought.ContainsSlipped(new SoughtText.SlippedWord(word)));
            found += sought.Contains(new SoughtText.Word(word)) ? 1 : 0;
            slipped += sought.ContainsSlipped(new SoughtText.SlippedWord(word)) ? 1 : 0;
        }

        Assert.InRange(found, 1_000, 19_000);
        Assert.InRange(slipped, found, 19_000);
    }

    private static string Any(Random random, int longest) => new([.. Enumerable.Range(0, random.Next(longest)).Select(_ => Letters[random.Next(Letters.Length)])]);

    private static string Piece(Random random, string text)
    {
        var start = random.Next(text.Length + 1);
        var piece = text.Substring(start, random.Next(Math.Min(12, text.Length - start) + 1));
        return piece.Length > 0 && random.Next(2) == 0 ? piece.Remove(random.Next(piece.Length), 1) : piece;
    }
}
