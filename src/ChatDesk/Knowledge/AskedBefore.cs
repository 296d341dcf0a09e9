namespace ChatDesk.Knowledge;

/// <summary>
/// Remembers what a snapshot made of short messages: greetings, buttons and the questions everybody asks come again and
/// again, and the same words to the same snapshot always mean the same. Bounded by two generations: when the younger is
/// full it becomes the older, and what was not asked meanwhile is forgotten.
/// </summary>
/// <typeparam name="T">What is remembered; must not change.</typeparam>
internal sealed class AskedBefore<T>
{
    private const int LongestText = 160;
    private const int GenerationSize = 2_048;

    private readonly Lock _gate = new();
    private Dictionary<(string Text, string Language), T> _young = [];
    private Dictionary<(string Text, string Language), T> _old = [];

    /// <param name="text">The message as written.</param>
    /// <param name="language">The language asked in.</param>
    /// <param name="answer">Works it out the first time.</param>
    /// <param name="mayKeep">False for what must not stay in memory.</param>
    public T Get(string text, string language, Func<string, string, T> answer, Func<T, bool> mayKeep)
    {
        if (text.Length > LongestText) return answer(text, language);
        lock (_gate)
        {
            if (_young.TryGetValue((text, language), out var known)) return known;
            if (_old.TryGetValue((text, language), out known))
            {
                Keep(text, language, known);
                return known;
            }
        }
        var found = answer(text, language);
        if (!mayKeep(found)) return found;
        lock (_gate) Keep(text, language, found);
        return found;
    }

    private void Keep(string text, string language, T found)
    {
        if (_young.Count >= GenerationSize)
        {
            (_old, _young) = (_young, _old);
            _young.Clear();
        }
        _young[(text, language)] = found;
    }
}
