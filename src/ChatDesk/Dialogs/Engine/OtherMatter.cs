using ChatDesk.Activities;

namespace ChatDesk.Dialogs.Engine;

/// <summary>What words are about that do not belong to the question they were said to.</summary>
/// <param name="Dialog">The dialog that takes care of it, or null.</param>
/// <param name="Said">What is said to them where no dialog is concerned: a refusal, a greeting. Empty when the articles make nothing of them.</param>
internal readonly record struct OtherMatter(string? Dialog, IReadOnlyList<OutboundActivity> Said)
{
    public static readonly OtherMatter None = new(null, []);

    /// <summary>True when they are no business of the desk's and certainly no answer.</summary>
    public bool IsForeign => Said.Count > 0;
}
