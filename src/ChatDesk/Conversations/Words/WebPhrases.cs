namespace ChatDesk.Conversations.Words;

/// <summary>What stands on the web chat page itself, around the conversation: section <c>web</c> of <c>_desk.yaml</c>. The page's scripts ask for these names.</summary>
internal static class WebPhrases
{
    /// <summary>All must be there, in both languages; the loader names any that is missing.</summary>
    public static readonly IReadOnlyList<string> All =
    [
        // the page
        "title", "lead", "promise_checked", "promise_hours", "promise_private", "automatic", "notice", "no_script",
        "theme", "theme_light", "theme_dark", "theme_system", "other_language", "other_language_say", "close", "open",
        // the conversation
        "log", "choices", "you", "bot", "officer", "typing", "officer_here", "bot_again", "started_new", "new_messages", "today", "attached",
        "open_map", "starting", "cannot_start",
        // the place where one writes
        "write", "placeholder", "send", "attach", "place", "place_asking", "place_refused", "place_sent", "too_long", "left",
        "file_too_large", "identity_seen", "identity_hide", "identity_edit",
        // how a message fares
        "sending", "waiting", "sent", "failed", "retry", "offline", "reconnecting", "online",
    ];
}
