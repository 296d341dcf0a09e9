using ChatDesk.Activities;
using ChatDesk.Conversations;
using ChatDesk.Delivery;

namespace ChatDesk.Desk.Live;

/// <summary>What the console shows of an agency beside its conversations: wall clock, business hours, quota, cases, broken files.</summary>
internal sealed class AgencyFacts(ContentLibrary library, ChannelQuotas quotas, ContactCases cases, LineStanding line, TimeProvider clock)
{
    public TimeProvider Clock => clock;

    /// <summary>No real LINE account is connected yet: the desk plays LINE itself.</summary>
    public bool LineIsSimulated => line.IsSimulated;

    public DateTimeOffset Now => clock.GetUtcNow();

    public DateTimeOffset Local(string agency, DateTimeOffset at) => library.For(agency).Hours.Calendar.Local(at);

    /// <summary>Whether the agency is open now, until when or from when, and today's special name.</summary>
    public OpenNow OpenNow(string agency, string language)
    {
        var calendar = library.For(agency).Hours.Calendar;
        var note = calendar.NoteOf(calendar.DateOf(Now))?.Name(language);
        return calendar.IsOpen(Now)
            ? new OpenNow(true, calendar.ClosesAt(Now), note)
            : new OpenNow(false, calendar.NextOpening(Now), note);
    }

    /// <summary>The other agencies of this desk, to whom a matter can be passed on.</summary>
    public IReadOnlyList<string> Others(string agency) => [.. library.Agencies.Where(other => other != agency)];

    /// <summary>As its editors named it for contacts.</summary>
    public string NameOf(string agency, string language) => library.Has(agency) ? library.For(agency).Words.Web(language)["title"] : agency;

    public Task<IReadOnlyList<ContactCase>> CasesAsync(ConversationKey conversation) => cases.OfAsync(conversation);

    /// <returns>Null for channels without a quota, and before it is known.</returns>
    public QuotaFigures? Quota(string agency, string channel) => quotas.Read(agency, channel);

    /// <summary>What editors must mend before their files go live.</summary>
    public IReadOnlyList<string> ContentProblems(string agency) => library.ProblemsOf(agency);
}

/// <summary>Whether LINE is the real one; said by whoever starts the desk.</summary>
internal sealed record LineStanding(bool IsSimulated);

/// <summary>Business hours as of now.</summary>
/// <param name="IsOpen">In hours.</param>
/// <param name="Until">When that changes, by the agency's wall clock; null when it never does.</param>
/// <param name="Day">The name of a holiday or special day, or null.</param>
internal sealed record OpenNow(bool IsOpen, DateTimeOffset? Until, string? Day);
