namespace ChatDesk.Hours.Files;

/// <summary>Something an editor must mend: where it is, what is wrong, and what to write instead.</summary>
/// <param name="File">The file.</param>
/// <param name="Line">From 1; 0 when the whole file is meant.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Remedy">What to write instead.</param>
internal sealed record HoursProblem(string File, long Line, string Problem, string Remedy)
{
    public override string ToString() => $"{File}:{Line}: {Problem} -> {Remedy}";
}
