namespace ChatDesk.Channels.Web.Access;

/// <summary>What a token says, and all that is believed about a caller: whose desk, who, which conversation.</summary>
/// <param name="Agency">The agency's id.</param>
/// <param name="Visitor">The id shown as <c>from.id</c>, beginning with <c>dl_</c>.</param>
/// <param name="Conversation">The only conversation it opens.</param>
/// <param name="Expires">Not good from then on.</param>
/// <param name="Origins">Sites that may use it, separated by spaces; empty leaves that to the agency's settings.</param>
internal sealed record WebToken(string Agency, string Visitor, string Conversation, DateTimeOffset Expires, string Origins = "")
{
    /// <summary>Kept out of logs.</summary>
    public override string ToString() => nameof(WebToken);
}

/// <summary>Who a browser was when it came last; kept in its cookie.</summary>
/// <param name="Agency">Where.</param>
/// <param name="Visitor">As in <see cref="WebToken.Visitor"/>.</param>
/// <param name="Conversation">The conversation to go on with.</param>
/// <param name="Expires">Forgotten from then on.</param>
internal sealed record KnownVisitor(string Agency, string Visitor, string Conversation, DateTimeOffset Expires);
