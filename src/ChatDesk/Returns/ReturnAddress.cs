using ChatDesk.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatDesk.Returns;

/// <summary>Where else the answers of a conversation go, because its contact said so there.</summary>
internal sealed class ReturnAddress : IOfAgency
{
    public long Id { get; init; }

    public required string Agency { get; init; }

    public required string FromChannel { get; init; }

    public required string FromAddress { get; init; }

    public required string ToChannel { get; init; }

    public required string ToAddress { get; init; }

    /// <summary>As the contact reads it: a channel's name, or an e-mail address with its middle hidden.</summary>
    public required string Label { get; set; }

    public required DateTimeOffset Since { get; set; }

    public DateTimeOffset? StoppedAt { get; set; }
}

/// <summary>A one-time code by which a contact shows that another place is theirs too.</summary>
internal sealed class ReturnOffer : IOfAgency
{
    public long Id { get; init; }

    public required string Agency { get; init; }

    public required string Hash { get; init; }

    public required string FromChannel { get; init; }

    public required string FromAddress { get; init; }

    /// <summary>The channel of the other place.</summary>
    public required string ToChannel { get; init; }

    /// <summary>Where in it the code was sent; null when it is wherever the code is said.</summary>
    public string? ToAddress { get; init; }

    /// <summary>The other place as the contact reads it.</summary>
    public required string Label { get; init; }

    /// <summary>Wrong codes given while this one was asked for.</summary>
    public int Tries { get; set; }

    public required DateTimeOffset MadeAt { get; init; }

    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>What said it; null while it is good.</summary>
    public string? UsedBy { get; set; }
}

/// <summary>How far the ledger's effects were read.</summary>
internal sealed class ReturnPosition
{
    public required string Name { get; init; }

    public long Position { get; set; }
}

internal sealed class ReturnAddressMap : IEntityTypeConfiguration<ReturnAddress>
{
    public void Configure(EntityTypeBuilder<ReturnAddress> builder) => builder.ToTable("return_addresses");
}

internal sealed class ReturnOfferMap : IEntityTypeConfiguration<ReturnOffer>
{
    public void Configure(EntityTypeBuilder<ReturnOffer> builder) => builder.ToTable("return_codes");
}

internal sealed class ReturnPositionMap : IEntityTypeConfiguration<ReturnPosition>
{
    public void Configure(EntityTypeBuilder<ReturnPosition> builder) => builder.ToTable("return_positions").HasKey(row => row.Name);
}
