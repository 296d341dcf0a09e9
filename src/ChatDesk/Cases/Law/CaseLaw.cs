using System.Globalization;
using System.Text.Json;
using ChatDesk.Cases.Model;
using ChatDesk.Hours;
using ChatDesk.Hours.Law;

namespace ChatDesk.Cases.Law;

/// <summary>
/// A case of a late decision under the statutory clock: what the contact told in the dialog until an officer enters what the
/// office knows. It computes; it decides nothing, and every explanation says so first.
/// </summary>
internal sealed class CaseLaw
{
    private readonly AgencyHours _hours;
    private readonly StatutoryClock _clock;

    private CaseLaw(AgencyHours hours, StatutoryRule rule, LawEntry entry) => (_hours, _clock, Entry) = (hours, new StatutoryClock(rule, hours.Calendar), entry);

    public LawEntry Entry { get; }

    public StatutoryRule Rule => _clock.Rule;

    /// <summary>Null while the day of receipt or the limit is not known.</summary>
    public StatutoryFacts? Facts => Entry.Received is { } received && (Rule.Days ?? Entry.Days) is not null
        ? new StatutoryFacts
        {
            Received = received,
            ManualDays = Entry.Days,
            DocumentsAsked = Entry.Asked,
            DocumentsComplete = Entry.Complete,
            NoticesGiven = Entry.Notices,
            Decided = Entry.Decided,
            Told = Entry.Told,
        }
        : null;

    /// <summary>The clock of a case about a late decision.</summary>
    /// <returns>Null for cases of other kinds, and for an agency without such a rule.</returns>
    public static CaseLaw? Of(Case row, LawEntry? entered, AgencyHours hours)
    {
        if (row.Kind != CaseKind.Delay) return null;
        var entry = entered ?? Told(row);
        var rule = entry.Rule is { } id ? hours.Laws.GetValueOrDefault(id) : hours.Laws.Values.OrderBy(r => r.Id, StringComparer.Ordinal).FirstOrDefault();
        return rule is null ? null : new CaseLaw(hours, rule, entry);
    }

    public StatutoryReading? Read(DateOnly today) => Facts is { } facts ? _clock.Read(facts, today) : null;

    /// <summary>Step by step, the label first; empty while facts are missing.</summary>
    public IReadOnlyList<StatutoryStep> Explain(DateOnly today, string language) => Facts is { } facts ? StatutoryExplanation.Of(_clock, facts, today, _hours.Words, language) : [];

    /// <returns>The drafted notice; null when none is owed.</returns>
    public string? Draft(DateOnly today, string reason, DateOnly? newDate, string language) => Facts is { } facts
        ? NoticeDraft.Write(_clock, facts, new NoticeFacts(Entry.Application ?? "", Entry.Office ?? "", reason, newDate), today, _hours.Words, language)
        : null;

    /// <summary>The next notice that is owed or was not given; null when there is none.</summary>
    public LateNotice? NextNotice(DateOnly today) => Read(today)?.Notices.LastOrDefault(n => n.Standing is NoticeStanding.Owed or NoticeStanding.Coming);

    /// <summary>As <c>report_delay.yaml</c> asks it: office and day in their places, the manual's days beside them.</summary>
    private static LawEntry Told(Case row)
    {
        var fields = JsonSerializer.Deserialize(row.Fields, CaseJson.Readable.IReadOnlyDictionaryStringString)!;
        return new LawEntry
        {
            Application = row.What,
            Office = row.Place,
            Received = DateOnly.TryParseExact(row.Day, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null,
            Days = int.TryParse(fields.GetValueOrDefault("days"), NumberStyles.None, CultureInfo.InvariantCulture, out var days) && days > 0 ? days : null,
        };
    }
}
