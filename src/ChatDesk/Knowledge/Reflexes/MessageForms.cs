using ChatDesk.Knowledge.Text;

namespace ChatDesk.Knowledge.Reflexes;

/// <summary>One message in the forms a <see cref="Phrase"/> is looked for in.</summary>
internal sealed class MessageForms
{
    // Longer messages are rants or pasted pages: what matters comes early or comes again.
    private const int Longest = 2000;

    private readonly string _raw;

    public MessageForms(string text) => (Folded, _raw) = (ThaiText.Fold(Cut(text)), Cut(text).ToLowerInvariant());

    private MessageForms(string folded, string raw) => (Folded, _raw) = (folded, raw);

    /// <summary>As written, in lower case: what is left of code and markup.</summary>
    public SoughtText Raw => field ??= new(_raw);

    public string Folded { get; }

    /// <summary>Folded, with a space at either end, so that " word " is a whole word.</summary>
    public SoughtText Spaced => field ??= new($" {Folded} ");

    /// <summary>Folded without spaces: Thai puts them where it likes.</summary>
    public SoughtText Compact => field ??= new(Folded.Replace(" ", "", StringComparison.Ordinal));

    public SoughtText Skeleton => field ??= new(ThaiSkeleton.Of(Folded));

    /// <summary>The same message with every <paramref name="folded"/> cut out.</summary>
    public MessageForms Without(string folded) => new(Folded.Replace(folded, " ", StringComparison.Ordinal), _raw);

    private static string Cut(string text) => text.Length <= Longest ? text : text[..Longest];
}
