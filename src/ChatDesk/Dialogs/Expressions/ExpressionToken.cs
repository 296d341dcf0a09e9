using System.Globalization;

namespace ChatDesk.Dialogs.Expressions;

internal enum TokenKind
{
    Word,
    Number,
    Text,
    Sign,
    End,
}

/// <summary>One word, number, text or sign of an expression.</summary>
internal readonly record struct ExpressionToken(TokenKind Kind, string Text)
{
    /// <exception cref="ExpressionException">A sign has no meaning here, or a text is never closed.</exception>
    public static List<ExpressionToken> All(string text)
    {
        var tokens = new List<ExpressionToken>();
        for (var i = 0; i < text.Length;)
        {
            var c = text[i];
            if (char.IsWhiteSpace(c))
            {
                i++;
                continue;
            }
            var (token, length) = Next(text, i);
            tokens.Add(token);
            i += length;
        }
        tokens.Add(new ExpressionToken(TokenKind.End, ""));
        return tokens;
    }

    private static (ExpressionToken Token, int Length) Next(string text, int at)
    {
        var c = text[at];
        if (c == '\'')
        {
            var close = text.IndexOf('\'', at + 1);
            return close < 0
                ? throw new ExpressionException("A text begins with ' and never ends.", "Close it with '.")
                : (new ExpressionToken(TokenKind.Text, text[(at + 1)..close]), close - at + 1);
        }
        if (char.IsAsciiDigit(c))
            return Run(TokenKind.Number, text, at, ch => char.IsAsciiDigit(ch) || ch == '.');
        if (char.IsAsciiLetter(c) || c == '_')
            return Run(TokenKind.Word, text, at, ch => char.IsAsciiLetterOrDigit(ch) || ch is '_' or '.');
        var pair = text.Substring(at, Math.Min(2, text.Length - at));
        if (pair is "==" or "!=" or "<=" or ">=")
            return (new ExpressionToken(TokenKind.Sign, pair), 2);
        if ("<>()+-*/,".Contains(c, StringComparison.Ordinal))
            return (new ExpressionToken(TokenKind.Sign, c.ToString()), 1);
        throw new ExpressionException($"'{c}' has no meaning in a condition.", c == '=' ? "Write == to compare." : "Use and, or, not, ==, !=, <, <=, >, >=, +, -, *, /.");
    }

    private static (ExpressionToken Token, int Length) Run(TokenKind kind, string text, int at, Func<char, bool> belongs)
    {
        var end = at;
        while (end < text.Length && belongs(text[end]))
            end++;
        var run = text[at..end];
        if (kind == TokenKind.Number && !decimal.TryParse(run, NumberStyles.AllowDecimalPoint, CultureInfo.InvariantCulture, out _))
            throw new ExpressionException($"'{run}' is not a number.", "Write digits with at most one point.");
        return (new ExpressionToken(kind, run), end - at);
    }
}
