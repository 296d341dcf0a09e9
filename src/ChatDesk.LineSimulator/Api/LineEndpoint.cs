namespace ChatDesk.LineSimulator.Api;

/// <summary>The operations of the Messaging API that are simulated (paths in <see cref="LineRoute"/>).</summary>
internal enum LineEndpoint
{
    /// <summary>No such operation here: 404.</summary>
    Unknown,
    Reply,
    Push,
    Multicast,
    Narrowcast,
    Broadcast,
    ValidateReply,
    ValidatePush,
    ValidateMulticast,
    ValidateNarrowcast,
    ValidateBroadcast,
    Loading,
    MarkAsRead,
    Profile,
    BotInfo,
    Quota,
    Consumption,
    Delivery,
    Content,
    Preview,
    Transcoding,
    GroupMemberProfile,
    GroupMemberIds,
    GroupMemberCount,
    GroupSummary,
    GroupLeave,
    Token,
}
