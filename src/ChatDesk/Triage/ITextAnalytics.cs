namespace ChatDesk.Triage;

/// <summary>
/// Reads urgency, sentiment, topic and language out of what a contact wrote, so that the angry and the endangered are seen first.
/// Two members: a local one, and Azure AI Language with the local one beneath it.
/// </summary>
internal interface ITextAnalytics
{
    /// <summary>Never throws for what the text says or the network does, and takes two seconds at most.</summary>
    /// <param name="agency">Whose lists, model and settings count.</param>
    /// <param name="maskedText">The text with identity and phone numbers already hidden: it may leave the machine.</param>
    /// <param name="stopping">Stops the work; only then an exception is thrown.</param>
    ValueTask<TextReading> ReadAsync(string agency, string maskedText, CancellationToken stopping);
}
