using ChatDesk.Knowledge.Text;

namespace ChatDesk.Knowledge.Reflexes;

/// <summary>
/// Words to be met in a message, "a + b" meaning both in any order. English is matched as whole words; Thai anywhere,
/// and by its skeleton when that is long enough to be sure; one slip of the hand is forgiven in a long one.
/// </summary>
internal sealed class Phrase
{
    private const int SureSkeleton = 5;
    private const int LongEnoughForASlip = 9;

    private readonly Part[] _parts;

    public Phrase(string text)
    {
        Text = text;
        _parts = [.. text.Split(" + ").Select(p => new Part(p))];
    }

    public string Text { get; }

    /// <summary>False for "a + b".</summary>
    public bool IsOnePart => _parts.Length == 1;

    /// <summary>Folded, for a phrase of one part.</summary>
    public string Folded => _parts[0].Folded;

    public bool OccursIn(MessageForms message) => Array.TrueForAll(_parts, p => p.OccursIn(message));

    private sealed class Part
    {
        private readonly string _raw;
        private readonly string _compact;
        private readonly string _skeleton;
        private readonly bool _isThai;

        public Part(string text)
        {
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
            || (_skeleton.Length >= LongEnoughForASlip && Slip.Contains(message.Skeleton, _skeleton));

        private bool LatinOccurs(MessageForms message)
        {
            // Marks like <script or 1=1 are all punctuation: folding leaves nothing of them, so look in the raw text.
            if (_raw.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not (' ' or '\'' or '-' or '.')))
                return message.Raw.Contains(_raw, StringComparison.Ordinal);
            return message.Spaced.Contains($" {Folded} ", StringComparison.Ordinal)
                || (Folded.Length >= LongEnoughForASlip + 2 && Slip.Contains(message.Spaced, $" {Folded} "));
        }
    }
}
