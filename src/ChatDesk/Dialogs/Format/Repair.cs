using System.Collections.Frozen;

namespace ChatDesk.Dialogs.Format;

/// <summary>Words and replies that work in every dialog without being written there; the content of <c>_repair.yaml</c>.</summary>
internal sealed record Repair
{
    /// <summary>The dialog that brings a person, or null to hand over at once.</summary>
    public string? PersonDialog { get; init; }

    /// <summary>After this silence the contact is asked whether to go on.</summary>
    public TimeSpan AskAfter { get; init; } = TimeSpan.FromMinutes(30);

    /// <summary>After this silence the dialog is put away.</summary>
    public TimeSpan DropAfter { get; init; } = TimeSpan.FromHours(24);

    /// <summary>Folded word to command, over all commands.</summary>
    public required FrozenDictionary<string, string> Commands { get; init; }

    /// <summary>Folded phrases that ask for a person wherever they stand in a short message.</summary>
    public IReadOnlyList<string> PersonPhrases { get; init; } = [];

    /// <summary>Folded words of a correction: the change itself, what comes between slot and value, and the refusal before it.</summary>
    public IReadOnlyList<string> Change { get; init; } = [];

    public IReadOnlyList<string> To { get; init; } = [];

    public IReadOnlyList<string> Not { get; init; } = [];

    /// <summary>Behind the name of an answer: "วันที่ผิด", "the date is wrong".</summary>
    public IReadOnlyList<string> Wrong { get; init; } = [];

    public required FrozenDictionary<string, Localized> Replies { get; init; }

    /// <summary>Why an answer was not taken, by reason.</summary>
    public required FrozenDictionary<string, Localized> Why { get; init; }

    /// <summary>Two wordings of what kind of answer is wanted, with an example, by kind.</summary>
    public required FrozenDictionary<AnswerKind, IReadOnlyList<Localized>> Again { get; init; }

    public static readonly string[] CommandNames =
        ["cancel", "restart", "back", "skip", "help", "person", "correct", "go_on", "drop", "thai", "english"];

    /// <summary>Every reply that the engine may need; a file that lacks one is refused.</summary>
    public static readonly string[] ReplyNames =
    [
        "cancelled", "restarted", "went_back", "nothing_before", "skipped", "cannot_skip", "help", "corrected", "correct_which",
        "nothing_to_correct", "noted", "back_to", "still_there", "dropped", "offer_person", "went_on", "handed_over", "fault",
        "moved", "old_button", "language_changed", "no_sticker", "file_added", "masked", "which_matter", "other_matter",
        "yes", "no", "skip", "person", "go_on", "drop", "blank", "try_again", "my_answer",
    ];

    /// <summary>Those of them that stand on buttons.</summary>
    public static readonly string[] ButtonNames = ["yes", "no", "skip", "person", "go_on", "drop", "try_again", "my_answer"];

    public static readonly string[] Reasons =
        ["too_small", "too_big", "too_short", "too_long", "past", "future", "no_such_date", "checksum", "unsure", "range", "ambiguous", "missing_part", "shape"];
}
