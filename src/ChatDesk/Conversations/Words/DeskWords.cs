using ChatDesk.Activities;

namespace ChatDesk.Conversations.Words;

/// <summary>What the desk itself says, and the words that always work, as the agency's editors wrote them in <c>dialogs/{agency}/_desk.yaml</c>.</summary>
internal sealed class DeskWords
{
    /// <summary>Phrases that must be there; the loader names any that is missing.</summary>
    public static readonly IReadOnlyList<string> Phrases =
    [
        "greeting", "greeting_group", "menu_intro", "language_ask", "language_set", "started_over", "person_group",
        "not_understood", "not_understood_again", "sticker", "file_received", "location_received", "apology",
        "handover_waiting_free", "handover_waiting", "handover_still_waiting", "handover_promise", "handover_promise_nobody", "handover_still_promised",
        "handover_hours_ended", "handover_nobody_left", "handover_back_in_queue", "handover_joined", "handover_closed", "handover_cancelled",
        "handover_added", "handover_added_again", "handover_referred", "handover_danger", "bot_off",
        "calendar_open_now", "calendar_closed_now", "calendar_open", "calendar_closed", "calendar_holiday", "calendar_unsure",
        "return_bound", "return_bound_here", "return_unknown", "return_too_often", "return_stop", "return_stopped",
        "return_carried", "return_letter_subject", "return_letter_foot", "return_code_subject", "return_code",
    ];

    /// <summary>Commands that must be there.</summary>
    public static readonly IReadOnlyList<string> Commands = ["menu", "thai", "english", "language", "start_over", "person", "cancel_wait"];

    private readonly IReadOnlyDictionary<string, Translated> _phrases;
    private readonly IReadOnlyDictionary<string, Translated> _web;
    private readonly IReadOnlyDictionary<string, DeskCommand> _commands;
    private readonly IReadOnlyList<MenuEntry> _menu;
    private readonly Dictionary<string, string> _menuLabels = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string> _exact;
    private readonly List<(string Words, string Command)> _contained;
    private readonly string[] _particles;

    public DeskWords(
        IReadOnlyDictionary<string, Translated> phrases, IReadOnlyDictionary<string, DeskCommand> commands,
        IReadOnlyList<MenuEntry> menu, IReadOnlyList<string> particles, IReadOnlyDictionary<string, Translated>? web = null)
    {
        _phrases = phrases;
        _web = web ?? new Dictionary<string, Translated>();
        _commands = commands;
        _menu = menu;
        foreach (var (label, send) in menu)
        {
            _menuLabels[PlainWords.Fold(label.Thai)] = send.Thai;
            _menuLabels[PlainWords.Fold(label.English)] = send.English;
        }
        _particles = [.. particles.Select(PlainWords.Fold).Where(p => p.Length > 0).OrderByDescending(p => p.Length)];
        _exact = new(StringComparer.Ordinal);
        foreach (var (name, command) in commands)
        {
            foreach (var word in command.Exact.Append(command.Label.Thai).Append(command.Label.English)) _exact.TryAdd(Core(word), name);
        }
        _contained = [.. commands.SelectMany(c => c.Value.Contains.Select(words => (Core(words), c.Key)))];
    }

    /// <summary>A phrase in the language asked for.</summary>
    public string Say(string phrase, string language) => _phrases[phrase].In(language);

    /// <summary>The same with values in its places.</summary>
    public string Say(string phrase, string language, params ReadOnlySpan<(string Place, string Value)> places)
    {
        var said = Say(phrase, language);
        foreach (var (place, value) in places) said = said.Replace($"{{{place}}}", value, StringComparison.Ordinal);
        return said;
    }

    /// <summary>What stands on the web chat page (<see cref="WebPhrases"/>), by name, in the language asked for.</summary>
    public SortedDictionary<string, string> Web(string language) => new(_web.ToDictionary(w => w.Key, w => w.Value.In(language)), StringComparer.Ordinal);

    /// <summary>The agency's menu, as things to tap.</summary>
    public IReadOnlyList<Choice> Menu(string language) => [.. _menu.Select(entry => new Choice(entry.Label.In(language), entry.Send.In(language)))];

    /// <summary>What tapping the entry of the menu says whose label was typed (folded, either language); null when none has it.</summary>
    public string? SentByMenu(string typed) => _menuLabels.GetValueOrDefault(typed);

    /// <summary>Commands as things to tap.</summary>
    public IReadOnlyList<Choice> Offer(string language, params IReadOnlyList<string> commands) =>
        [.. commands.Select(name => new Choice(_commands[name].Label.In(language)))];

    /// <summary>Which command these words are, or null. Whole messages, or (for words marked so) anywhere in a short message.</summary>
    public string? Command(string spoken)
    {
        // Long messages tell a story; a command word inside one is not a command.
        if (spoken.Length > 200) return null;
        var core = Core(spoken);
        if (core.Length == 0) return null;
        if (_exact.TryGetValue(core, out var command)) return command;
        foreach (var (words, name) in _contained)
        {
            if (core.Contains(words, StringComparison.Ordinal)) return name;
        }
        return null;
    }

    /// <summary>The message without polite words at its end.</summary>
    private string Core(string spoken)
    {
        var core = PlainWords.Fold(spoken);
        while (_particles.FirstOrDefault(p => core.Length > p.Length && core.EndsWith(p, StringComparison.Ordinal)) is { } particle)
            core = core[..^particle.Length].TrimEnd();
        return core;
    }
}

/// <summary>The same words in the desk's two languages.</summary>
internal sealed record Translated(string Thai, string English)
{
    public string In(string language) => language == SpokenLanguage.English ? English : Thai;
}

/// <summary>A command: its button, and the words that mean it.</summary>
internal sealed record DeskCommand(Translated Label, IReadOnlyList<string> Exact, IReadOnlyList<string> Contains);

/// <summary>An entry of the menu: what is written on it, and what the contact is seen to say when tapping.</summary>
internal sealed record MenuEntry(Translated Label, Translated Send);
