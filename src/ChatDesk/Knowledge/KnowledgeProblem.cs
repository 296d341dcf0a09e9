namespace ChatDesk.Knowledge;

/// <summary>How bad a <see cref="KnowledgeProblem"/> is.</summary>
internal enum ProblemLevel
{
    /// <summary>Answers are right but could be better; nothing is left out.</summary>
    Warning,

    /// <summary>The file, or the part of it that is named, was left out.</summary>
    Error,
}

/// <summary>Something an editor should put right, said so that the editor can: where, what, and what to do. Lines count from 1; 0 means the whole file.</summary>
internal sealed record KnowledgeProblem(ProblemLevel Level, string File, int Line, string Problem, string Remedy)
{
    public override string ToString() =>
        $"{File}({Line}): {(Level == ProblemLevel.Error ? "error" : "warning")}: {Problem} {Remedy}";
}
