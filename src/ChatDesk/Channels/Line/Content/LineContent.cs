namespace ChatDesk.Channels.Line.Content;

/// <summary>How one try at fetching a contact's file ended: one of the five below.</summary>
internal abstract record LineContent
{
    private LineContent()
    {
    }

    /// <param name="ContentType">As LINE says; what it truly is must be looked at before anyone opens it.</param>
    /// <param name="Size">In bytes.</param>
    internal sealed record Stored(string ContentType, long Size) : LineContent;

    /// <summary>LINE still prepares it (a big video or sound).</summary>
    internal sealed record NotReady(DateTimeOffset RetryAt) : LineContent;

    /// <summary>It will never come: taken back, deleted, never there, or LINE could not prepare it.</summary>
    internal sealed record Gone : LineContent;

    /// <summary>Larger than the desk takes.</summary>
    internal sealed record TooLarge : LineContent;

    /// <param name="Reason">A machine word, as in <c>LineAnswer.Word</c>.</param>
    /// <param name="RetryAt">When to try again.</param>
    internal sealed record Failed(string Reason, DateTimeOffset RetryAt) : LineContent;
}
