using System.Collections.Concurrent;

namespace ChatDesk.LineSimulator.Channel;

/// <summary>How a person stands to the account.</summary>
internal enum Standing
{
    /// <summary>Added the account: can be pushed to.</summary>
    Friend,

    /// <summary>Blocked the account, or was deleted: sends succeed and arrive nowhere (ref@133000).</summary>
    Blocked,

    /// <summary>Never added the account: reachable for 7 days after writing (ref@133000), and without a profile.</summary>
    Stranger,
}

/// <summary>A person on LINE, as this channel knows them.</summary>
/// <param name="Language">A BCP 47 tag; LINE leaves it out when the person did not consent.</param>
internal sealed record LinePerson(string Id, string DisplayName, Standing Standing = Standing.Friend, string? Language = "th", string? StatusMessage = null)
{
    public string PictureUrl => $"https://profile.line-scdn.net/{Id}";
}

/// <summary>A group or a room with its members.</summary>
internal sealed record LineGroup(string Id, string Name, IReadOnlyList<string> Members);

/// <summary>Everybody a channel can hear from or speak to.</summary>
internal sealed class People(TimeProvider time)
{
    public static readonly TimeSpan StrangerReach = TimeSpan.FromDays(7);

    private readonly ConcurrentDictionary<string, LinePerson> persons = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, LineGroup> groups = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, DateTimeOffset> lastWords = new(StringComparer.Ordinal);

    public void Add(LinePerson person) => persons[person.Id] = person;

    public void Add(LineGroup group) => groups[group.Id] = group;

    public void Leave(string groupId) => groups.TryRemove(groupId, out _);

    public LinePerson? Person(string id) => persons.GetValueOrDefault(id);

    public LineGroup? Group(string id) => groups.GetValueOrDefault(id);

    public void Change(string id, Standing standing)
    {
        if (persons.TryGetValue(id, out var person)) persons[id] = person with { Standing = standing };
    }

    /// <summary>Notes that a person wrote just now, which makes a stranger reachable for a while.</summary>
    public void Wrote(string id)
    {
        if (persons.TryGetValue(id, out var person) && person.Standing == Standing.Stranger) lastWords[id] = time.GetUtcNow();
    }

    public bool Knows(string chatId) => persons.ContainsKey(chatId) || groups.ContainsKey(chatId);

    /// <returns>Whether something sent to this chat would be seen there.</returns>
    public bool CanReach(string chatId)
    {
        if (!persons.TryGetValue(chatId, out var person)) return groups.ContainsKey(chatId);
        return person.Standing switch
        {
            Standing.Friend => true,
            Standing.Stranger => lastWords.TryGetValue(chatId, out var at) && time.GetUtcNow() - at < StrangerReach,
            _ => false,
        };
    }

    public IReadOnlyList<string> Friends() => [.. persons.Values.Where(p => p.Standing == Standing.Friend).Select(p => p.Id)];
}
