using ChatDesk.Activities;
using ChatDesk.Cases.Model;
using ChatDesk.Data;
using ChatDesk.Returns;

namespace ChatDesk.Cases;

/// <summary>Which cases a conversation may speak about.</summary>
internal static class OwnCases
{
    /// <summary>
    /// Those that were opened in it, those whose answers come to it because their contact bound the two, and those that another agency took over
    /// from it: of them only a context for all agencies knows.
    /// </summary>
    public static IQueryable<Case> Of(DeskContext context, ConversationKey conversation)
    {
        var (agency, channel, address) = conversation;
        var bound = context.Set<ReturnAddress>().Where(r => r.Agency == agency && r.ToChannel == channel && r.ToAddress == address && r.StoppedAt == null);
        return context.Set<Case>().Where(c =>
            (c.Agency == agency && ((c.Channel == channel && c.Address == address) || bound.Any(r => r.FromChannel == c.Channel && r.FromAddress == c.Address)))
            || (c.ToldAgency == agency && c.ToldChannel == channel && c.ToldAddress == address));
    }
}
