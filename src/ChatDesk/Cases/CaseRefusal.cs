namespace ChatDesk.Cases;

/// <summary>Why a deed was not done. The reason is one of a closed list; pages turn it into words, HTTP into a status.</summary>
internal sealed class CaseRefusal(CaseRefusalReason reason) : Exception($"case refused: {reason}")
{
    public CaseRefusalReason Reason => reason;

    /// <summary>As an HTTP status.</summary>
    public int Status => reason switch
    {
        CaseRefusalReason.NotFound => StatusCodes.Status404NotFound,
        CaseRefusalReason.Changed => StatusCodes.Status409Conflict,
        CaseRefusalReason.NotAllowed => StatusCodes.Status403Forbidden,
        _ => StatusCodes.Status422UnprocessableEntity,
    };
}

internal enum CaseRefusalReason
{
    NotFound,

    /// <summary>Somebody changed the case since it was read.</summary>
    Changed,

    /// <summary>This person may not.</summary>
    NotAllowed,

    /// <summary>The table of states has no such move from here.</summary>
    NotNow,
    EvidenceMissing,
    WordsMissing,

    /// <summary>The 30 days to contest are over.</summary>
    TooLate,

    /// <summary>Text or list longer than is kept.</summary>
    TooLong,

    /// <summary>A case cannot be merged into or linked with itself, another agency's, or a merged one.</summary>
    NotThisOne,
}
