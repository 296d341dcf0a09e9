namespace ChatDesk.Conversations.Words;

/// <summary>A reply that officers need often, as the agency's editors wrote it.</summary>
/// <param name="Key">What is typed after "/": small letters, digits and hyphens.</param>
/// <param name="Group">Under which heading it stands.</param>
/// <param name="Title">What it is for.</param>
/// <param name="Body">The reply itself; <c>{name}</c> and the like are filled in.</param>
internal sealed record CannedReply(string Key, Translated Group, Translated Title, Translated Body)
{
    /// <summary>What the console knows the value of. Any other {…} is for the officer to fill in before sending.</summary>
    public static readonly IReadOnlyList<string> Values = ["name", "officer", "today", "opens", "closes", "case"];
}
