using System.Collections.ObjectModel;
using System.Text.RegularExpressions;
using ChatDesk.Dialogs.Expressions;

namespace ChatDesk.Dialogs.Format;

/// <summary>How an answer is understood. The names in files are these in snake_case.</summary>
internal enum AnswerKind
{
    /// <summary>A short text: a name, a number of an application.</summary>
    Text,

    /// <summary>A story in the contact's own words; questions in it are part of it.</summary>
    FreeText,
    Number,

    /// <summary>Money in baht.</summary>
    Amount,
    Date,
    Time,
    YesNo,
    Choice,
    Phone,
    Email,

    /// <summary>A person's 13 digits; only the mask is ever kept.</summary>
    ThaiId,

    /// <summary>A company's 13 digits; only the mask is ever kept.</summary>
    JuristicId,
    Address,

    /// <summary>A place: a map pin, or words.</summary>
    Location,

    /// <summary>A picture or document; the value is the provider's message ids.</summary>
    File,

    /// <summary>Row names found by a lookup. Never asked.</summary>
    List,
}

/// <summary>A named place for one answer, declared once per dialog.</summary>
internal sealed record Slot
{
    public required string Name { get; init; }

    public required AnswerKind Kind { get; init; }

    /// <summary>What the contact calls it ("floor area"); used in corrections and in read-back.</summary>
    public required Localized Label { get; init; }

    public int Line { get; init; }

    /// <summary>May be skipped.</summary>
    public bool Optional { get; init; }

    /// <summary>May be picked up from a sentence that answers another question.</summary>
    public bool Hear { get; init; }

    /// <summary>Filled by the dialog that runs this one.</summary>
    public bool Given { get; init; }

    /// <summary>Further names for it in a correction, folded.</summary>
    public IReadOnlyList<string> Words { get; init; } = [];

    /// <summary>Smallest number or shortest text.</summary>
    public decimal? Min { get; init; }

    /// <summary>Largest number or longest text.</summary>
    public decimal? Max { get; init; }

    /// <summary>Words that may follow the number, folded.</summary>
    public IReadOnlyList<string> Units { get; init; } = [];

    /// <summary>Other units, folded, and how many of the slot's own one of them is: metres are 100 centimetres.</summary>
    public IReadOnlyDictionary<string, decimal> Converts { get; init; } = ReadOnlyDictionary<string, decimal>.Empty;

    public IReadOnlyList<SlotChoice> Choices { get; init; } = [];

    /// <summary>Further words for yes and no here ("we sell"), folded.</summary>
    public IReadOnlyList<string> Yes { get; init; } = [];

    public IReadOnlyList<string> No { get; init; } = [];

    /// <summary>What the whole text must look like.</summary>
    public Regex? Pattern { get; init; }

    /// <summary>Which dates make sense: <c>past</c>, <c>future</c> or <c>any</c>; today counts as both.</summary>
    public string Allow { get; init; } = "any";

    /// <summary>Parts an address must have: province, district, subdistrict, postcode.</summary>
    public IReadOnlyList<string> Parts { get; init; } = [];

    /// <summary>Own explanations of a wrong answer; empty takes those of the kind.</summary>
    public IReadOnlyList<Localized> Again { get; init; } = [];

    /// <summary>What expressions see.</summary>
    public ValueKind Type => Kind switch
    {
        AnswerKind.Number or AnswerKind.Amount => ValueKind.Number,
        AnswerKind.Date => ValueKind.Date,
        AnswerKind.Time => ValueKind.Time,
        AnswerKind.YesNo => ValueKind.YesNo,
        AnswerKind.List => ValueKind.List,
        _ => ValueKind.Text,
    };

    /// <summary>The names under which parts of the answer can be read besides the whole.</summary>
    public IEnumerable<(string Name, ValueKind Type)> PartNames => Kind switch
    {
        AnswerKind.Address => [.. AddressParts.Select(p => ($"{Name}.{p}", ValueKind.Text))],
        AnswerKind.Location => [($"{Name}.lat", ValueKind.Number), ($"{Name}.lon", ValueKind.Number)],
        _ => [],
    };

    public static readonly string[] AddressParts = ["province", "district", "subdistrict", "postcode"];
}

/// <param name="Value">What conditions compare with.</param>
/// <param name="Label">What the contact sees.</param>
/// <param name="Words">Other names for it, folded.</param>
/// <param name="Names">Both labels, folded.</param>
internal sealed record SlotChoice(string Value, Localized Label, IReadOnlyList<string> Words, IReadOnlyList<string> Names);
