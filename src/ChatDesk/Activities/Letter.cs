namespace ChatDesk.Activities;

/// <summary>What a letter needs besides its words; channels that write none leave it out.</summary>
/// <param name="Subject">The line above it. Nothing personal: it is seen where the letter is not opened.</param>
/// <param name="Foot">Stands under the words.</param>
/// <param name="StopUrl">Where one POST ends such letters; null where there is nothing to end.</param>
internal sealed record Letter(string Subject, string? Foot = null, string? StopUrl = null);
