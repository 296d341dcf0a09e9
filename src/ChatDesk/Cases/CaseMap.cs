using ChatDesk.Cases.Model;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatDesk.Cases;

/// <summary>How cases lie in the desk's records (migration 0200).</summary>
internal sealed class CaseMap : IEntityTypeConfiguration<Case>
{
    public void Configure(EntityTypeBuilder<Case> builder)
    {
        builder.ToTable("cases");
        builder.Ignore(row => row.ToldIn);
        builder.Property(row => row.Kind).HasConversion<string>();
        builder.Property(row => row.State).HasConversion<string>();
        builder.Property(row => row.BeforeQuestion).HasConversion<string>();
        builder.Property(row => row.Urgency).HasConversion<string>();
    }
}

internal sealed class CaseEventMap : IEntityTypeConfiguration<CaseEvent>
{
    public void Configure(EntityTypeBuilder<CaseEvent> builder)
    {
        builder.ToTable("case_events");
        builder.Property(row => row.Deed).HasConversion<string>();
        builder.Property(row => row.By).HasConversion<string>();
    }
}

/// <summary>How far a reader has come.</summary>
internal sealed class CasePosition
{
    public required string Name { get; init; }

    public long Position { get; set; }
}

internal sealed class CasePositionMap : IEntityTypeConfiguration<CasePosition>
{
    public void Configure(EntityTypeBuilder<CasePosition> builder) => builder.ToTable("case_positions").HasKey(row => row.Name);
}

/// <summary>An effect that could not be carried out.</summary>
internal sealed class CaseFault
{
    public long Effect { get; init; }

    public required string Kind { get; init; }

    public required string Reason { get; init; }

    public DateTimeOffset At { get; init; }
}

internal sealed class CaseFaultMap : IEntityTypeConfiguration<CaseFault>
{
    public void Configure(EntityTypeBuilder<CaseFault> builder)
    {
        builder.ToTable("case_faults").HasKey(row => row.Effect);
        builder.Property(row => row.Effect).ValueGeneratedNever();
    }
}
