using System.Globalization;

namespace ChatDesk.Hours.Law;

/// <summary>What only people know, for a late notice.</summary>
/// <param name="Application">The application's number or name.</param>
/// <param name="Office">The deciding office.</param>
/// <param name="Reason">Why it takes longer; empty leaves a gap to fill in.</param>
/// <param name="NewDate">When it is expected now; null leaves a gap to fill in.</param>
internal sealed record NoticeFacts(string Application, string Office, string Reason, DateOnly? NewDate);

/// <summary>Drafts the notice that the law owes a late applicant. A draft for an officer to read, complete and sign.</summary>
internal static class NoticeDraft
{
    /// <summary>Stands where an officer must fill something in.</summary>
    public const string Gap = "........................";

    /// <returns>Null when the rule owes no notices or nothing is late.</returns>
    public static string? Write(StatutoryClock clock, StatutoryFacts facts, NoticeFacts about, DateOnly today, PromiseWords words, string language)
    {
        var reading = clock.Read(facts, today);
        if (clock.Rule.Late is not { } late || !reading.IsLate || facts.AsOf(today).Decided is not null || reading.Due is not { } due) return null;
        var next = reading.Notices.Count > 0 ? reading.Notices[^1].Number : 1;
        return StatutoryTexts.Fill(
            late.Draft.In(language),
            ("number", Number(next)),
            ("today", words.Day(today, language)),
            ("application", Or(about.Application)),
            ("office", Or(about.Office)),
            ("received", words.Day(reading.CountsFrom!.Value, language)),
            ("limit", Number(clock.DaysFor(facts))),
            ("due", words.Day(due, language)),
            ("days", Number(reading.OverdueDays)),
            ("reason", Or(about.Reason)),
            ("new_date", about.NewDate is { } expected ? words.Day(expected, language) : Gap),
            ("law", clock.Rule.Law.In(language)),
            ("section", clock.Rule.Section.In(language)),
            ("copy_to", late.CopyTo.In(language)),
            ("label", clock.Rule.Texts[StatutoryTexts.Label].In(language)));
    }

    private static string Or(string text) => string.IsNullOrWhiteSpace(text) ? Gap : text;

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}
