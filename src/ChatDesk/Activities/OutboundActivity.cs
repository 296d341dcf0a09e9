using System.Text.Json.Serialization;

namespace ChatDesk.Activities;

/// <summary>One thing the desk says. Each channel turns it into its own message objects; a channel that cannot draw a card shows <see cref="PlainText"/>.</summary>
internal sealed record OutboundActivity
{
    /// <summary>Plain text; any length, the channel cuts it.</summary>
    public string? Text { get; init; }

    /// <summary>A drawn answer. Where both are set, <see cref="Text"/> comes first.</summary>
    public Card? Card { get; init; }

    /// <summary>What the contact may tap next. Only those of the last activity of a turn are shown.</summary>
    public IReadOnlyList<Choice> Choices { get; init; } = [];

    /// <summary>The officer's name to show instead of the account's; null when the bot speaks.</summary>
    public string? SpeakerName { get; init; }

    /// <summary>The officer's account, for the desk only; channels do not show it.</summary>
    public string? SpeakerId { get; init; }

    /// <summary>A file that an officer sends; where a channel cannot carry it, its address is said.</summary>
    public OutboundFile? File { get; init; }

    /// <summary>The provider's id of the contact's message that this answers, where the channel can quote.</summary>
    public string? Quotes { get; init; }

    /// <summary>On the first of a turn: the trace it belongs to (W3C traceparent); null while the desk is not traced.</summary>
    public string? Trace { get; init; }

    /// <summary>Everything of it that can be read, for transcripts and channels without cards.</summary>
    [JsonIgnore]
    public string PlainText => Card is null ? Text ?? "" : string.IsNullOrEmpty(Text) ? Card.PlainText : $"{Text}\n{Card.PlainText}";

    /// <summary>Whether any of these is the bot speaking and not an officer.</summary>
    public static bool AnyByBot(IReadOnlyList<OutboundActivity> activities)
    {
        foreach (var activity in activities)
        {
            if (activity.SpeakerName is null) return true;
        }
        return false;
    }

    public static OutboundActivity Say(string text, params IReadOnlyList<Choice> choices) => new() { Text = text, Choices = choices };
}

/// <summary>A file on its way to the contact.</summary>
/// <param name="Name">For display.</param>
/// <param name="ContentType">As checked by the desk, never as claimed by a browser.</param>
/// <param name="Size">In bytes.</param>
/// <param name="Url">Where the contact's device gets it: https, unguessable, served by the desk.</param>
internal sealed record OutboundFile(string Name, string ContentType, long Size, string Url);

/// <summary>Something to tap.</summary>
/// <param name="Label">What is written on it.</param>
/// <param name="Text">What the contact is seen to say when tapping; null means the label.</param>
/// <param name="Data">A hidden value that comes back as <see cref="InboundActivity.Data"/>; null sends only the text.</param>
/// <param name="Url">Opens a page instead of answering (https, http, tel or line).</param>
internal sealed record Choice(string Label, string? Text = null, string? Data = null, string? Url = null);

/// <summary>A drawn answer: a title, lines under it, and buttons.</summary>
internal sealed record Card(string Title, IReadOnlyList<CardLine> Lines, IReadOnlyList<Choice> Buttons)
{
    /// <summary>The card read aloud: title, lines, and the buttons' addresses.</summary>
    [JsonIgnore]
    public string PlainText
    {
        get
        {
            var lines = Lines.Select(l => l.Label is null ? l.Value : $"{l.Label}: {l.Value}");
            var links = Buttons.Where(b => b.Url is not null).Select(b => $"{b.Label}: {b.Url}");
            return string.Join('\n', lines.Prepend(Title).Concat(links));
        }
    }
}

/// <summary>One line of a card, for example label "Fee", value "500 baht"; without a label the value stands alone.</summary>
internal sealed record CardLine(string? Label, string Value, bool Strong = false);
