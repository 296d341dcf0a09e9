namespace ChatDesk.Data;

/// <summary>
/// Every row that belongs to one agency: cases, officers, canned replies … <see cref="DeskContext"/> shows a caller only
/// the rows of the agency it was opened for, and refuses to write any other.
/// </summary>
internal interface IOfAgency
{
    /// <summary>The agency's id from configuration.</summary>
    string Agency { get; }
}
