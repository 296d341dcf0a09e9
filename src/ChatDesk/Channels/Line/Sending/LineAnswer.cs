namespace ChatDesk.Channels.Line.Sending;

/// <summary>How far a call came.</summary>
internal enum LineReach
{
    /// <summary>LINE answered; see <see cref="LineAnswer.Status"/>.</summary>
    Answered,

    /// <summary>Certainly nothing reached LINE: no connection, or no token to call with.</summary>
    NotSent,

    /// <summary>Time ran out or the line broke after the request may have left. LINE may have acted on it.</summary>
    NoAnswer,
}

/// <summary>The few errors of LINE that the desk acts upon.</summary>
internal enum LineError
{
    None,

    /// <summary>Used, expired or never issued; LINE does not say which.</summary>
    InvalidReplyToken,

    /// <summary>The month's paid messages are used up: waiting does not help.</summary>
    MonthlyLimit,

    Other,
}

/// <summary>What came of one call. Holds no text of LINE's, since that could quote a message.</summary>
internal readonly record struct LineAnswer(LineReach Reach)
{
    /// <summary>HTTP status; 0 unless answered.</summary>
    public int Status { get; init; }

    /// <summary>X-Line-Request-Id: LINE's support asks for it.</summary>
    public string? RequestId { get; init; }

    /// <summary>x-line-accepted-request-id: on 409, the earlier call with this retry key that LINE accepted.</summary>
    public string? AcceptedRequestId { get; init; }

    public LineError Error { get; init; }

    /// <summary>The names of the properties LINE objects to, such as <c>messages[0].text</c>.</summary>
    public string? ErrorProperties { get; init; }

    /// <summary>A machine word for the outcome: <c>timeout</c>, <c>broken</c>, <c>unreachable</c>, <c>token</c>, <c>http-500</c> …</summary>
    public string Word { get; init; } = "";

    public bool Success => Reach == LineReach.Answered && Status is >= 200 and < 300;

    public static LineAnswer NotSent(string word) => new(LineReach.NotSent) { Word = word };

    public static LineAnswer NoAnswer(string word) => new(LineReach.NoAnswer) { Word = word };
}
