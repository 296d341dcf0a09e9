using System.Collections.ObjectModel;

namespace ChatDesk.Dialogs.Answers;

/// <summary>What came of reading an answer.</summary>
/// <param name="Value">The canonical text; meaningless unless <see cref="Understood"/>.</param>
internal readonly record struct Answer(string Value)
{
    public bool Understood => Why is null;

    /// <summary>One of <see cref="Format.Repair.Reasons"/> or <c>other</c>; null when understood.</summary>
    public string? Why { get; init; }

    /// <summary>The bound that was broken, as a person reads it.</summary>
    public string? Limit { get; init; }

    /// <summary>Read so freely that the contact should see how it was taken.</summary>
    public bool Echo { get; init; }

    /// <summary>Any words would have done, or it was picked out of a sentence: should the words be about something else, they are no answer.</summary>
    public bool IsLoose { get; init; }

    private readonly IReadOnlyDictionary<string, string>? _parts;

    /// <summary>Parts of the value by name (province, lat …).</summary>
    public IReadOnlyDictionary<string, string> Parts
    {
        get => _parts ?? ReadOnlyDictionary<string, string>.Empty;
        init => _parts = value;
    }

    public static Answer Not(string why = "other", string? limit = null) => new("") { Why = why, Limit = limit };
}
