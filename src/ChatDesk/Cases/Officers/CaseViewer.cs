using System.Linq.Expressions;
using ChatDesk.Cases.Model;

namespace ChatDesk.Cases.Officers;

/// <summary>The officer who looks or acts, as the desk knows them. Which officer may do what at all is decided before.</summary>
/// <param name="Id">Of the officer.</param>
/// <param name="Name">As written into events.</param>
/// <param name="SeesProtected">A supervisor of the protected unit: may see who filed a protected case, and cases about officers at all.</param>
internal sealed record CaseViewer(string Id, string Name, bool SeesProtected = false)
{
    /// <summary>Cases that are there for this officer. What is said of officers is not for their colleagues to read.</summary>
    public Expression<Func<Case, bool>> Sees => SeesProtected ? row => true : row => row.Kind != CaseKind.Conduct;

    /// <summary>The same for one case.</summary>
    public bool MaySee(Case row) => SeesProtected || row.Kind != CaseKind.Conduct;
}
