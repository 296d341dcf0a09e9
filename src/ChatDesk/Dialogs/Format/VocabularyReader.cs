using System.Collections.Frozen;
using System.Globalization;
using ChatDesk.Dialogs.Answers;

namespace ChatDesk.Dialogs.Format;

/// <summary>Reads <c>_words.yaml</c>.</summary>
internal sealed class VocabularyReader(Fields fields, Findings findings)
{
    public static Vocabulary? Read(YamlMap map, Findings findings)
    {
        var fields = new Fields(map, findings);
        var words = new VocabularyReader(fields, findings).Read();
        fields.Close();
        return findings.Problems.Count > 0 ? null : words;
    }

    private Vocabulary Read() => new()
    {
        Particles = Needed("particles"),
        Yes = Needed("yes"),
        No = Needed("no"),
        Unsure = Needed("unsure"),
        Interjections = Needed("interjections"),
        QuestionWords = Needed("question_words"),
        PlaceWords = Needed("place_words"),
        Zero = Needed("zero").ToFrozenSet(StringComparer.Ordinal),
        Numbers = Numbers(),
        MonthsTh = Names("months", "th", 12),
        MonthsEn = Names("months", "en", 12),
        WeekdaysTh = Names("weekdays", "th", 7),
        WeekdaysEn = Names("weekdays", "en", 7),
        Dates = Dates(),
        Times = Times(),
        PhoneWords = new Lexicon<bool>(Needed("phone_words").SelectMany(Dotless).Select(w => (w, true))),
        Provinces = Provinces(),
        SubdistrictMarkers = Needed("subdistrict_markers"),
        DistrictMarkers = Needed("district_markers"),
        RoadWords = Needed("road_words"),
    };

    private IReadOnlyList<string> Needed(string key)
    {
        var words = fields.WordsPerLanguage(key);
        if (words.Count == 0)
            findings.Add(fields.LineOf(key), $"'{key}' has no words.", $"Add '{key}: [ … ]'.");
        return words;
    }

    /// <summary>"ม.ค." is also typed without its last dot, and a full stop at the end of a message is cut off.</summary>
    private static IEnumerable<string> Dotless(string word) => word.EndsWith('.') ? [word, word.TrimEnd('.')] : [word];

    private Lexicon<NumberToken> Numbers()
    {
        var words = new List<(string, NumberToken)>();
        var shortens = Needed("number_shortening").ToHashSet(StringComparer.Ordinal);
        var ones = Needed("number_just_one").ToHashSet(StringComparer.Ordinal);
        foreach (var (key, kind) in new[] { ("number_units", NumberWord.Unit), ("number_scales", NumberWord.Scale), ("number_bigs", NumberWord.Big) })
        {
            foreach (var entry in fields.Entries(key))
            {
                var word = Folding.Fold(entry.Key);
                if (entry.Value is YamlText text && decimal.TryParse(text.Value, NumberStyles.None, CultureInfo.InvariantCulture, out var value))
                    words.Add((word, new NumberToken(kind, value, shortens.Contains(word), ones.Contains(word))));
                else
                    findings.Add(entry.Line, $"'{entry.Key}' has no number.", "Write a whole number after the colon.");
            }
        }
        foreach (var (key, kind) in new[] { ("number_half", NumberWord.Half), ("number_point", NumberWord.Point), ("number_joints", NumberWord.Joint), ("about_words", NumberWord.Filler), ("bound_words", NumberWord.Bound) })
            words.AddRange(Needed(key).Select(w => (w, new NumberToken(kind))));
        foreach (var (key, kind) in new[] { ("currency_words", NumberWord.Currency), ("cent_words", NumberWord.Cent) })
            words.AddRange(Needed(key).SelectMany(Dotless).Select(w => (w, new NumberToken(kind))));
        return new Lexicon<NumberToken>(words);
    }

    private IReadOnlyList<string> Names(string key, string language, int count)
    {
        var names = fields.Map(key)?.Texts(language) ?? [];
        if (names.Count != count)
            findings.Add(fields.LineOf(key), $"'{key}' needs {count} names in '{language}', not {names.Count}.", "Write all of them in order.");
        return names.Count == count ? names : [.. Enumerable.Repeat("?", count)];
    }

    private Lexicon<DateToken> Dates()
    {
        var words = new List<(string, DateToken)>();
        Add(DateWord.Month, "months", 1);
        Add(DateWord.Month, "short_months", 1);
        Add(DateWord.Weekday, "weekdays", 0);
        Add(DateWord.Weekday, "short_weekdays", 0);
        var kinds = fields.Map("date_words");
        foreach (var kind in Enum.GetValues<DateWord>().Where(k => k is >= DateWord.Next and <= DateWord.Filler))
            words.AddRange((kinds?.Words(Snake(kind.ToString())) ?? []).SelectMany(Dotless).Select(w => (w, new DateToken(kind, 0))));
        foreach (var entry in kinds?.Entries("offset") ?? [])
        {
            if (entry.Value is YamlText text && int.TryParse(text.Value, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var days))
                words.Add((Folding.Fold(entry.Key), new DateToken(DateWord.Offset, days)));
        }
        kinds?.Close();
        return new Lexicon<DateToken>(words);

        void Add(DateWord kind, string key, int first)
        {
            foreach (var language in new[] { "th", "en" })
            {
                var names = fields.Map(key)?.Texts(language) ?? [];
                for (var i = 0; i < names.Count; i++)
                {
                    // Several spellings of one name are divided by a bar.
                    foreach (var name in names[i].Split('|'))
                        words.AddRange(Dotless(Folding.Fold(name)).Select(w => (w, new DateToken(kind, i + first))));
                }
            }
        }
    }

    private Lexicon<TimeToken> Times()
    {
        var words = new List<(string, TimeToken)>();
        var kinds = fields.Map("time_words");
        foreach (var kind in Enum.GetValues<TimeWord>().Where(k => k is >= TimeWord.Mong and <= TimeWord.Filler))
            words.AddRange((kinds?.Words(Snake(kind.ToString())) ?? []).SelectMany(Dotless).Select(w => (w, new TimeToken(kind, 0))));
        kinds?.Close();
        return new Lexicon<TimeToken>(words);
    }

    private List<Province> Provinces()
    {
        var provinces = new List<Province>();
        foreach (var item in fields.Maps("provinces"))
        {
            var th = item.NeededText("th", "ภูเก็ต");
            var en = item.NeededText("en", "Phuket");
            var also = item.Words("also");
            item.Close();
            if (th is not null && en is not null)
                provinces.Add(new Province(th, en, [.. also.Prepend(Folding.Fold(en)).Prepend(Folding.Fold(th)).Distinct()]));
        }
        if (provinces.Count == 0)
            findings.Add(fields.LineOf("provinces"), "There are no provinces.", "List all 77 under 'provinces:'.");
        return provinces;
    }

    private static string Snake(string name) => string.Concat(name.Select((c, i) => char.IsUpper(c) ? (i > 0 ? "_" : "") + char.ToLowerInvariant(c) : c.ToString()));
}
