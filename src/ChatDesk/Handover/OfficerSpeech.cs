using ChatDesk.Activities;

namespace ChatDesk.Handover;

/// <summary>An officer's words as they leave: under the officer's name.</summary>
internal static class OfficerSpeech
{
    public static IReadOnlyList<OutboundActivity> Of(string? text, OfficerWords words)
    {
        var said = new List<OutboundActivity>(1 + words.Files.Count);
        if (!string.IsNullOrWhiteSpace(text)) said.Add(new() { Text = text, Quotes = words.Quotes });
        foreach (var file in words.Files) said.Add(new() { File = file });
        for (var i = 0; i < said.Count; i++) said[i] = said[i] with { SpeakerName = words.OfficerName, SpeakerId = words.OfficerId };
        return said;
    }
}
