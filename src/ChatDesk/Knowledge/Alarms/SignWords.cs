using ChatDesk.Knowledge.Text;

namespace ChatDesk.Knowledge.Alarms;

/// <summary>
/// Groups of words that mean much the same to somebody in trouble ("มีด", "ปืน", "machete" are <c>weapon</c>), found in folded text.
/// The longest word at a place wins, so "ถังดับเพลิง" is gear and no fire. Editors keep them in <c>_lists/signs.yaml</c>.
/// </summary>
internal sealed class SignWords
{
    /// <summary>The group whose words only keep shorter words inside them from counting.</summary>
    private const string Meaningless = "other";

    /// <summary>Names, instead of words, the groups that mean something only beside another ("now", "money").</summary>
    private const string Context = "context";

    /// <summary>Letters of a skeleton that are enough to be sure of a misspelt word.</summary>
    private const int SureSkeleton = 6;

    /// <summary>Thai words up to this length stand inside many others, so they count only where the word breaker sees them.</summary>
    private const int ShortWord = 3;

    private readonly Finder _spelt;
    private readonly Finder _sounding;
    private readonly Dictionary<string, int> _short;
    private readonly bool[] _isContext;

    public SignWords(IReadOnlyList<(string Name, string[] Texts)> groups)
    {
        var context = groups.Where(g => g.Name == Context).SelectMany(g => g.Texts).ToHashSet();
        var named = groups.Where(g => g.Name is not Context and not Meaningless).ToArray();
        Names = [.. named.Select(g => g.Name)];
        _isContext = [.. Names.Select(context.Contains)];
        var words = named.SelectMany((g, sign) => g.Texts.Select(t => (Word: ThaiText.Fold(t), Sign: sign)))
            .Concat(groups.Where(g => g.Name == Meaningless).SelectMany(g => g.Texts.Select(t => (Word: ThaiText.Fold(t), Sign: -1))))
            .Where(w => w.Word.Length > 0).DistinctBy(w => w.Word).ToArray();
        _short = words.Where(w => IsShort(w.Word)).ToDictionary(w => w.Word, w => w.Sign);
        _spelt = new Finder([.. words.Where(w => !IsShort(w.Word))]);
        _sounding = new Finder([.. words.Where(w => w.Word.Any(ThaiText.IsThai)).Select(w => (Word: ThaiSkeleton.Of(w.Word), w.Sign)).Where(w => w.Word.Length >= SureSkeleton)]);
    }

    public IReadOnlyList<string> Names { get; }

    /// <summary>True for a group that says nothing alone.</summary>
    public bool IsContext(int sign) => _isContext[sign];

    /// <param name="folded">The text.</param>
    /// <param name="words">The same, broken into words.</param>
    /// <returns>The groups with a word in the text, each once, ascending; indexes into <see cref="Names"/>.</returns>
    public int[] In(string folded, IReadOnlyList<string> words)
    {
        var found = new SortedSet<int>();
        var covered = new bool[folded.Length];
        _spelt.Find(folded, found, covered);
        var skeleton = ThaiSkeleton.Of(folded);
        _sounding.Find(skeleton, found, new bool[skeleton.Length]);
        AddShort(folded, words, covered, found);
        return [.. found];
    }

    // A short word inside a longer one that was found is a part of it: no knife in "มีดทำครัว".
    private void AddShort(string folded, IReadOnlyList<string> words, bool[] covered, SortedSet<int> found)
    {
        var at = 0;
        foreach (var word in words)
        {
            at = folded.IndexOf(word, at, StringComparison.Ordinal);
            if (at < 0)
                return;
            if (!covered[at] && _short.TryGetValue(word, out var sign) && sign >= 0)
                found.Add(sign);
            at += word.Length;
        }
    }

    private static bool IsShort(string word) => word.Length <= ShortWord && ThaiText.IsThai(word[0]);

    private sealed class Finder((string Word, int Sign)[] words)
    {
        private readonly Dictionary<char, (string Word, int Sign)[]> _byFirst = words
            .GroupBy(w => w.Word[0])
            .ToDictionary(g => g.Key, g => g.OrderByDescending(w => w.Word.Length).ToArray());

        /// <summary>Adds the signs of the words found, and marks where they stand.</summary>
        public void Find(string text, SortedSet<int> found, bool[] covered)
        {
            for (var at = 0; at < text.Length; at++)
            {
                if (!_byFirst.TryGetValue(text[at], out var candidates))
                    continue;
                foreach (var (word, sign) in candidates)
                {
                    if (string.CompareOrdinal(text, at, word, 0, word.Length) != 0 || !IsWhole(text, at, at + word.Length))
                        continue;
                    if (sign >= 0)
                        found.Add(sign);
                    covered.AsSpan(at, word.Length).Fill(true);
                    at += word.Length - 1;
                    break;
                }
            }
        }

        // Thai has no word ends to look at, but a mark after the match belongs to its last letter: another word.
        private static bool IsWhole(string text, int start, int end) =>
            !(end < text.Length && ThaiText.IsMark(text[end])) && !Joins(text, start - 1) && !Joins(text, end - 1);

        private static bool Joins(string text, int left) =>
            left >= 0 && left + 1 < text.Length && char.IsAsciiLetterOrDigit(text[left]) && char.IsAsciiLetterOrDigit(text[left + 1]);
    }
}
