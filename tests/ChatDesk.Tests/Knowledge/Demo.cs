using ChatDesk.Knowledge;
using ChatDesk.LinePlatform.Desk;

namespace ChatDesk.Tests.Knowledge;

/// <summary>The demonstration knowledge, loaded once for all tests: it is immutable.</summary>
internal static class Demo
{
    /// <summary>A day on which no article of the demonstration is past its review.</summary>
    public static readonly DateOnly Today = new(2026, 11, 22);

    private static readonly Lazy<KnowledgeSnapshot> s_knowledge = new(() => KnowledgeBase.Load(Shared.Demo, Today, new KnowledgeSources { TaughtFile = TaughtShelf.SharedFile }));

    public static KnowledgeSnapshot Knowledge => s_knowledge.Value;

    public static KnowledgeAnswer Ask(string text, string language = "th") => Knowledge.Ask(text, language);
}
