using System.Text.Json.Serialization;

namespace ChatDesk.Handover;

/// <summary>Where a handover stands. What leads from one to the next is the table in <see cref="HandoverTable"/>. Stored by name: never rename a member.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HandoverState>))]
internal enum HandoverState
{
    /// <summary>No handover: the bot answers. Never stored.</summary>
    Bot,

    /// <summary>Asked for in this very turn; becomes Waiting or Promised before the turn is kept. Never stored.</summary>
    Requested,

    /// <summary>In the officers' queue, in business hours. The bot answers meanwhile.</summary>
    Waiting,

    /// <summary>Out of hours, or nobody on duty: the contact has an exact promise. Becomes Waiting by itself at opening.</summary>
    Promised,

    /// <summary>An officer has it. The floor is theirs from <see cref="HandoverRow.FloorSince"/> on.</summary>
    Accepted,

    /// <summary>The officer waits for the contact (รอประชาชน); back to Accepted when the contact writes. Still the officer's floor.</summary>
    OnHold,

    /// <summary>Closed by its officer; the bot answers the very next message.</summary>
    Released,

    /// <summary>The contact no longer wants it, or it became a case: nobody will take it any more.</summary>
    Failed,
}

/// <summary>Why a person is needed. Stored by name: never rename a member.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HandoverReason>))]
internal enum HandoverReason
{
    /// <summary>The contact asked for a person.</summary>
    Asked,

    /// <summary>A dialog needs one.</summary>
    Dialog,

    /// <summary>Two messages in a row were not understood.</summary>
    Misunderstood,
    Anger,
    Danger,

    /// <summary>An officer stepped in by themselves.</summary>
    SteppedIn,

    /// <summary>The bot is switched off.</summary>
    BotOff,

    /// <summary>The desk failed on the contact's messages.</summary>
    Fault,
}

/// <summary>How soon: higher first in the queue, then the longest wait. Stored by name: never rename a member.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<HandoverPriority>))]
internal enum HandoverPriority
{
    Normal,
    High,

    /// <summary>Danger to life or health.</summary>
    Urgent,
}
