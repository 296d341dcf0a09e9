namespace ChatDesk.Channels.Line.Sending;

/// <summary>What an answer means for the message that was to be sent.</summary>
internal enum LineVerdict
{
    /// <summary>It is with LINE.</summary>
    Accepted,

    /// <summary>It has been with LINE since an earlier try with the same retry key.</summary>
    AcceptedBefore,

    /// <summary>Time-out, broken line, 5xx: it may or may not be with LINE.</summary>
    Unclear,

    /// <summary>LINE was not reached at all.</summary>
    NotSent,

    /// <summary>400 Invalid reply token: used or expired.</summary>
    ReplyTokenInvalid,

    /// <summary>429: too fast. Waiting helps.</summary>
    TooFast,

    /// <summary>429: the month's messages are used up. Waiting does not help.</summary>
    QuotaUsedUp,

    /// <summary>401, also with a new token.</summary>
    Unauthorized,

    /// <summary>Any other 4xx: LINE will never take this.</summary>
    Refused,
}

/// <summary>Reads answers (reference: status codes; guide: retrying a failed API request).</summary>
internal static class LineVerdicts
{
    public static LineVerdict Of(in LineAnswer answer) => answer switch
    {
        { Reach: LineReach.NotSent } => LineVerdict.NotSent,
        { Reach: LineReach.NoAnswer } => LineVerdict.Unclear,
        { Success: true } => LineVerdict.Accepted,
        { Status: 409, AcceptedRequestId: not null } => LineVerdict.AcceptedBefore,
        // A 409 that names no accepted call proves nothing: the same key again will tell.
        { Status: 409 } => LineVerdict.Unclear,
        { Status: 400, Error: LineError.InvalidReplyToken } => LineVerdict.ReplyTokenInvalid,
        { Status: 401 } => LineVerdict.Unauthorized,
        { Status: 429, Error: LineError.MonthlyLimit } => LineVerdict.QuotaUsedUp,
        { Status: 429 } => LineVerdict.TooFast,
        // 1xx and 3xx come from something between LINE and the desk.
        { Status: < 400 or 408 or >= 500 } => LineVerdict.Unclear,
        _ => LineVerdict.Refused,
    };
}
