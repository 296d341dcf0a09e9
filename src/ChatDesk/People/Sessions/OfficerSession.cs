using ChatDesk.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatDesk.People.Sessions;

/// <summary>One browser signed in as one officer. It holds while the row is there, the officer's security stamp is the one of sign-in, and its time is not over.</summary>
internal sealed class OfficerSession : IOfAgency
{
    /// <summary>SHA-256 of the secret in the cookie.</summary>
    public required string Id { get; init; }

    public required string Agency { get; init; }

    public required string OfficerId { get; init; }

    /// <summary>The officer's security stamp at sign-in.</summary>
    public required string Stamp { get; init; }

    /// <summary>What proved who opened it: one of <see cref="SignIn.SessionProof"/>.</summary>
    public required string Proof { get; init; }

    public DateTimeOffset StartedAt { get; init; }

    /// <summary>The session is over then, however busy.</summary>
    public DateTimeOffset EndsAt { get; init; }

    /// <summary>Where it was opened from.</summary>
    public string Address { get; init; } = "";

    /// <summary>The browser's own words about itself, cut to 200.</summary>
    public string Browser { get; init; } = "";

    internal sealed class Table : IEntityTypeConfiguration<OfficerSession>
    {
        public void Configure(EntityTypeBuilder<OfficerSession> session)
        {
            session.ToTable("officer_sessions");
            session.HasKey(s => s.Id);
        }
    }
}
