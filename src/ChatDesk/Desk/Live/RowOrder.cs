using ChatDesk.Handover;

namespace ChatDesk.Desk.Live;

/// <summary>One place in a list.</summary>
/// <param name="Row">What stands there, in its latest version.</param>
/// <param name="Gone">It belongs elsewhere by now and only keeps its place under the pointer.</param>
internal sealed record RowPlace(HandoverRow Row, bool Gone);

/// <summary>
/// The order of one list on one screen. While the pointer is over the list nothing moves: rows change where they are, those
/// that left keep their place, new ones are put at the end and counted.
/// </summary>
internal sealed class RowOrder
{
    private List<RowPlace> _places = [];

    public IReadOnlyList<RowPlace> Places => _places;

    /// <summary>How many came while nothing could move.</summary>
    public int Fresh { get; private set; }

    /// <param name="wanted">What belongs into the list, in its proper order.</param>
    /// <param name="latest">The latest version of any row, for those that left; null when it is no longer known.</param>
    /// <param name="held">True while the pointer is over the list.</param>
    public void Arrange(IReadOnlyList<HandoverRow> wanted, Func<long, HandoverRow?> latest, bool held)
    {
        if (!held)
        {
            _places = [.. wanted.Select(row => new RowPlace(row, Gone: false))];
            Fresh = 0;
            return;
        }
        var left = wanted.ToDictionary(row => row.Id);
        var kept = new List<RowPlace>(wanted.Count);
        foreach (var place in _places)
        {
            if (left.Remove(place.Row.Id, out var row)) kept.Add(new RowPlace(row, Gone: false));
            else kept.Add(new RowPlace(latest(place.Row.Id) ?? place.Row, Gone: true));
        }
        var fresh = wanted.Where(row => left.ContainsKey(row.Id)).Select(row => new RowPlace(row, Gone: false)).ToList();
        Fresh += fresh.Count;
        _places = [.. kept, .. fresh];
    }
}
