using ChatDesk.Knowledge.Text;

namespace ChatDesk.Knowledge.Reflexes;

/// <summary>
/// Words to be met in a message: "a + b" means both in any order, "a|b" either. English is matched as whole words; Thai anywhere,
/// and by its skeleton when that is long enough to be sure; one slip of the hand is forgiven in a long one.
/// </summary>
internal sealed class Phrase
{
    private const int SureSkeleton = 5;
    private const int LongEnoughForASlip = 9;

    private readonly Part[][] _parts;

    /// <summary>Parses a phrase. <paramref name="forgiving"/>: a slip of the hand is forgiven, as is right only where missing it is worse than a false alarm.</summary>
    public Phrase(string text, bool forgiving = true)
    {
        Text = text;
        _parts = [.. text.Split(" + ").Select(p => p.Split('|').Select(a => new Part(a, forgiving)).ToArray())];
    }

    public string Text { get; }

    /// <summary>False for "a + b" and "a|b".</summary>
    public bool IsOnePart => _parts is [[_]];

    /// <summary>Folded, for a phrase of one part.</summary>
    public string Folded => _parts[0][0].Folded;

    public bool OccursIn(MessageForms message) => Array.TrueForAll(_parts, p => Array.Exists(p, a => a.OccursIn(message)));

    private sealed class Part
    {
        private readonly string _raw;
        private readonly string _compact;
        private readonly string _skeleton;
        private readonly bool _isThai;
        private readonly bool _forgiving;

        public Part(string text, bool forgiving)
        {
            _forgiving = forgiving;
            _raw = text.Trim().ToLowerInvariant();
            Folded = ThaiText.Fold(text);
            _compact = Folded.Replace(" ", "", StringComparison.Ordinal);
            _skeleton = ThaiSkeleton.Of(Folded);
            _isThai = Folded.Any(ThaiText.IsThai);
        }

        public string Folded { get; }

        public bool OccursIn(MessageForms message) => _isThai ? ThaiOccurs(message) : LatinOccurs(message);

        private bool ThaiOccurs(MessageForms message) =>
            message.Compact.Contains(_compact, StringComparison.Ordinal)
            || (_skeleton.Length >= SureSkeleton && message.Skeleton.Contains(_skeleton, StringComparison.Ordinal))
            || (_forgiving && _skeleton.Length >= LongEnoughForASlip && Slip.Contains(message.Skeleton, _skeleton));

        private bool LatinOccurs(MessageForms message)
        {
            // Marks like <script or 1=1 are all punctuation: folding leaves nothing of them, so look in the raw text.
            if (_raw.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not (' ' or '\'' or '-' or '.')))
                return message.Raw.Contains(_raw, StringComparison.Ordinal);
            return message.Spaced.Contains($" {Folded} ", StringComparison.Ordinal)
                || (_forgiving && Folded.Length >= LongEnoughForASlip + 2 && Slip.Contains(message.Spaced, $" {Folded} "));
        }
    }
}
