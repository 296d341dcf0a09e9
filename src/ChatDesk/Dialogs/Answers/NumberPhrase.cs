using System.Globalization;

namespace ChatDesk.Dialogs.Answers;

/// <summary>Kind of a word about numbers.</summary>
internal enum NumberWord
{
    /// <summary>หนึ่ง, two, twenty: adds.</summary>
    Unit,

    /// <summary>สิบ, ร้อย, hundred: multiplies what stands right before it.</summary>
    Scale,

    /// <summary>ล้าน, thousand: multiplies everything before it.</summary>
    Big,

    /// <summary>ครึ่ง, half: half of the scale before it (แสนครึ่ง) or behind it (ครึ่งล้าน).</summary>
    Half,

    /// <summary>จุด, point: decimals follow one by one.</summary>
    Point,

    /// <summary>and: holds the parts of one number together.</summary>
    Joint,

    /// <summary>ประมาณ, about: says nothing here.</summary>
    Filler,

    /// <summary>มากกว่า, over: makes the number a bound, which is no answer.</summary>
    Bound,

    /// <summary>บาท, baht.</summary>
    Currency,

    /// <summary>สตางค์: a hundredth of what came before.</summary>
    Cent,
}

/// <param name="Kind">What it does in a number.</param>
/// <param name="Value">What it adds or multiplies with.</param>
/// <param name="Shortens">A scale behind which a lone figure counts in the next smaller scale: พันห้า is 1,500.</param>
/// <param name="JustOne">A one that behind a bare scale adds nothing: พันนึง is 1,000.</param>
internal readonly record struct NumberToken(NumberWord Kind, decimal Value = 0, bool Shortens = false, bool JustOne = false);

/// <summary>Reads one number, however it is built: "1,500", "2 แสน", "หมื่นห้า", "สามร้อยห้าสิบ", "two and a half million".</summary>
internal sealed class NumberPhrase
{
    /// <summary>Anything larger is cut to it; no answer of a citizen is.</summary>
    public const decimal Largest = 10_000_000_000_000m;

    private readonly string _text;
    private readonly Vocabulary _words;
    private readonly bool _halves;
    private decimal _whole;
    private decimal _section;
    private decimal _unit;

    /// <summary>The scale read last in this section; 1 while there is none.</summary>
    private decimal _scale = 1;
    private NumberToken? _last;
    private bool _digitsLast;
    private bool _joined;

    /// <summary>The last scale has nothing before it.</summary>
    private bool _bare;

    /// <summary>The unit read last stands right behind a scale.</summary>
    private NumberToken? _behind;

    private NumberPhrase(string text, Vocabulary words, bool halves)
    {
        (_text, _words, _halves) = (text, words, halves);
    }

    /// <param name="text">Folded text.</param>
    /// <param name="at">Where the number must begin; moved behind it.</param>
    /// <param name="words">The words of numbers.</param>
    /// <param name="value">The number.</param>
    /// <param name="inWords">True when it was not only digits.</param>
    /// <param name="halves">False for the clock, where ครึ่ง is half an hour.</param>
    public static bool TryRead(string text, ref int at, Vocabulary words, out decimal value, out bool inWords, bool halves = true)
    {
        var phrase = new NumberPhrase(text, words, halves);
        var end = phrase.Read(at, out inWords);
        value = phrase.Value;
        if (end == at)
            return false;
        at = end;
        return true;
    }

    private decimal Value => Math.Min(_whole + _section + Tail, Largest);

    /// <summary>What stands behind the last scale.</summary>
    private decimal Tail => _behind switch
    {
        { Shortens: true } when _unit is >= 2 and <= 9 && _unit == decimal.Truncate(_unit) => _unit * _scale / 10,
        not null when _unit == 1 && _bare && _last is { JustOne: true } => 0,
        _ => _unit,
    };

    private int Read(int from, out bool inWords)
    {
        inWords = false;
        var end = from;
        for (var at = from; at < _text.Length;)
        {
            if (_text[at] == ' ' || (_text[at] == '-' && HoldsWords(at)))
            {
                at++;
            }
            else if (TakeDigits(ref at))
            {
                end = at;
            }
            else if (_words.Numbers.TryFind(_text, at, out var length, out var word) && (word.Kind == NumberWord.Joint ? end > from : Take(word)))
            {
                at += length;
                _joined = word.Kind == NumberWord.Joint;
                if (_joined)
                    continue;
                inWords = true;
                if (word.Kind == NumberWord.Point)
                {
                    end = Decimals(at, end);
                    break;
                }
                end = at;
            }
            else
            {
                break;
            }
        }
        return end;
    }

    /// <summary>twenty-five.</summary>
    private bool HoldsWords(int at) => at > 0 && at + 1 < _text.Length && char.IsAsciiLetter(_text[at - 1]) && char.IsAsciiLetter(_text[at + 1]);

