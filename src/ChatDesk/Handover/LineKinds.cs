using ChatDesk.Activities;

namespace ChatDesk.Handover;

/// <summary>What of the ledger's events is a line of the conversation.</summary>
internal static class LineKinds
{
    /// <returns>Null for what nobody said or did: timers, receipts, the desk's own activities.</returns>
    public static LineKind? Of(InboundKind kind) => kind switch
    {
        InboundKind.Text or InboundKind.Edited => LineKind.Text,
        InboundKind.Image => LineKind.Image,
        InboundKind.Video => LineKind.Video,
        InboundKind.Audio => LineKind.Audio,
        InboundKind.File => LineKind.File,
        InboundKind.Location => LineKind.Location,
        InboundKind.Sticker => LineKind.Sticker,
        InboundKind.Choice => LineKind.Choice,
        InboundKind.Unknown => LineKind.Unknown,
        InboundKind.Arrived or InboundKind.Departed or InboundKind.Joined or InboundKind.Removed => LineKind.Notice,
        _ => null,
    };

    /// <summary>Whether the contact wants to be answered.</summary>
    public static bool IsMessage(LineKind kind) => kind is not (LineKind.Notice or LineKind.Note or LineKind.Event or LineKind.Withdrawn);
}
