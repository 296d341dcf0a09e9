namespace ChatDesk.Cases.Officers;

/// <summary>The officer who looks or acts, as the desk knows them. Which officer may do what at all is decided before.</summary>
/// <param name="Id">Of the officer.</param>
/// <param name="Name">As written into events.</param>
/// <param name="SeesProtected">A supervisor of the protected unit: may see who filed a protected case.</param>
internal sealed record CaseViewer(string Id, string Name, bool SeesProtected = false);
