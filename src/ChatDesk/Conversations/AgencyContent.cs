using System.Collections.Concurrent;
using ChatDesk.Cases.Rules;
using ChatDesk.Conversations.Samples;
using ChatDesk.Conversations.Words;
using ChatDesk.Dialogs.Live;
using ChatDesk.Hours;
using ChatDesk.Knowledge;
using ChatDesk.Triage.Local;

namespace ChatDesk.Conversations;

/// <summary>Everything an agency's editors wrote, in one version. Replaced whole when files change.</summary>
/// <param name="Words">What the desk itself says and the words it listens for.</param>
/// <param name="Dialogs">The dialogs in force, and a few older books for conversations that stand in them.</param>
/// <param name="Knowledge">The articles, ready to be asked.</param>
/// <param name="Hours">When the agency is open, and how it promises and counts days.</param>
/// <param name="Cases">How the agency handles cases, and in which words.</param>
internal sealed record AgencyContent(DeskWords Words, DialogShelf Dialogs, KnowledgeSnapshot Knowledge, AgencyHours Hours, CaseRules Cases)
{
    /// <summary>What plays the agency's other systems in a demonstration.</summary>
    public SampleAnswers Samples { get; init; } = SampleAnswers.None;

    /// <summary>What reads urgency and mood out of complaints.</summary>
    public TriageContent Triage { get; init; } = TriageContent.Empty;

    /// <summary>Of the files as they were when reading began.</summary>
    public int Stamp { get; init; }

    /// <summary>Replies that officers need often.</summary>
    public IReadOnlyList<CannedReply> Canned { get; init; } = [];
}

/// <summary>The content of each agency that is live now.</summary>
internal sealed class ContentLibrary
{
    private readonly ConcurrentDictionary<string, AgencyContent> _live = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, IReadOnlyList<string>> _problems = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, TaskCompletionSource<DeskWords>> _words = new(StringComparer.Ordinal);
    private readonly TaskCompletionSource _loaded = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>
    /// Ends when every agency's content is there. Messages are stored from the first moment; their turns wait for this,
    /// because learning thousands of questions takes a second or two.
    /// </summary>
    public Task Loaded => _loaded.Task;

    public void MarkLoaded() => _loaded.TrySetResult();

    /// <summary>All agencies of this desk.</summary>
    public IReadOnlyList<string> Agencies => [.. _live.Keys.Order(StringComparer.Ordinal)];

    public bool Has(string agency) => _live.ContainsKey(agency);

    /// <exception cref="KeyNotFoundException">The agency is not configured.</exception>
    public AgencyContent For(string agency) =>
        _live.TryGetValue(agency, out var content) ? content : throw new KeyNotFoundException($"agency '{agency}' has no content");

    /// <summary>
    /// The words that are live; while a desk starts, those that were read, though its articles are not ready: a page can be shown long before the first answer.
    /// Never ends where the content is refused, and then the desk does not start.
    /// </summary>
    public Task<DeskWords> WordsAsync(string agency) => _live.TryGetValue(agency, out var content) ? Task.FromResult(content.Words) : FirstWords(agency).Task;

    /// <summary>The agency's words are read; the rest is not.</summary>
    public void Announce(string agency, DeskWords words) => FirstWords(agency).TrySetResult(words);

    private TaskCompletionSource<DeskWords> FirstWords(string agency) => _words.GetOrAdd(agency, _ => new TaskCompletionSource<DeskWords>(TaskCreationOptions.RunContinuationsAsynchronously));

    /// <summary>Makes a new version live; turns under way keep the one they began with.</summary>
    public void Replace(string agency, AgencyContent content)
    {
        _live[agency] = content;
        Announce(agency, content.Words);
        _problems[agency] = [];
    }

    /// <summary>Keeps the version in force and remembers what must be mended before the files on disk can follow.</summary>
    public void Refuse(string agency, IReadOnlyList<string> problems) => _problems[agency] = problems;

    /// <summary>What editors must mend, with file, line and remedy; empty when what is on disk is live.</summary>
    public IReadOnlyList<string> ProblemsOf(string agency) => _problems.GetValueOrDefault(agency, []);
}
