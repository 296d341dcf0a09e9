using System.Collections.Frozen;
using ChatDesk.Activities;

namespace ChatDesk.Dialogs.Answers;

/// <summary>The words that answer kinds know; the content of <c>_words.yaml</c>, all folded.</summary>
internal sealed class Vocabulary
{
    /// <summary>Polite endings, longest first.</summary>
    public required IReadOnlyList<string> Particles { get; init; }

    public required IReadOnlyList<string> Yes { get; init; }

    public required IReadOnlyList<string> No { get; init; }

    /// <summary>Neither yes nor no.</summary>
    public required IReadOnlyList<string> Unsure { get; init; }

    /// <summary>"ครับ", "well": at the beginning of a longer message they say nothing.</summary>
    public required IReadOnlyList<string> Interjections { get; init; }

    /// <summary>Words of which one makes a message a question.</summary>
    public required IReadOnlyList<string> QuestionWords { get; init; }

    /// <summary>What may stand before the number of a choice.</summary>
    public required IReadOnlyList<string> PlaceWords { get; init; }

    public required FrozenSet<string> Zero { get; init; }

    public required Lexicon<NumberToken> Numbers { get; init; }

    public required Lexicon<DateToken> Dates { get; init; }

    public required Lexicon<TimeToken> Times { get; init; }

    public required Lexicon<bool> PhoneWords { get; init; }

    /// <summary>January first, for display.</summary>
    public required IReadOnlyList<string> MonthsTh { get; init; }

    public required IReadOnlyList<string> MonthsEn { get; init; }

    /// <summary>Sunday first, for display.</summary>
    public required IReadOnlyList<string> WeekdaysTh { get; init; }

    public required IReadOnlyList<string> WeekdaysEn { get; init; }

    public required IReadOnlyList<Province> Provinces
    {
        get;
        init
        {
            field = value;
            ProvinceNames = new Lexicon<Province>(value.SelectMany(p => p.Names, (p, name) => (name, p)));
        }
    }

    public Lexicon<Province> ProvinceNames { get; private init; } = new([]);

    public required IReadOnlyList<string> SubdistrictMarkers { get; init; }

    public required IReadOnlyList<string> DistrictMarkers { get; init; }

    /// <summary>ถนน, road: what stands before a province and is no district.</summary>
    public required IReadOnlyList<string> RoadWords { get; init; }

    public Heard Hear(string text)
    {
        var cut = text.Length > Folding.MaxLength ? text[..Folding.MaxLength] : text;
        var secrets = IdentityNumber.Find(cut).Distinct().ToList();
        foreach (var (written, digits) in secrets)
            cut = cut.Replace(written, IdentityNumber.Mask(digits), StringComparison.Ordinal);
        var folded = Folding.Fold(cut);
        return new Heard
        {
            Text = cut,
            Folded = folded,
            Bare = Strip(folded),
            IsText = folded.Length > 0,
            IsQuestion = QuestionWords.Any(w => folded.Contains(w, StringComparison.Ordinal)),
            Secrets = [.. secrets.Select(s => (s.Written, IdentityNumber.Mask(s.Digits)))],
            IdDigits = secrets.Count > 0 ? secrets[0].Digits : null,
        };
    }

    public Heard Hear(InboundActivity input)
    {
        var isFile = input.Kind is InboundKind.Image or InboundKind.Video or InboundKind.File or InboundKind.Audio;
        var isWords = input.Kind is InboundKind.Text or InboundKind.Choice;
        return Hear(isWords ? input.Text ?? "" : "") with
        {
            FileId = isFile ? (input.MessageId ?? input.Id).Replace(' ', '_') : null,
            Location = input.Location,
        };
    }

    private string Strip(string folded)
    {
        var bare = folded.Trim(Marks);
        while (true)
        {
            var shorter = WithoutParticle(bare).Trim(Marks);
            if (shorter.Length == bare.Length || shorter.Length == 0)
                return bare;
            bare = shorter;
        }
    }

    private string WithoutParticle(string text)
    {
        foreach (var particle in Particles)
        {
            if (text.Length > particle.Length && text.EndsWith(particle, StringComparison.Ordinal)
                && !(char.IsAsciiLetter(particle[0]) && char.IsAsciiLetter(text[^(particle.Length + 1)])))
                return text[..^particle.Length];
        }
        return text;
    }

    private static readonly char[] Marks = [' ', '.', '!', '?', ',', '~', '…', '"', '\'', '\u0e2f'];
}
