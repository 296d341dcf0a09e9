using ChatDesk.Dialogs.Expressions;

namespace ChatDesk.Dialogs.Format;

/// <summary>What a step says: a text, a card, or both.</summary>
internal sealed record Saying(Localized? Text, CardText? Card)
{
    /// <summary>True when it reads the same whatever the slots hold.</summary>
    public bool IsFixed { get; } = Card is null && Text?.Holes.Any() != true;
}

/// <summary>A card with its texts per language.</summary>
internal sealed record CardText(Localized Title, IReadOnlyList<CardLineText> Lines, IReadOnlyList<CardButtonText> Buttons);

/// <param name="Label">What the line is about; null for a line that stands alone.</param>
/// <param name="Value">The line itself; a line that comes out empty is left away.</param>
/// <param name="When">Shown only when this holds; null shows it always.</param>
internal sealed record CardLineText(Localized? Label, Localized Value, Expression? When);

/// <param name="Label">What stands on it.</param>
/// <param name="Url">An address that opens when tapped (https or tel).</param>
internal sealed record CardButtonText(Localized Label, string Url);
