using ChatDesk.Handover;

namespace ChatDesk.Desk.Words;

/// <summary>One line that says what a conversation's last message was. Never blank, whatever kind it is.</summary>
internal static class Previews
{
    public static string Name(HandoverRow row, ConsoleTexts texts) =>
        !string.IsNullOrWhiteSpace(row.ContactName) ? row.ContactName : Nameless(row.Conversation.Address, texts);

    /// <summary>A contact without a name is still told from others.</summary>
    public static string Nameless(string address, ConsoleTexts texts) => texts.Fill("Nameless", address.Length > 4 ? address[^4..] : address);

    public static string Of(HandoverRow row, ConsoleTexts texts)
    {
        var words = Of(row.LastKind, row.LastText, texts);
        return row.LastBy switch
        {
            LineSpeaker.Bot => $"{texts["Bot"]}: {words}",
            LineSpeaker.Officer when row.LastKind == LineKind.Note => $"{texts["Note"]}: {words}",
            LineSpeaker.Officer => $"{texts["Officer"]}: {words}",
            _ => words,
        };
    }

    public static string Of(LineKind kind, string? text, ConsoleTexts texts)
    {
        var named = kind is LineKind.Text or LineKind.Choice or LineKind.Note ? null : texts[$"Kind_{kind}"];
        return (named, string.IsNullOrWhiteSpace(text)) switch
        {
            (null, false) => text!,
            (null, true) => texts["Kind_Empty"],
            (_, true) => named!,
            _ => $"{named}: {text}",
        };
    }
}
