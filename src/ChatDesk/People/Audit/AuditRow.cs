using System.Buffers.Binary;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using ChatDesk.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatDesk.People.Audit;

/// <summary>One line of an agency's audit log. Never changed, never removed; its hash covers the hash of the line before.</summary>
internal sealed class AuditRow : IOfAgency
{
    /// <summary>The hash before the first line.</summary>
    public const string NoHash = "";

    public required string Agency { get; init; }

    /// <summary>1, 2, 3 … within the agency, without holes.</summary>
    public required long Number { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Who; empty for the desk itself.</summary>
    public required string OfficerId { get; init; }

    /// <summary>The name at that time.</summary>
    public required string OfficerName { get; init; }

    /// <summary>What was done: <c>sign-in</c>, <c>conversation.claim</c>, <c>export</c> …</summary>
    public required string Action { get; init; }

    /// <summary>To what: <c>conversation/demo/line/U123</c>, <c>officer/…</c>, <c>case/…</c>.</summary>
    public required string Subject { get; init; }

    /// <summary>Details as a JSON object; never the text of a message.</summary>
    public required string Data { get; init; }

    public required string PreviousHash { get; init; }

    public required string Hash { get; init; }

    /// <summary>SHA-256 over the previous hash and every field, each with its length before it, so that no text can slide from one field into the next.</summary>
    public string ComputeHash()
    {
        using var sha = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        Span<byte> length = stackalloc byte[4];
        foreach (var field in (string[])
            [PreviousHash, Agency, Number.ToString(CultureInfo.InvariantCulture), At.ToUnixTimeMilliseconds().ToString(CultureInfo.InvariantCulture), OfficerId, OfficerName, Action, Subject, Data])
        {
            var bytes = Encoding.UTF8.GetBytes(field);
            BinaryPrimitives.WriteInt32BigEndian(length, bytes.Length);
            sha.AppendData(length);
            sha.AppendData(bytes);
        }
        return Convert.ToHexStringLower(sha.GetHashAndReset());
    }

    /// <summary>The line that follows this one.</summary>
    public static AuditRow After(AuditRow? last, string agency, DateTimeOffset at, string officerId, string officerName, string action, string subject, string data)
    {
        // The column keeps milliseconds; what is hashed must be what is read back.
        var instant = DateTimeOffset.FromUnixTimeMilliseconds(at.ToUnixTimeMilliseconds());
        AuditRow Make(string hash) => new()
        {
            Agency = agency,
            Number = (last?.Number ?? 0) + 1,
            At = instant,
            OfficerId = officerId,
            OfficerName = officerName,
            Action = action,
            Subject = subject,
            Data = data,
            PreviousHash = last?.Hash ?? NoHash,
            Hash = hash,
        };
        return Make(Make(NoHash).ComputeHash());
    }

    internal sealed class Table : IEntityTypeConfiguration<AuditRow>
    {
        public void Configure(EntityTypeBuilder<AuditRow> row)
        {
            row.ToTable("audit");
            row.HasKey(r => new { r.Agency, r.Number });
        }
    }
}
