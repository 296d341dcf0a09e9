namespace ChatDesk.Triage.AzureLanguage;

/// <summary>A text to be read by Azure.</summary>
/// <param name="Id">Ties the answer to it; unique within one call.</param>
/// <param name="Language">Always sent: Azure takes a missing one for English.</param>
/// <param name="Text">Already through <see cref="OutgoingText"/>.</param>
internal sealed record AzureDocument(string Id, string Language, string Text);

/// <summary>What Azure said of one document: a sentiment, or why it could not read it.</summary>
internal abstract record AzureDocumentAnswer(string Id);

/// <param name="Id">Of the document.</param>
/// <param name="Code">The innermost code, for example <c>InvalidDocument</c>.</param>
/// <param name="Message">Azure's words, for the log.</param>
internal sealed record AzureDocumentError(string Id, string Code, string Message) : AzureDocumentAnswer(Id);

/// <param name="Id">Of the document.</param>
/// <param name="Sentiment"><c>positive</c>, <c>neutral</c>, <c>negative</c> or <c>mixed</c>.</param>
/// <param name="Scores">Of the three, adding up to about 1.</param>
/// <param name="Sentences">With the opinions in them; often none for Thai.</param>
internal sealed record AzureSentiment(string Id, string Sentiment, AzureScores Scores, IReadOnlyList<AzureSentence> Sentences) : AzureDocumentAnswer(Id);

/// <param name="Positive">0 to 1.</param>
/// <param name="Neutral">0 to 1; null for targets and assessments, which know no neutral.</param>
/// <param name="Negative">0 to 1.</param>
internal sealed record AzureScores(double Positive, double? Neutral, double Negative);

/// <summary>A sentence; <see cref="Offset"/> and <see cref="Length"/> count UTF-16 units.</summary>
internal sealed record AzureSentence(string Text, string Sentiment, AzureScores Scores, int Offset, int Length, IReadOnlyList<AzureOpinion> Opinions);

/// <summary>What somebody has an opinion of, with the words that say it.</summary>
internal sealed record AzureOpinion(AzureSpan Target, IReadOnlyList<AzureSpan> Assessments);

/// <param name="Text">The words.</param>
/// <param name="Sentiment">Of them.</param>
/// <param name="Scores">Of them.</param>
/// <param name="Offset">UTF-16 units from the document's start.</param>
/// <param name="Length">UTF-16 units.</param>
/// <param name="IsNegated">"not good"; null for targets.</param>
internal sealed record AzureSpan(string Text, string Sentiment, AzureScores Scores, int Offset, int Length, bool? IsNegated);
