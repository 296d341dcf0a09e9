using ChatDesk.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatDesk.Cases.Surveys;

/// <summary>What a contact said of the service.</summary>
internal sealed class Survey : IOfAgency
{
    public long Id { get; init; }

    public required string Agency { get; init; }

    public required string Key { get; init; }

    /// <summary>The case it is about; null for a chat.</summary>
    public long? CaseId { get; init; }

    public required string Channel { get; init; }

    public required string Address { get; init; }

    /// <summary>A person had a part in it: cases always, chats when an officer spoke.</summary>
    public bool Person { get; init; }

    /// <summary>1 (poor) to 5 (very good).</summary>
    public int Rating { get; init; }

    public bool? Solved { get; init; }

    public string? Comment { get; init; }

    public DateTimeOffset At { get; init; }
}

internal sealed class SurveyMap : IEntityTypeConfiguration<Survey>
{
    public void Configure(EntityTypeBuilder<Survey> builder) => builder.ToTable("surveys");
}
