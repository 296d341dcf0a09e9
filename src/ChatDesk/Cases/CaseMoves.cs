using ChatDesk.Cases.Model;
using static ChatDesk.Cases.Model.CaseDeed;
using static ChatDesk.Cases.Model.CaseParty;
using static ChatDesk.Cases.Model.CaseState;

namespace ChatDesk.Cases;

/// <summary>What a deed needs in writing; without it the case stays as it is.</summary>
internal enum CaseProof
{
    Nothing,

    /// <summary>Words.</summary>
    Words,

    /// <summary>What was done, in words or as a file.</summary>
    Evidence,
}

/// <summary>THE TABLE of states: from where, by whom and with what each deed leads where. What it does not list is refused.</summary>
internal static class CaseMoves
{
    private static readonly CaseState[] AtWork = [Received, Assessing, WithUnit, WaitingForCitizen, Reopened];
    private static readonly CaseState[] Decided = [Answered, Fixed, Rejected];
    private static readonly CaseState[] Anywhere = Enum.GetValues<CaseState>();

    private static readonly Move[] Table =
    [
        //  deed      from                             to                 by                        needs               told to the contact
        new(Assess,   [Received, Reopened],            Assessing,         [Officer],                CaseProof.Nothing,  Told: false),
        new(Assign,   [Received, Assessing, Reopened], WithUnit,          [Officer],                CaseProof.Nothing,  Told: false),
        new(Assign,   [WithUnit, WaitingForCitizen],   Same,              [Officer],                CaseProof.Nothing,  Told: false),
        new(Ask,      [Received, Assessing, WithUnit, Reopened], WaitingForCitizen, [Officer],      CaseProof.Words,    Told: true),
        new(Reply,    [WaitingForCitizen],             BeforeTheQuestion, [Contact],                CaseProof.Evidence, Told: false),
        new(Answer,   AtWork,                          Answered,          [Officer],                CaseProof.Words,    Told: true),
        new(Fix,      [.. AtWork, Answered],           Fixed,             [Officer],                CaseProof.Evidence, Told: true),
        new(Reject,   AtWork,                          Rejected,          [Officer],                CaseProof.Words,    Told: true),
        new(Contest,  [.. Decided, Closed],            Reopened,          [Contact],                CaseProof.Nothing,  Told: false),
        new(Accept,   Decided,                         Closed,            [Contact],                CaseProof.Nothing,  Told: false),
        new(Reopen,   [.. Decided, Closed],            Reopened,          [Officer],                CaseProof.Words,    Told: true),
        new(Close,    Decided,                         Closed,            [CaseParty.Desk],                   CaseProof.Nothing,  Told: true),
        new(Merge,    AtWork,                          Closed,            [Officer],                CaseProof.Nothing,  Told: true),
        new(Link,     Anywhere,                        Same,              [Officer],                CaseProof.Nothing,  Told: false),
        new(Note,     Anywhere,                        Same,              [Officer],                CaseProof.Words,    Told: false),
        new(Progress, AtWork,                          Same,              [Officer],                CaseProof.Words,    Told: true),
        new(CaseDeed.Triage, Anywhere,                        Same,              [CaseParty.Desk, Officer],          CaseProof.Nothing,  Told: false),
        new(CaseDeed.Law, Anywhere,                           Same,              [Officer],                          CaseProof.Nothing,  Told: false),
        new(Add,      Anywhere,                        Same,              [Contact],                CaseProof.Evidence, Told: false),
    ];

    /// <summary>Stands in the table for "stays where it is".</summary>
    private const CaseState Same = (CaseState)(-1);

    /// <summary>Stands in the table for "back to where it was when the question was asked".</summary>
    private const CaseState BeforeTheQuestion = (CaseState)(-2);

    /// <summary>The row that allows a deed, or null.</summary>
    public static Move? Find(CaseState from, CaseDeed deed, CaseParty by) =>
        Array.Find(Table, move => move.Deed == deed && move.From.Contains(from) && move.By.Contains(by));

    /// <summary>What an officer may do now.</summary>
    public static IReadOnlyList<CaseDeed> Open(CaseState from, CaseParty by) =>
        [.. Table.Where(move => move.From.Contains(from) && move.By.Contains(by)).Select(move => move.Deed).Distinct()];

    /// <summary>One row.</summary>
    internal sealed record Move(CaseDeed Deed, IReadOnlyList<CaseState> From, CaseState To, IReadOnlyList<CaseParty> By, CaseProof Needs, bool Told)
    {
        /// <summary>Where the case stands after it.</summary>
        /// <param name="now">Where it stands.</param>
        /// <param name="beforeQuestion">Where it stood when the contact was asked, if that is open.</param>
        public CaseState Lead(CaseState now, CaseState? beforeQuestion) => To switch
        {
            Same => now,
            BeforeTheQuestion => beforeQuestion ?? WithUnit,
            var to => to,
        };
    }
}
