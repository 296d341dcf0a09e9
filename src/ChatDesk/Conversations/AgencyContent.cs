using System.Collections.Concurrent;
using ChatDesk.Conversations.Words;

namespace ChatDesk.Conversations;

/// <summary>Everything an agency's editors wrote, in one version. Replaced whole when files change.</summary>
/// <param name="Words">What the desk itself says and the words it listens for.</param>
internal sealed record AgencyContent(DeskWords Words);

/// <summary>The content of each agency that is live now.</summary>
internal sealed class ContentLibrary
{
    private readonly ConcurrentDictionary<string, AgencyContent> _live = new(StringComparer.Ordinal);

    public bool Has(string agency) => _live.ContainsKey(agency);

    /// <exception cref="KeyNotFoundException">The agency is not configured.</exception>
    public AgencyContent For(string agency) =>
        _live.TryGetValue(agency, out var content) ? content : throw new KeyNotFoundException($"agency '{agency}' has no content");

    /// <summary>Makes a new version live; turns under way keep the one they began with.</summary>
    public void Replace(string agency, AgencyContent content) => _live[agency] = content;
}
