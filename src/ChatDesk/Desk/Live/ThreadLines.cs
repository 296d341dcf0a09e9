using ChatDesk.Handover;

namespace ChatDesk.Desk.Live;

/// <summary>The lines of one conversation as far as they were read: the newest page, older ones as the officer asks, and whatever events bring.</summary>
internal sealed class ThreadLines
{
    private readonly SortedDictionary<string, TranscriptLine> _lines = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _places = new(StringComparer.Ordinal);

    public IReadOnlyCollection<TranscriptLine> Lines => _lines.Values;

    /// <summary>Cursor of the page before; null when the beginning was reached.</summary>
    public string? Before { get; private set; }

    /// <summary>What the contact wrote, latest first.</summary>
    public IEnumerable<string> WordsOfContact => _lines.Values.Reverse().Where(l => l is { By: LineSpeaker.Contact, Kind: LineKind.Text, Text.Length: > 0 }).Select(l => l.Text!);

    /// <summary>Takes an older page in, or the newest again.</summary>
    public void Take(TranscriptPage page, bool older)
    {
        // What events brought is newer than any page.
        foreach (var line in page.Lines.Where(line => !_places.ContainsKey(line.Key))) Put(line);
        if (older || Before is null) Before = page.Before;
    }

    /// <summary>A new line, or a later state of one.</summary>
    public void Put(TranscriptLine line)
    {
        // A queued line may find its final place only when its turn is kept.
        if (_places.TryGetValue(line.Key, out var place) && place != line.Sort) _lines.Remove(place);
        _places[line.Key] = line.Sort;
        _lines[line.Sort] = line;
    }
}
