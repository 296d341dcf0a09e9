using System.Globalization;

namespace ChatDesk.Dialogs.Expressions;

/// <summary>What a parser must know of a slot to catch mistakes early.</summary>
/// <param name="Type">What it holds.</param>
/// <param name="Values">The only texts it can hold (a choice), or null for any.</param>
internal sealed record SlotFacts(ValueKind Type, IReadOnlyCollection<string>? Values = null);

/// <summary>
/// Reads conditions such as <c>business == 'food' and area &gt; 200</c>. Own work, because the libraries do not fit a file
/// that strangers edit: see docs/dialogs.md. Words: and, or, not; signs: == != &lt; &lt;= &gt; &gt;= + - * /; texts in
/// single quotes; none for an empty slot; the functions of <see cref="ExpressionFunction.All"/>.
/// </summary>
internal sealed class ExpressionParser
{
    private const int MaxLength = 500;
    private const int MaxDepth = 20;

    private readonly List<ExpressionToken> _tokens;
    private readonly Func<string, SlotFacts?> _slots;
    private int _at;
    private int _depth;

    private ExpressionParser(List<ExpressionToken> tokens, Func<string, SlotFacts?> slots)
    {
        _tokens = tokens;
        _slots = slots;
    }

    /// <exception cref="ExpressionException">The text is not an expression, or its types do not fit.</exception>
    public static Expression Parse(string text, Func<string, SlotFacts?> slots)
    {
        if (text.Length > MaxLength)
            throw new ExpressionException($"A condition of {text.Length} characters; {MaxLength} are allowed.", "Split it over several rows or steps.");
        var parser = new ExpressionParser(ExpressionToken.All(text), slots);
        var whole = parser.Alternatives();
        return parser.Peek.Kind == TokenKind.End ? whole : throw parser.Unexpected();
    }

    private ExpressionToken Peek => _tokens[_at];

    private ExpressionToken Take() => _tokens[_at++];

    private bool TryTake(string sign)
    {
        if (Peek.Kind is not (TokenKind.Sign or TokenKind.Word) || Peek.Text != sign)
            return false;
        _at++;
        return true;
    }

    private ExpressionException Unexpected() => Peek.Kind == TokenKind.End
        ? new("The condition ends too early.", "Complete it, for example: area > 200.")
        : new($"'{Peek.Text}' is not expected here.", "Write slot names bare, texts in single quotes, and join with and / or.");

    private Expression Alternatives()
    {
        var left = Conjunction();
        while (TryTake("or"))
            left = new Either(Truth(left), Truth(Conjunction()));
        return left;
    }

    private Expression Conjunction()
    {
        var left = Negation();
        while (TryTake("and"))
            left = new Both(Truth(left), Truth(Negation()));
        return left;
    }

    private Expression Negation()
    {
        if (++_depth > MaxDepth)
            throw new ExpressionException("The condition is nested too deeply.", "Use fewer brackets.");
        var result = TryTake("not") ? new Not(Truth(Negation())) : Compared();
        _depth--;
        return result;
    }

    private Expression Compared()
    {
        var left = Sum();
        if (Peek.Kind == TokenKind.Sign && Peek.Text is "==" or "!=" or "<" or "<=" or ">" or ">=")
        {
            var sign = Take().Text;
            var right = Sum();
            CheckComparable(sign, left, right);
            return new Comparison(sign, left, right);
        }
        return left;
    }

    private Expression Sum()
    {
        var left = Product();
        while (Peek.Kind == TokenKind.Sign && Peek.Text is "+" or "-")
            left = new Arithmetic(Take().Text[0], Numeric(left), Numeric(Product()));
        return left;
    }

    private Expression Product()
    {
        var left = Atom();
        while (Peek.Kind == TokenKind.Sign && Peek.Text is "*" or "/")
            left = new Arithmetic(Take().Text[0], Numeric(left), Numeric(Atom()));
        return left;
    }

    private Expression Atom()
    {
        if (TryTake("("))
        {
            var inner = Alternatives();
            return TryTake(")") ? inner : throw Unexpected();
        }
        var token = Peek;
        switch (token.Kind)
        {
            case TokenKind.Number:
                Take();
                return new Literal(Value.Of(decimal.Parse(token.Text, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture)));
            case TokenKind.Text:
                Take();
                return new Literal(Value.Of(token.Text));
            case TokenKind.Word:
                Take();
                return Named(token.Text);
            default:
                throw Unexpected();
        }
    }

    private Expression Named(string name) => name switch
    {
        "yes" or "true" => new Literal(Value.Yes),
        "no" or "false" => new Literal(Value.No),
        "none" => new Literal(Value.None),
        _ when TryTake("(") => Call(name),
        _ when _slots(name) is { } slot => new SlotReference(name, slot.Type),
        _ => throw new ExpressionException($"There is no slot '{name}'.", "Declare it under slots, or put a text in single quotes."),
    };

    private FunctionCall Call(string name)
    {
        if (!ExpressionFunction.All.TryGetValue(name, out var function))
            throw new ExpressionException($"There is no function '{name}'.", $"Use one of {string.Join(", ", ExpressionFunction.All.Keys.Order(StringComparer.Ordinal))}.");
        var arguments = new List<Expression>();
        while (!TryTake(")"))
        {
            if (arguments.Count > 0 && !TryTake(","))
                throw Unexpected();
            arguments.Add(Alternatives());
        }
        if (arguments.Count != function.Takes.Length)
            throw new ExpressionException($"'{name}' takes {function.Takes.Length} values, not {arguments.Count}.", "See the list of functions in docs/dialogs.md.");
        for (var i = 0; i < arguments.Count; i++)
        {
            if (function.Takes[i] is { } wanted)
                CheckType(arguments[i], wanted);
        }
        return new FunctionCall(function, arguments);
    }

    private static Expression Truth(Expression expression) => CheckType(expression, ValueKind.YesNo);

    private static Expression Numeric(Expression expression) => CheckType(expression, ValueKind.Number);

    private static Expression CheckType(Expression expression, ValueKind wanted) => expression.Type == wanted || expression.Type == ValueKind.None
        ? expression
        : throw new ExpressionException($"A {expression.Type} stands where a {wanted} is needed.", "Compare it with something, or use another slot.");

    private void CheckComparable(string sign, Expression left, Expression right)
    {
        if (left.Type != right.Type && left.Type != ValueKind.None && right.Type != ValueKind.None)
            throw new ExpressionException($"A {left.Type} cannot be compared with a {right.Type}.", "Numbers stand bare, texts in single quotes, yes and no bare.");
        if (sign is not ("==" or "!=") && left.Type is ValueKind.Text or ValueKind.YesNo or ValueKind.List)
            throw new ExpressionException($"'{sign}' does not work on a {left.Type}.", "Use == or !=.");
        CheckChoice(left, right);
        CheckChoice(right, left);
    }

    private void CheckChoice(Expression slot, Expression text)
    {
        if (slot is SlotReference reference && text is Literal { Type: ValueKind.Text } literal
            && _slots(reference.Name)?.Values is { } values && !values.Contains(literal.Value.Text))
        {
            throw new ExpressionException($"'{literal.Value.Text}' is not a choice of slot '{reference.Name}'.", $"Use one of {string.Join(", ", values)}.");
        }
    }
}

/// <summary>An expression of a dialog file that cannot be meant, with what to do about it.</summary>
internal sealed class ExpressionException(string problem, string remedy) : Exception(problem)
{
    public string Remedy { get; } = remedy;
}
