using System.Text.Json.Serialization;
using ChatDesk.Data;
using Microsoft.EntityFrameworkCore;
using Microsoft.EntityFrameworkCore.Metadata.Builders;

namespace ChatDesk.Cases.Promises;

/// <summary>An exact time by which a person answers, as the contact was told it. Made with the turn that says it, and never moved.</summary>
internal sealed class Promise : IOfAgency
{
    public long Id { get; init; }

    public required string Agency { get; init; }

    /// <summary>The turn's effect, or the case's key; unique in the agency.</summary>
    public required string Key { get; init; }

    /// <summary>Set when it is a case that is to be answered; null for a conversation that waits for a person.</summary>
    public long? CaseId { get; set; }

    public string? Channel { get; init; }

    public string? Address { get; init; }

    public required string Topic { get; init; }

    /// <summary>What it was reckoned by: the kind of case as the dialogs name it; null for a person's answer in the chat.</summary>
    public string? Rule { get; init; }

    public required DateTimeOffset MadeAt { get; init; }

    public required DateTimeOffset DueAt { get; init; }

    /// <summary>The version of the calendar it was reckoned with.</summary>
    public required string Calendar { get; init; }

    public PromiseState State { get; set; }

    /// <summary>When it became work of the officers: at the first opening after it was made.</summary>
    public DateTimeOffset? QueuedAt { get; set; }

    /// <summary>When its state became final.</summary>
    public DateTimeOffset? SettledAt { get; set; }

    /// <summary>When a person answered, in time or late.</summary>
    public DateTimeOffset? AnsweredAt { get; set; }

    /// <summary>Why it was broken or is void: one of <see cref="PromiseReason"/>, or a supervisor's words.</summary>
    public string? Reason { get; set; }
}

/// <summary>Where a promise stands. Stored by name: never rename a member.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<PromiseState>))]
internal enum PromiseState
{
    Open,

    /// <summary>A person answered by then.</summary>
    Kept,

    /// <summary>The time passed without.</summary>
    Broken,

    /// <summary>Nobody waits any more: withdrawn, or gone on in another case.</summary>
    Void,
}

/// <summary>Reasons that the desk itself gives.</summary>
internal static class PromiseReason
{
    public const string NoAnswer = "no-answer";
    public const string AnsweredLate = "answered-late";
    public const string Merged = "merged";
    public const string Withdrawn = "withdrawn";
}

internal sealed class PromiseMap : IEntityTypeConfiguration<Promise>
{
    public void Configure(EntityTypeBuilder<Promise> builder)
    {
        builder.ToTable("promises");
        builder.Property(row => row.State).HasConversion<string>();
    }
}
