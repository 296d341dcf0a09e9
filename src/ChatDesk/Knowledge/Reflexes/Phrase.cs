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

    public bool OccursIn(MessageForms message)
    {
        foreach (var alternatives in _parts)
        {
            if (!OneOccurs(alternatives, message))
                return false;
        }

        return true;
    }

    private static bool OneOccurs(Part[] alternatives, MessageForms message)
    {
        foreach (var alternative in alternatives)
        {
            if (alternative.OccursIn(message))
                return true;
        }

        return false;
    }

    private sealed class Part
    {
        private readonly SoughtText.Word _raw;
        private readonly SoughtText.Word _whole;
        private readonly SoughtText.Word? _skeleton;
        private readonly SoughtText.SlippedWord? _slipped;
        private readonly bool _isThai;
        private readonly bool _isMarks;

        public Part(string text, bool forgiving)
        {
            Folded = ThaiText.Fold(text);
            _raw = new(text.Trim().ToLowerInvariant());
            // Marks like <script or 1=1 are all punctuation: folding leaves nothing of them, so look in the raw text.
            _isMarks = _raw.Text.Any(c => !char.IsAsciiLetterOrDigit(c) && c is not (' ' or '\'' or '-' or '.'));
            _isThai = Folded.Any(ThaiText.IsThai);
            if (_isThai)
            {
                var skeleton = ThaiSkeleton.Of(Folded);
                _whole = new(Folded.Replace(" ", "", StringComparison.Ordinal));
                _skeleton = skeleton.Length >= SureSkeleton ? new(skeleton) : null;
                _slipped = forgiving && skeleton.Length >= LongEnoughForASlip ? new(skeleton) : null;
            }
            else
            {
                _whole = new($" {Folded} ");
                _slipped = forgiving && Folded.Length >= LongEnoughForASlip + 2 ? new($" {Folded} ") : null;
            }
        }

        public string Folded { get; }

        public bool OccursIn(MessageForms message) => _isThai ? ThaiOccurs(message) : LatinOccurs(message);

        private bool ThaiOccurs(MessageForms message) =>
            message.Compact.Contains(_whole)
            || (_skeleton is { } skeleton && message.Skeleton.Contains(skeleton))
            || (_slipped is { } slipped && message.Skeleton.ContainsSlipped(slipped));

        private bool LatinOccurs(MessageForms message) =>
            _isMarks
                ? message.Raw.Contains(_raw)
                : message.Spaced.Contains(_whole) || (_slipped is { } slipped && message.Spaced.ContainsSlipped(slipped));
    }
}
