using ChatDesk.Data;
using Microsoft.AspNetCore.Identity;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatDesk.People;

/// <summary>
/// An account of one agency's desk. The user name is unique over all agencies; password, security stamp and concurrency
/// stamp are ASP.NET Core Identity's. Whatever changes the stamp (password, role, disabling, second factor) ends the
/// officer's sessions.
/// </summary>
internal sealed class Officer : IdentityUser, IOfAgency
{
    public const int DefaultCapacity = 5;

    public required string Agency { get; init; }

    /// <summary>What colleagues and contacts read.</summary>
    public required string DisplayName { get; set; }

    public OfficerRole Role { get; set; }

    /// <summary>Units and topics the officer answers for.</summary>
    public List<string> Units { get; set; } = [];

    /// <summary>Languages the officer answers in.</summary>
    public List<string> Languages { get; set; } = ["th"];

    /// <summary>The language of the desk's pages: <c>th</c> or <c>en</c>.</summary>
    public string Language { get; set; } = "th";

    /// <summary>How many conversations at once.</summary>
    public int Capacity { get; set; } = DefaultCapacity;

    public bool Disabled { get; set; }

    /// <summary>One of the accounts whose passwords are printed on the sign-in page; only ever enabled in the demo.</summary>
    public bool IsDemo { get; init; }

    /// <summary>The shared secret of the authenticator app, encrypted by data protection; null without one.</summary>
    public string? TotpKey { get; set; }

    /// <summary>The newest 30-second step whose code was accepted: no code is accepted twice.</summary>
    public long TotpStep { get; set; }

    /// <summary>SHA-256 of the recovery codes that were not used yet.</summary>
    public List<string> RecoveryCodes { get; set; } = [];

    public DateTimeOffset CreatedAt { get; init; }

    internal sealed class Table : IEntityTypeConfiguration<Officer>
    {
        public void Configure(EntityTypeBuilder<Officer> officer)
        {
            officer.ToTable("officers");
            officer.HasKey(o => o.Id);
            officer.HasIndex(o => o.NormalizedUserName).IsUnique();
            officer.Property(o => o.ConcurrencyStamp).IsConcurrencyToken();
            officer.Property(o => o.Role).HasConversion<string>();
            officer.Property(o => o.Units).HasConversion(WordList.Converter, WordList.Comparer);
            officer.Property(o => o.Languages).HasConversion(WordList.Converter, WordList.Comparer);
            officer.Property(o => o.RecoveryCodes).HasConversion(WordList.Converter, WordList.Comparer);
            // Identity's own lockout counts per account, so a stranger could lock the right person out: SignInThrottle instead.
            officer.Ignore(o => o.AccessFailedCount).Ignore(o => o.LockoutEnabled).Ignore(o => o.LockoutEnd);
            officer.Ignore(o => o.Email).Ignore(o => o.NormalizedEmail).Ignore(o => o.EmailConfirmed);
            officer.Ignore(o => o.PhoneNumber).Ignore(o => o.PhoneNumberConfirmed);
        }
    }
}
