namespace ChatDesk.Dialogs.Format;

/// <summary>Something wrong in a dialog file, said so that an editor who does not program can put it right.</summary>
/// <param name="File">The file's name inside the dialogs folder.</param>
/// <param name="Line">From 1; 0 when the whole file is meant.</param>
/// <param name="Problem">What is wrong.</param>
/// <param name="Remedy">What to do about it.</param>
internal sealed record DialogProblem(string File, int Line, string Problem, string Remedy)
{
    public override string ToString() => $"{File}:{Line}: {Problem} -> {Remedy}";
}

/// <summary>Collects what is wrong in one file, so that all of it is reported at once.</summary>
internal sealed class Findings(string file)
{
    private readonly List<DialogProblem> _problems = [];

    public string File { get; } = file;

    public IReadOnlyList<DialogProblem> Problems => _problems;

    public void Add(int line, string problem, string remedy) => _problems.Add(new DialogProblem(File, line, problem, remedy));
}
