namespace ChatDesk.LineSimulator.Validation;

/// <summary>One thing wrong with a request, in LINE's terms.</summary>
/// <param name="Property">Where, as LINE writes it: <c>messages[0].text</c>.</param>
internal sealed record Finding(string Message, string Property);

/// <summary>Everything wrong with one request. Usually nothing, so it allocates only when there is something to say.</summary>
internal sealed class Findings
{
    private List<Finding>? list;

    public bool None => list is null;

    public IReadOnlyList<Finding> All => (IReadOnlyList<Finding>?)list ?? [];

    public void Add(string message, string property) => (list ??= []).Add(new(message, property));
}

/// <summary>Where a value stands in the request. Written out only when something is wrong there.</summary>
internal sealed class Place(Place? parent, string? name, int index = -1)
{
    public override string ToString()
    {
        if (parent is null) return name ?? "";
        return index >= 0 ? $"{parent}[{index}]" : parent.IsRoot ? name! : $"{parent}.{name}";
    }

    private bool IsRoot => parent is null && name is null;
}
