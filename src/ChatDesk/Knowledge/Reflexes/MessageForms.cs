using ChatDesk.Knowledge.Text;

namespace ChatDesk.Knowledge.Reflexes;

/// <summary>One message in the forms a <see cref="Phrase"/> is looked for in.</summary>
internal sealed class MessageForms
{
    // Longer messages are rants or pasted pages: what matters comes early or comes again.
    private const int Longest = 2000;

    public MessageForms(string text) : this(text, ThaiText.Fold(Cut(text)))
    {
    }

    private MessageForms(string text, string folded) => (Text, Folded) = (text, folded);

    /// <summary>As written.</summary>
    public string Text { get; }

    /// <summary>As written, in lower case: what is left of code and markup.</summary>
    public SoughtText Raw => field ??= new(Cut(Text).ToLowerInvariant());

    public string Folded { get; }

    /// <summary>Folded, with a space at either end, so that " word " is a whole word.</summary>
    public SoughtText Spaced => field ??= new($" {Folded} ");

    /// <summary>Folded without spaces: Thai puts them where it likes.</summary>
    public SoughtText Compact => field ??= new(Folded.Replace(" ", "", StringComparison.Ordinal));

    public SoughtText Skeleton => field ??= new(ThaiSkeleton.Of(Folded));

    /// <summary>The same message with every <paramref name="folded"/> cut out; itself when there is none.</summary>
    public MessageForms Without(string folded)
    {
        var rest = Folded.Replace(folded, " ", StringComparison.Ordinal);
        return ReferenceEquals(rest, Folded) ? this : new(Text, rest);
    }

    private static string Cut(string text) => text.Length <= Longest ? text : text[..Longest];
}
