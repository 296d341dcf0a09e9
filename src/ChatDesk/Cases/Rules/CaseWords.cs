using ChatDesk.Cases.Model;

namespace ChatDesk.Cases.Rules;

/// <summary>What contacts read about cases, as the agency's editors wrote it in <c>cases/cases.yaml</c>.</summary>
internal sealed class CaseWords(IReadOnlyDictionary<string, (string Thai, string English)> phrases)
{
    /// <summary>Phrases that must be there; the reader names any that is missing.</summary>
    public static readonly IReadOnlyList<string> Phrases =
    [
        "notice_question", "notice_answered", "notice_fixed", "notice_rejected", "notice_progress", "notice_reopened", "notice_merged", "notice_closed",
        "button_contest", "button_content", "button_reply", "button_rate",
        "contested", "contest_too_late", "content", "reply_ask", "reply_taken", "reply_not_needed", "open311_notice",
        .. Enum.GetValues<CaseState>().Select(Name), .. Enum.GetValues<CaseKind>().Select(Name),
        "page_title", "page_intro", "page_number", "page_code", "page_show", "page_not_found", "page_too_often", "page_state", "page_kind", "page_opened",
        "page_changed", "page_due", "page_answer", "page_question", "page_reply", "page_send", "page_contest_until", "page_why", "page_history",
    ];

    public string Say(string phrase, string language) => language == "en" ? phrases[phrase].English : phrases[phrase].Thai;

    /// <summary>The phrase with its places filled.</summary>
    public string Say(string phrase, string language, params ReadOnlySpan<(string Place, string? Text)> fill)
    {
        var said = Say(phrase, language);
        foreach (var (place, text) in fill) said = said.Replace($"{{{place}}}", text, StringComparison.Ordinal);
        return said;
    }

    public string Say(CaseState state, string language) => Say(Name(state), language);

    public string Say(CaseKind kind, string language) => Say(Name(kind), language);

    private static string Name(CaseState state) => $"state_{Snake(state.ToString())}";

    private static string Name(CaseKind kind) => $"kind_{Snake(kind.ToString())}";

    private static string Snake(string name) => string.Concat(name.Select((letter, i) => char.IsUpper(letter) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(letter) : $"{letter}"));
}
