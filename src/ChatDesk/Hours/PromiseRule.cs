using System.Collections.Frozen;

namespace ChatDesk.Hours;

/// <summary>What an agency promises: how soon a person answers somebody who asks for one, and how soon a case is answered.</summary>
/// <param name="Within">A person's answer, in business time.</param>
/// <param name="Case">The answer to a case.</param>
/// <param name="Kinds">The same for kinds of cases that differ, by the kind's name in the dialogs.</param>
internal sealed record PromiseRule(AnswerLimit Within, AnswerLimit Case, IReadOnlyDictionary<string, AnswerLimit> Kinds)
{
    /// <summary>Stands in for a rule that could not be read; never goes live.</summary>
    public static readonly PromiseRule Unread = new(new AnswerLimit(TimeSpan.FromHours(1)), new AnswerLimit(TimeSpan.FromHours(1)), FrozenDictionary<string, AnswerLimit>.Empty);

    /// <summary>The limit for a kind of case.</summary>
    public AnswerLimit ForCase(string? kind) => kind is not null && Kinds.TryGetValue(kind, out var own) ? own : Case;
}
