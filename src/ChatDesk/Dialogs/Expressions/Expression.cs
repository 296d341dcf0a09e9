namespace ChatDesk.Dialogs.Expressions;

/// <summary>What an expression may see: slots, today's date and the calendar. Nothing else exists for it.</summary>
/// <param name="Slot">The value of a slot by name; <see cref="Value.None"/> when it is empty.</param>
/// <param name="Today">The date at the agency.</param>
/// <param name="IsWorkingDay">The agency's calendar.</param>
internal sealed record Scope(Func<string, Value> Slot, DateOnly Today, Func<DateOnly, bool> IsWorkingDay);

/// <summary>A condition or calculation out of a dialog file. Types are checked when the file is read, so working it out cannot fail.</summary>
internal abstract record Expression(ValueKind Type)
{
    public abstract Value Eval(Scope scope);

    /// <summary>True when the condition holds; nothing counts as no.</summary>
    public bool Holds(Scope scope) => Eval(scope).IsYes;
}

internal sealed record Literal(Value Value) : Expression(Value.Type)
{
    public override Value Eval(Scope scope) => Value;
}

internal sealed record SlotReference(string Name, ValueKind SlotType) : Expression(SlotType)
{
    public override Value Eval(Scope scope) => scope.Slot(Name);
}

internal sealed record Not(Expression Inner) : Expression(ValueKind.YesNo)
{
    public override Value Eval(Scope scope) => Value.Of(!Inner.Holds(scope));
}

internal sealed record Both(Expression Left, Expression Right) : Expression(ValueKind.YesNo)
{
    public override Value Eval(Scope scope) => Value.Of(Left.Holds(scope) && Right.Holds(scope));
}

internal sealed record Either(Expression Left, Expression Right) : Expression(ValueKind.YesNo)
{
    public override Value Eval(Scope scope) => Value.Of(Left.Holds(scope) || Right.Holds(scope));
}

/// <summary>Compares two values. With an empty side only == and != can hold: an unanswered size is neither big nor small.</summary>
internal sealed record Comparison(string Sign, Expression Left, Expression Right) : Expression(ValueKind.YesNo)
{
    public override Value Eval(Scope scope)
    {
        var left = Left.Eval(scope);
        var right = Right.Eval(scope);
        return Value.Of(Sign switch
        {
            "==" => Same(left, right),
            "!=" => !Same(left, right),
            _ when left.IsNone || right.IsNone => false,
            "<" => left.Number < right.Number,
            "<=" => left.Number <= right.Number,
            ">" => left.Number > right.Number,
            _ => left.Number >= right.Number,
        });
    }

    private static bool Same(Value left, Value right) =>
        left.IsNone || right.IsNone ? left.IsNone && right.IsNone : string.Equals(left.Text, right.Text, StringComparison.Ordinal);
}

/// <summary>Plain arithmetic. Nothing in, a division by zero or a number beyond all sense gives nothing out.</summary>
internal sealed record Arithmetic(char Sign, Expression Left, Expression Right) : Expression(ValueKind.Number)
{
    public override Value Eval(Scope scope)
    {
        var left = Left.Eval(scope);
        var right = Right.Eval(scope);
        if (left.IsNone || right.IsNone || (Sign == '/' && right.Number == 0))
            return Value.None;
        try
        {
            return Value.Of(Sign switch
            {
                '+' => left.Number + right.Number,
                '-' => left.Number - right.Number,
                '*' => left.Number * right.Number,
                _ => left.Number / right.Number,
            });
        }
        catch (OverflowException)
        {
            return Value.None;
        }
    }
}

internal sealed record FunctionCall(ExpressionFunction Function, IReadOnlyList<Expression> Arguments) : Expression(Function.Returns)
{
    public override Value Eval(Scope scope)
    {
        var values = new Value[Arguments.Count];
        for (var i = 0; i < values.Length; i++)
            values[i] = Arguments[i].Eval(scope);
        return Function.Work(values, scope);
    }
}
