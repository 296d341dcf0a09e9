using ChatDesk.Activities;
using ChatDesk.Cases.Model;
using ChatDesk.Data;
using Microsoft.EntityFrameworkCore;

namespace ChatDesk.Desk.Live;

/// <summary>A case of the contact, as far as every officer may see it.</summary>
/// <param name="Number">As the contact knows it.</param>
/// <param name="Summary">What it is about.</param>
/// <param name="State">Where it stands.</param>
/// <param name="AnswerDue">When an answer is promised; null when none is owed.</param>
internal sealed record ContactCase(string Number, string Summary, CaseState State, DateTimeOffset? AnswerDue);

/// <summary>The cases that came out of a conversation. Protected ones are left out: who the contact is belongs to their unit alone.</summary>
internal sealed class ContactCases(DeskDatabase database)
{
    private const int Most = 5;

    /// <returns>Latest first.</returns>
    public async Task<IReadOnlyList<ContactCase>> OfAsync(ConversationKey conversation)
    {
        await using var context = database.Open(conversation.Agency);
        return await context.Set<Case>().AsNoTracking()
            .Where(c => c.Channel == conversation.Channel && c.Address == conversation.Address && !c.Protected && c.MergedInto == null)
            .OrderByDescending(c => c.Id).Take(Most)
            .Select(c => new ContactCase(c.Number, c.Summary, c.State, c.AnswerDue)).ToListAsync();
    }
}
