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
        "log", "choices", "you", "bot", "officer", "typing", "officer_here", "bot_again", "started_new", "new_messages", "unread", "today", "attached",
        "open_map", "starting", "cannot_start", "preparing",
        // the place where one writes
        "write", "placeholder", "send", "attach", "place", "place_asking", "place_refused", "place_sent", "too_long", "left",
        "file_too_large", "identity_seen", "identity_hide", "identity_edit",
        // how a message fares
        "sending", "waiting", "sent", "failed", "retry", "offline", "reconnecting", "online",
        // answers after the contact has left
        "return_open", "return_offer", "return_title", "return_here", "return_app", "return_app_how", "return_say", "return_app_open", "return_code",
        "return_qr", "return_new_code", "return_mail", "return_mail_how", "return_mail_address", "return_mail_send", "return_mail_sent", "return_mail_code",
        "return_confirm", "return_active", "return_stop", "return_failed", "return_too_often", "return_bad_address", "return_bad_code",
        "return_page_title", "return_page_ask", "return_page_done",
    ];
}
