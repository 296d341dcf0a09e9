using ChatDesk.Activities;
using ChatDesk.Cases.Model;
using ChatDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace ChatDesk.Cases;

/// <summary>What a contact may ask about their cases from within their conversation.</summary>
internal sealed class CaseContact(DeskDatabase database)
{
    /// <summary>How a case of this conversation, or of one whose answers come to it, stands; null when there is none of that number.</summary>
    public async ValueTask<CaseStanding?> FindAsync(ConversationKey conversation, string number, CancellationToken stopping)
    {
        await using var context = database.OpenForAll();
        return await OwnCases.Of(context, conversation).AsNoTracking()
            .Where(c => c.Number == number)
            .Select(c => new CaseStanding(c.Number, c.State, c.ContestUntil))
            .FirstOrDefaultAsync(stopping);
    }
}

/// <summary>How a case stands for its contact.</summary>
internal sealed record CaseStanding(string Number, CaseState State, DateTimeOffset? ContestUntil)
{
    public bool MayContest(DateTimeOffset now) => CaseMoves.Find(State, CaseDeed.Contest, CaseParty.Contact) is not null && now <= ContestUntil;

    public bool MayAccept => CaseMoves.Find(State, CaseDeed.Accept, CaseParty.Contact) is not null;

    public bool MayReply => CaseMoves.Find(State, CaseDeed.Reply, CaseParty.Contact) is not null;
}
