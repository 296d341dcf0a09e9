namespace ChatDesk.Knowledge.Reflexes;

/// <summary>
/// A text in which some thousand phrases are looked for. Most are not there, and most of those are told from two pairs of neighbouring
/// characters that the text does not have, without reading it.
/// </summary>
/// <param name="text">Where to look.</param>
internal sealed class SoughtText(string text)
{
    /// <summary>Bits of the table: a message of 200 characters fills one in eighty.</summary>
    private const int Size = 1 << 14;

    private readonly ulong[] _pairs = PairsOf(text);

    public string Text { get; } = text;

    public bool Contains(Word word) => MayHold(word) && Text.Contains(word.Text, StringComparison.Ordinal);

    /// <summary>As <see cref="Contains"/>, with one slip of the hand forgiven. One slip leaves one half whole.</summary>
    public bool ContainsSlipped(SlippedWord word) => (MayHold(word.First) || MayHold(word.Second)) && Slip.Contains(Text, word.Text);

    private bool MayHold(Word word) => word.IsShort || (Has(word.FirstPair) && Has(word.LastPair));

    private bool Has(int pair) => (_pairs[pair >> 6] & (1UL << (pair & 63))) != 0;

    private static ulong[] PairsOf(string text)
    {
        var pairs = new ulong[Size / 64];
        for (var i = 1; i < text.Length; i++)
        {
            var pair = PairOf(text[i - 1], text[i]);
            pairs[pair >> 6] |= 1UL << (pair & 63);
        }

        return pairs;
    }

    // Letters of one script differ in their low seven bits, so hardly two pairs of Thai or of English share a place.
    private static int PairOf(char first, char second) => ((first << 7) ^ second) & (Size - 1);

    /// <summary>What is looked for, prepared once for all messages.</summary>
    internal readonly struct Word(string text)
    {
        public string Text { get; } = text;

        /// <summary>True when there is no pair to go by.</summary>
        public bool IsShort { get; } = text.Length < 2;

        public int FirstPair { get; } = text.Length < 2 ? 0 : PairOf(text[0], text[1]);

        public int LastPair { get; } = text.Length < 2 ? 0 : PairOf(text[^2], text[^1]);
    }

    /// <summary>A word that may be met with one character too many, too few or wrong.</summary>
    internal readonly struct SlippedWord(string text)
    {
        public string Text { get; } = text;

        public Word First { get; } = new(text[..(text.Length / 2)]);

        public Word Second { get; } = new(text[(text.Length / 2)..]);
    }
}
