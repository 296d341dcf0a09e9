using ChatDesk.Cases;
using ChatDesk.Cases.Intake;
using ChatDesk.Handover;

namespace ChatDesk.Conversations;

/// <summary>What the agency that takes a matter over gets of it: what was asked and the answers so far, never the chat.</summary>
internal static class ReferralCase
{
    /// <summary>The kind of case, whose answer time the other agency's hours file sets.</summary>
    public const string Type = "question";

    public static CaseWish Of(Referral referral, string key, DateTimeOffset by, string? calendar) => new()
    {
        Key = key,
        Number = CaseNumber.Of(key),
        Code = CaseNumber.CodeOf(key),
        Type = Type,
        Agency = referral.ToAgency,
        Summary = referral.Packet.Asked ?? referral.Reason,
        Fields = new Dictionary<string, string>(referral.Packet.Fields, StringComparer.Ordinal)
        {
            ["referred_by"] = $"{referral.ByName} ({referral.FromAgency})",
            ["referral_reason"] = referral.Reason,
        },
        Language = referral.Language,
        PromisedBy = by,
        CalendarVersion = calendar,
    };
}
