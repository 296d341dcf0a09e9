using ChatDesk.Activities;

namespace ChatDesk.Dialogs.Answers;

/// <summary>What a contact sent, in the forms that understanding needs; made once per turn.</summary>
internal sealed record Heard
{
    /// <summary>As written, cut to a sane length, identity numbers masked.</summary>
    public required string Text { get; init; }

    /// <summary>See <see cref="Folding"/>.</summary>
    public required string Folded { get; init; }

    /// <summary>Folded, without polite particles and closing marks: "200 ครับ" is "200".</summary>
    public required string Bare { get; init; }

    /// <summary>True when there are words to understand.</summary>
    public required bool IsText { get; init; }

    /// <summary>True when it reads like a question.</summary>
    public bool IsQuestion { get; init; }

    /// <summary>Where to find the file that came, if one came.</summary>
    public string? FileId { get; init; }

    public GeoPoint? Location { get; init; }

    /// <summary>Valid identity numbers found in it, as written, with their masks.</summary>
    public IReadOnlyList<(string Secret, string Mask)> Secrets { get; init; } = [];

    /// <summary>The digits of the first identity number, only while this turn lasts.</summary>
    public string? IdDigits { get; init; }
}
