using System.Globalization;
using ChatDesk.Cases.Officers;
using ChatDesk.Cases.Rules;
using ChatDesk.Desk.Words;
using ChatDesk.People;
using ChatDesk.People.Audit;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace ChatDesk.Desk.Casework;

/// <summary>
/// What every case page needs: who looks, for which agency, in which language, by which clock. Plain pages without a circuit:
/// they work over a bad line, and a form sent twice is carried out once. (Public because Razor's classes are.)
/// </summary>
public abstract class CaseworkPage : ComponentBase
{
    [CascadingParameter]
    private protected HttpContext Http { get; set; } = default!;

    [Inject]
    private protected IStringLocalizer<CaseText> W { get; set; } = default!;

    [Inject]
    private protected CaseBasisOf BasisOf { get; set; } = default!;

    [Inject]
    private protected TimeProvider Time { get; set; } = default!;

    [Inject]
    private protected AuditLog Log { get; set; } = default!;

    private protected OfficerIdentity Me => OfficerIdentity.Of(Http.User);

    private protected CaseBasis Basis => BasisOf(Me.Agency);

    private protected CaseViewer Viewer => CaseViewers.Of(Me, Basis.Rules);

    private protected DateTimeOffset Now => Time.GetUtcNow();

    private protected DateOnly Today => Basis.Hours.Calendar.DateOf(Now);

    private protected CancellationToken Stopping => Http.RequestAborted;

    private protected static string Language => CultureInfo.CurrentUICulture.TwoLetterISOLanguageName == "en" ? "en" : "th";

    private static ConsoleTexts Texts => ConsoleTexts.For(Language);

    /// <summary>Day and clock, by the agency's wall clock.</summary>
    private protected string Moment(DateTimeOffset at)
    {
        var local = Basis.Hours.Calendar.Local(at);
        return $"{DeskTimes.Day(local, Texts)} {DeskTimes.Clock(local)}";
    }

    private protected string Day(DateTimeOffset at) => DeskTimes.Day(Basis.Hours.Calendar.Local(at), Texts);

    private protected static string Day(DateOnly day) => DeskTimes.Day(new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero), Texts);

    /// <summary>As machines read it.</summary>
    private protected static string Exact(DateTimeOffset at) => at.ToString("O", CultureInfo.InvariantCulture);

    private protected static string Number(long number) => number.ToString(CultureInfo.InvariantCulture);
}
