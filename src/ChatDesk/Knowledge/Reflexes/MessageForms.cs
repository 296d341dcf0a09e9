using ChatDesk.Knowledge.Text;

namespace ChatDesk.Knowledge.Reflexes;

/// <summary>One message in the forms a <see cref="Phrase"/> is looked for in.</summary>
internal sealed class MessageForms
{
    // Longer messages are rants or pasted pages: what matters comes early or comes again.
    private const int Longest = 2000;

    public MessageForms(string text) => (Folded, Raw) = (ThaiText.Fold(Cut(text)), Cut(text).ToLowerInvariant());

    private MessageForms(string folded, string raw) => (Folded, Raw) = (folded, raw);

    /// <summary>As written, in lower case: what is left of code and markup.</summary>
    public string Raw { get; }

    public string Folded { get; }

    /// <summary>Folded, with a space at either end, so that " word " is a whole word.</summary>
    public string Spaced => field ??= $" {Folded} ";

    /// <summary>Folded without spaces: Thai puts them where it likes.</summary>
    public string Compact => field ??= Folded.Replace(" ", "", StringComparison.Ordinal);

    public string Skeleton => field ??= ThaiSkeleton.Of(Folded);

    /// <summary>The same message with every <paramref name="folded"/> cut out.</summary>
    public MessageForms Without(string folded) => new(Folded.Replace(folded, " ", StringComparison.Ordinal), Raw);

    private static string Cut(string text) => text.Length <= Longest ? text : text[..Longest];
}
