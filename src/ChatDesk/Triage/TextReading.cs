using System.Text.Json.Serialization;

namespace ChatDesk.Triage;

/// <summary>How soon somebody should look. Stored by name: never rename a member.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Urgency>))]
internal enum Urgency
{
    Normal,

    /// <summary>Today: a deadline, a shop that cannot open, somebody helpless.</summary>
    Urgent,

    /// <summary>Life or health is in danger.</summary>
    Danger,
}

/// <summary>How the contact feels about it. Stored by name: never rename a member.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<Sentiment>))]
internal enum Sentiment
{
    Neutral,
    Positive,
    Negative,

    /// <summary>Praise and blame in one text.</summary>
    Mixed,
}

/// <summary>What was read out of a text, and why.</summary>
internal sealed record TextReading
{
    /// <summary>ISO 639-1 (<c>th</c>, <c>en</c>, <c>my</c> …), or <c>und</c> when the text has no letters.</summary>
    public required string Language { get; init; }

    public required Sentiment Sentiment { get; init; }

    /// <summary>How sure <see cref="Sentiment"/> is, 0 to 1.</summary>
    public required double SentimentScore { get; init; }

    public required Urgency Urgency { get; init; }

    /// <summary>How sure <see cref="Urgency"/> is, 0 to 1; 1 where a listed word decided.</summary>
    public required double UrgencyScore { get; init; }

    /// <summary>A topic of the agency's own labelled lines (<c>delay</c>, <c>road</c> …); <c>other</c> when none is likely.</summary>
    public required string Topic { get; init; }

    /// <summary>How sure <see cref="Topic"/> is, 0 to 1.</summary>
    public required double TopicScore { get; init; }

    /// <summary>Why, the weightiest first.</summary>
    public required IReadOnlyList<ReadingReason> Reasons { get; init; }

    /// <summary><c>local</c> or <c>azure</c>: who read the sentiment.</summary>
    public required string Source { get; init; }

    /// <summary>
    /// Orders a queue, 0 to 130, higher first: danger 100, urgent 50, anger or strong dislike 20, somebody helpless 10. Danger
    /// stays above everything whatever else adds up.
    /// </summary>
    [JsonIgnore]
    public int QueueWeight
    {
        get
        {
            var angry = Reasons.Any(r => r.Code == ReadingReason.Anger) || (Sentiment == Sentiment.Negative && SentimentScore >= 0.8);
            var weight = Urgency switch { Urgency.Danger => 100, Urgency.Urgent => 50, _ => 0 };
            return weight + (angry ? 20 : 0) + (Reasons.Any(r => r.Code == ReadingReason.Vulnerable) ? 10 : 0);
        }
    }
}

/// <summary>One reason, to be put into words by <see cref="ReasonWords"/>.</summary>
/// <param name="Code">A name from the agency's lists, or one of the constants here.</param>
/// <param name="Evidence">The contact's own words that led to it; null when the whole text did.</param>
internal sealed record ReadingReason(string Code, string? Evidence)
{
    /// <summary>The model, not a list, read the urgency.</summary>
    public const string SoundsUrgent = "sounds_urgent";

    public const string SoundsDangerous = "sounds_dangerous";

    public const string SoundsNegative = "sounds_negative";

    public const string SoundsPositive = "sounds_positive";

    public const string LooksLikeTopic = "looks_like_topic";

    /// <summary>Many exclamation marks, capitals or angry faces.</summary>
    public const string Shouting = "shouting";

    /// <summary>A list of this name marks angry words; see <see cref="TextReading.QueueWeight"/>.</summary>
    public const string Anger = "anger";

    /// <summary>A list of this name marks people who cannot help themselves.</summary>
    public const string Vulnerable = "vulnerable";

    /// <summary>Azure named what the contact is (dis)pleased with.</summary>
    public const string Opinion = "opinion";

    /// <summary>Azure did not answer in time or refused; the local reading stands.</summary>
    public const string AzureUnavailable = "azure_unavailable";
}
