using ChatDesk.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatDesk.People.Accounts;

/// <summary>A one-time link or word: it lets one person set the password of one account, or make the first administrator of an agency.</summary>
internal sealed class OfficerInvite : IOfAgency
{
    /// <summary>SHA-256 of the word in the link.</summary>
    public required string TokenHash { get; init; }

    public required string Agency { get; init; }

    /// <summary>Whose password it sets; null for the first administrator.</summary>
    public string? OfficerId { get; init; }

    public required DateTimeOffset EndsAt { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<OfficerInvite>
    {
        public void Configure(EntityTypeBuilder<OfficerInvite> invite)
        {
            invite.ToTable("officer_invites");
            invite.HasKey(i => i.TokenHash);
        }
    }
}
