namespace ChatDesk.Conversations.Words;

/// <summary>Something an editor must mend: where it is, what is wrong, and what to write instead.</summary>
internal sealed record WordsProblem(string File, long Line, string Problem, string Remedy)
{
    public override string ToString() => $"{File}:{Line}: {Problem} -> {Remedy}";
}
