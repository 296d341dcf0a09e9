using ChatDesk.LinePlatform.Bench;

namespace ChatDesk.LinePlatform.Peers;

/// <summary>What an entrant is, for the ratios that the table prints.</summary>
internal enum EntrantKind
{
    /// <summary>Checks the signature and nothing else: what the machine could do.</summary>
    Bare,

    /// <summary>Answers without remembering anybody.</summary>
    Echo,

    /// <summary>Answers and keeps a session, none of it durable.</summary>
    Session,

    /// <summary>ChatDesk.</summary>
    Desk,
}

/// <summary>One program in the comparison, running.</summary>
/// <param name="Webhooks">One, or those of equal replicas.</param>
internal sealed record Entrant(string Name, EntrantKind Kind, IReadOnlyList<Uri> Webhooks, ServerSide Side, IAsyncDisposable Running) : IAsyncDisposable
{
    public ValueTask DisposeAsync() => Running.DisposeAsync();
}