    private bool TakeDigits(ref int at)
    {
        if (_last is not (null or { Kind: NumberWord.Scale or NumberWord.Big }) || _digitsLast || !TryDigits(_text, ref at, out var digits))
            return false;
        _behind = _last;
        _unit += digits;
        (_digitsLast, _joined) = (true, false);
        return true;
    }

    /// <returns>False when the word begins something else.</returns>
    private bool Take(NumberToken word)
    {
        var taken = word.Kind switch
        {
            NumberWord.Unit => TakeUnit(word),
            NumberWord.Scale => TakeScale(word),
            NumberWord.Big => TakeBig(word),
            NumberWord.Half => TakeHalf(),
            NumberWord.Point => _halves && (_digitsLast || _last is not null),
            _ => false,
        };
        if (!taken)
            return false;
        (_last, _digitsLast) = (word, false);
        return true;
    }

    private bool TakeUnit(NumberToken word)
    {
        // "twenty five" is one number; "สองสาม" is "two or three".
        if (_digitsLast || (_last is { Kind: NumberWord.Unit } && (_unit < 20 || _unit % 10 != 0 || word.Value >= 10)) || _last is { Kind: NumberWord.Half })
            return false;
        _behind = _joined || _last is not { Kind: NumberWord.Scale or NumberWord.Big } ? null : _last;
        _unit += word.Value;
        return true;
    }

    private bool TakeScale(NumberToken word)
    {
        // Twenty is ยี่สิบ, so สองสิบ is "two, ten" (บ่ายสองสิบห้า); scales of one number grow smaller.
        if ((_last is { Kind: NumberWord.Unit } && _unit <= 2 && word.Value == 10) || (_scale > 1 && word.Value >= _scale))
            return false;
        _bare = _unit == 0 && _section == 0 && _whole == 0;
        _section += Math.Min((_unit == 0 ? 1 : _unit) * word.Value, Largest);
        (_unit, _scale, _behind) = (0, word.Value, null);
        return true;
    }

    private bool TakeBig(NumberToken word)
    {
        var before = _whole + _section + _unit;
        _bare = before == 0;
        _whole = Math.Min((before == 0 ? 1 : before) * word.Value, Largest);
        (_section, _unit, _scale, _behind) = (0, 0, word.Value, null);
        return true;
    }

    private bool TakeHalf()
    {
        if (!_halves || _last is { Kind: NumberWord.Half })
            return false;
        if (_digitsLast || _last is null or { Kind: NumberWord.Unit })
            _unit += 0.5m * (_behind is { Shortens: true } ? _scale / 10 : 1);
        else
            _section += 0.5m * _scale;
        _behind = null;
        return true;
    }

    private int Decimals(int at, int end)
    {
        for (var place = 0.1m; at < _text.Length && place > 0.0000001m; place /= 10)
        {
            if (char.IsAsciiDigit(_text[at]))
                _unit += (_text[at++] - '0') * place;
            else if (_words.Numbers.TryFind(_text, at, out var length, out var word) && word is { Kind: NumberWord.Unit, Value: < 10 })
                (_unit, at) = (_unit + (word.Value * place), at + length);
            else
                break;
            (end, _behind) = (at, null);
        }
        return end;
    }

    /// <summary>Digits with a point and with commas between thousands; "12,34" is neither.</summary>
    private static bool TryDigits(string text, ref int at, out decimal value)
    {
        value = 0;
        var first = text[at] == '-' && at == 0 ? 1 : at;
        var end = DigitsEnd(text, first);
        if (end == first || end - first > 20 || !Grouped(text.AsSpan(first, end - first)))
            return false;
        if (!decimal.TryParse(text.AsSpan(at, end - at), NumberStyles.AllowLeadingSign | NumberStyles.AllowDecimalPoint | NumberStyles.AllowThousands, CultureInfo.InvariantCulture, out value))
            return false;
        at = end;
        return true;
    }

    /// <summary>Where a run of digits, with commas and points inside it, ends.</summary>
    public static int DigitsEnd(string text, int from)
    {
        var end = from;
        while (end < text.Length && (char.IsAsciiDigit(text[end]) || (text[end] is ',' or '.' && end > from && end + 1 < text.Length && char.IsAsciiDigit(text[end + 1]))))
            end++;
        return end;
    }

    private static bool Grouped(ReadOnlySpan<char> figures)
    {
        var point = figures.IndexOf('.');
        if (point >= 0 && figures[(point + 1)..].ContainsAny('.', ','))
            return false;
        var before = point < 0 ? figures : figures[..point];
        if (!before.Contains(','))
            return true;
        var comma = before.IndexOf(',');
        for (var left = before; comma is >= 1 and <= 3; comma = left.IndexOf(','))
        {
            left = left[(comma + 1)..];
            if (left.IndexOf(',') is not (3 or -1))
                return false;
            if (left.IndexOf(',') < 0)
                return left.Length == 3;
        }
        return false;
    }
}
