using ChatDesk.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatDesk.Desk.Attached;

/// <summary>A file that an officer put beside a draft.</summary>
internal sealed class AttachedFile : IOfAgency
{
    /// <summary>In the file store.</summary>
    public required string Path { get; init; }

    public required string Agency { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>How many sends carry it. A number and no mark: one that was refused must not take back what another did.</summary>
    public int Sends { get; init; }

    /// <summary>Set by whoever erases it, until when nobody else tries; from then on it can be sent no more.</summary>
    public DateTimeOffset? ErasingUntil { get; init; }
}

internal sealed class AttachedFileMap : IEntityTypeConfiguration<AttachedFile>
{
    public void Configure(EntityTypeBuilder<AttachedFile> builder) => builder.ToTable("attached_files").HasKey(row => row.Path);
}
