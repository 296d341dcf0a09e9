using ChatDesk.Activities;

namespace ChatDesk.Channels.Line.Sending;

/// <summary>Turns what a turn says into LINE's message objects. What LINE would refuse is said in plain text instead; nothing here throws.</summary>
internal static class LineMessageMapper
{
    /// <returns>The objects in order; empty where nothing can be read. The same activities always give the same objects, since parts are counted.</returns>
    public static List<LineMessage> Map(IReadOnlyList<OutboundActivity> activities)
    {
        var messages = new List<LineMessage>(activities.Count + 1);
        for (var i = 0; i < activities.Count; i++)
        {
            var speaker = LineLimits.Speaker(activities[i].SpeakerName);
            AddText(messages, activities[i].Text, speaker);
            if (activities[i].Card is { } card) AddCard(messages, card, speaker);
            if (activities[i].File is { } file) AddFile(messages, file, speaker);
        }
        if (activities.Count > 0 && activities[^1].Choices is { Count: > 0 } choices)
            AddChoices(messages, choices, LineLimits.Speaker(activities[^1].SpeakerName));
        return messages;
    }

    /// <returns>How many calls the objects need.</returns>
    public static int Parts(List<LineMessage> messages) => (messages.Count + LineLimits.MessagesPerCall - 1) / LineLimits.MessagesPerCall;

    private static void AddText(List<LineMessage> messages, string? text, string? speaker)
    {
        if (string.IsNullOrWhiteSpace(text)) return;
        var pieces = LineTextSplitter.Split(text);
        for (var i = 0; i < pieces.Count; i++)
            if (!string.IsNullOrWhiteSpace(pieces[i]))
                messages.Add(new(pieces[i], null, speaker));
    }

    /// <summary>LINE carries JPEG and PNG pictures from https addresses; of everything else a bot can only say the address.</summary>
    private static void AddFile(List<LineMessage> messages, OutboundFile file, string? speaker)
    {
        var picture = file.ContentType is "image/jpeg" or "image/png" && file.Size <= LineLimits.PreviewBytes
            && file.Url.StartsWith("https://", StringComparison.Ordinal) && file.Url.Length <= LineLimits.PictureUrl;
        if (picture) messages.Add(new(file.Url, null, speaker) { IsPicture = true });
        else AddText(messages, $"{file.Name}\n{file.Url}", speaker);
    }

    private static void AddCard(List<LineMessage> messages, Card card, string? speaker)
    {
        var spoken = LineTextSplitter.Clean(card.PlainText).Trim();
        if (spoken.Length > 0 && LineBubble.Draw(card) is { } bubble)
        {
            messages.Add(new(LineLimits.Cut(spoken, LineLimits.AltText), bubble, speaker));
            return;
        }
        // PlainText already names the buttons that open a page; the others can still be typed.
        AddText(messages, Lines(card.Buttons.Where(b => b.Url is null).Select(LineAction.AsText).Prepend(spoken)), speaker);
    }

    /// <summary>Only the last object's quick replies are shown. What finds no place among them is listed as text, to be typed.</summary>
    private static void AddChoices(List<LineMessage> messages, IReadOnlyList<Choice> choices, string? speaker)
    {
        var actions = new List<LineAction>(Math.Min(choices.Count, LineLimits.QuickReplies));
        List<string?>? leftOver = null;
        for (var i = 0; i < choices.Count; i++)
        {
            if (actions.Count < LineLimits.QuickReplies && LineAction.From(choices[i], LineLimits.QuickReplyLabel) is { } action) actions.Add(action);
            else (leftOver ??= []).Add(LineAction.AsText(choices[i]));
        }
        if (leftOver is not null) AddText(messages, Lines(leftOver), speaker);
        if (messages.Count == 0) AddText(messages, Lines(choices.Select(LineAction.AsText)), speaker);
        if (messages.Count > 0) messages[^1] = messages[^1] with { QuickReplies = actions };
    }

    private static string Lines(IEnumerable<string?> lines) => string.Join('\n', lines.Where(l => !string.IsNullOrWhiteSpace(l)));
}
