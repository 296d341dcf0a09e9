using System.Text.Json.Serialization;

namespace ChatDesk.Activities;

/// <summary>What arrived, in words that every channel can say. Stored by name: never rename a member.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<InboundKind>))]
internal enum InboundKind
{
    /// <summary>Something was received that no rule here knows. Kept raw, acknowledged, not answered.</summary>
    Unknown,
    Text,
    Image,
    Video,
    Audio,
    File,
    Location,
    Sticker,

    /// <summary>A button or menu entry was tapped; <see cref="InboundActivity.Data"/> says which.</summary>
    Choice,

    /// <summary>The contact added the account, or unblocked it: time for a greeting.</summary>
    Arrived,

    /// <summary>The contact blocked the account: nothing may be pushed any more.</summary>
    Departed,

    /// <summary>The contact took a message back: its text and file must be erased.</summary>
    Withdrawn,

    /// <summary>The contact changed a message already sent.</summary>
    Edited,

    /// <summary>The bot entered a group or room.</summary>
    Joined,

    /// <summary>The bot left, or was removed from, a group or room.</summary>
    Removed,

    /// <summary>The provider suspended the account: stop sending.</summary>
    Suspended,

    /// <summary>The provider lifted the suspension.</summary>
    Resumed,

    /// <summary>A known event that needs no answer (members, beacon, delivery receipt …).</summary>
    Notice,

    /// <summary>The desk's own clock: something fell due in this conversation.</summary>
    Timer,

    /// <summary>An officer took the conversation: the floor is theirs from this turn on. Data: <c>{handover}|{officer id}</c>; text: the name.</summary>
    OfficerClaimed,

    /// <summary>An officer speaks; the text is theirs, data holds the rest.</summary>
    OfficerSaid,

    /// <summary>The officer's floor ends: closed, or back in the queue. Data says which.</summary>
    OfficerReleased,

    /// <summary>The queue moved while nobody had the floor (hours ended, nobody left …); data says what the contact is to hear.</summary>
    HandoverMoved,
}
