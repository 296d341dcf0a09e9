namespace ChatDesk.Activities;

/// <summary>Names one conversation for ever: whose desk, through which door, with whom.</summary>
/// <param name="Agency">The agency's id from configuration, for example <c>demo</c>.</param>
/// <param name="Channel">The channel's name, for example <c>line</c>.</param>
/// <param name="Address">Who is at the other end, in the channel's own terms (a LINE user, group or room id).</param>
internal readonly record struct ConversationKey(string Agency, string Channel, string Address)
{
    /// <returns><c>demo/line/U123…</c>, the form used in logs and on the desk.</returns>
    public override string ToString() => $"{Agency}/{Channel}/{Address}";
}
