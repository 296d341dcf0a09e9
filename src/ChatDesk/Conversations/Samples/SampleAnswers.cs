using System.Globalization;

namespace ChatDesk.Conversations.Samples;

/// <summary>
/// Plays the other systems of an agency for a demonstration: what a connector answers to documented sample numbers, read from
/// <c>_samples.yaml</c>. A configured address always goes before it, and only an agency that asks for it is served.
/// </summary>
internal sealed class SampleAnswers(IReadOnlyDictionary<string, SampleConnector> connectors)
{
    public static readonly SampleAnswers None = new(new Dictionary<string, SampleConnector>());

    /// <summary>The agency whose samples answer unless a setting says otherwise; no real agency has this id.</summary>
    public const string DemoAgency = "demo";

    public IReadOnlyCollection<string> Connectors => [.. connectors.Keys];

    /// <summary>Whether made-up answers may be given to this agency's contacts: <c>Agencies:{id}:SampleConnectors</c>.</summary>
    public static bool MayServe(string agency, IConfiguration configuration) =>
        bool.TryParse(configuration[$"Agencies:{agency}:SampleConnectors"], out var wanted) ? wanted : agency == DemoAgency;

    /// <returns>The first record that fits what was sent, or the connector's answer to everything else; null when no such connector is played.</returns>
    public SampleRecord? Find(string connector, IReadOnlyDictionary<string, string> sent) =>
        connectors.TryGetValue(connector, out var played) ? played.Records.FirstOrDefault(r => r.Fits(sent)) ?? played.Otherwise : null;
}

/// <param name="Records">Looked at in this order.</param>
/// <param name="Otherwise">What numbers that are not listed get.</param>
internal sealed record SampleConnector(IReadOnlyList<SampleRecord> Records, SampleRecord Otherwise);

/// <summary>One line of the register that is played.</summary>
/// <param name="When">Parameters that must be sent, in comparable form.</param>
/// <param name="Answer">Field to value as written; see <see cref="Fields"/>.</param>
/// <param name="After">How long the answer takes; zero for at once.</param>
/// <param name="Fails">The reason a real system would fail for, for the log; null when it answers.</param>
internal sealed record SampleRecord(
    IReadOnlyDictionary<string, string> When, IReadOnlyDictionary<string, SampleValue> Answer, TimeSpan After, string? Fails)
{
    /// <summary>Numbers are the same however they are spaced, dashed or capitalised.</summary>
    public static string Comparable(string value) =>
        string.Concat(value.Where(char.IsLetterOrDigit)).ToUpperInvariant();

    public bool Fits(IReadOnlyDictionary<string, string> sent) =>
        When.All(w => sent.TryGetValue(w.Key, out var value) && Comparable(value) == w.Value);

    /// <summary>The answer as a real system would give it today.</summary>
    /// <param name="today">Days such as <c>+13d</c> count from here, so that a demonstration never grows old.</param>
    /// <param name="language">Of texts that stand in two languages.</param>
    public IReadOnlyDictionary<string, string> Fields(DateOnly today, string language) =>
        Answer.ToDictionary(f => f.Key, f => f.Value.Read(today, language));
}

/// <summary>A value of an answer: a text, a text per language, or a number of days from today.</summary>
internal sealed record SampleValue(string Thai, string English, int? DaysFromToday)
{
    public string Read(DateOnly today, string language) => DaysFromToday is { } days
        ? today.AddDays(days).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
        : language == SpokenLanguage.English ? English : Thai;
}
