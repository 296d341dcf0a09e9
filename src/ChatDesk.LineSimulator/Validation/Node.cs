using System.Text.Json;

namespace ChatDesk.LineSimulator.Validation;

/// <summary>
/// One JSON object of a request with its place, and the questions LINE asks about its fields. Lengths are UTF-16 units
/// (ref@549000). A field that is <c>null</c> counts as left out.
/// </summary>
internal readonly struct Node(JsonElement value, Place place, Findings findings)
{
    public JsonElement Value => value;

    public static Node Root(JsonElement value, Findings findings) => new(value, new Place(null, null), findings);

    public void Wrong(string name, string message) => findings.Add(message, PlaceOf(name).ToString());

    public void WrongHere(string message) => findings.Add(message, place.ToString());

    public bool Has(string name) => value.TryGetProperty(name, out var field) && field.ValueKind != JsonValueKind.Null;

    /// <summary>A text of <paramref name="min"/> to <paramref name="max"/> units.</summary>
    /// <returns>The text, or null when it is left out or wrong.</returns>
    public string? Text(string name, int max, bool required = false, int min = 1)
    {
        if (!TryGet(name, required, out var field)) return null;
        if (field.ValueKind != JsonValueKind.String) return Fail(name, "Must be a string");
        if (!TryRead(field, out var text)) return Fail(name, "Contains an invalid character");
        if (text.Length == 0 && min > 0) return Fail(name, "May not be empty");
        if (text.Length < min || text.Length > max) return Fail(name, $"Length must be between {(min > 1 ? min : 0)} and {max}");
        return text;
    }

    public string? OneOf(string name, bool required, params ReadOnlySpan<string> allowed)
    {
        var text = Text(name, int.MaxValue, required);
        if (text is null || allowed.Contains(text)) return text;
        return Fail(name, $"Must be one of the following values: [{string.Join(", ", allowed!)}]");
    }

    public long? Whole(string name, bool required = false, long min = long.MinValue, long max = long.MaxValue)
    {
        if (!TryGet(name, required, out var field)) return null;
        if (field.ValueKind == JsonValueKind.Number && field.TryGetInt64(out var number))
        {
            if (number >= min && number <= max) return number;
            Wrong(name, max == long.MaxValue ? $"Must be greater than or equal to {min}" : $"Must be between {min} and {max}");
            return null;
        }

        Wrong(name, "Must be an integer");
        return null;
    }

    public void Number(string name, double min, double max)
    {
        if (!TryGet(name, required: true, out var field)) return;
        if (field.ValueKind != JsonValueKind.Number || !field.TryGetDouble(out var number)) Wrong(name, "Must be a number");
        else if (number < min || number > max) Wrong(name, $"Must be between {min} and {max}");
    }

    public void Flag(string name)
    {
        if (TryGet(name, required: false, out var field) && field.ValueKind is not (JsonValueKind.True or JsonValueKind.False)) Wrong(name, "Must be a boolean");
    }

    /// <summary>An absolute address with one of these schemes.</summary>
    public string? Url(string name, bool required, int max, params ReadOnlySpan<string> schemes)
    {
        var text = Text(name, max, required);
        if (text is null) return null;
        var colon = text.IndexOf(':', StringComparison.Ordinal);
        if (colon > 0 && schemes.Contains(text[..colon].ToLowerInvariant()) && !text.AsSpan().ContainsAny(" \t\r\n")) return text;
        return Fail(name, "invalid uri scheme");
    }

    /// <summary>An object field.</summary>
    /// <returns>False when it is left out or not an object (which is then noted).</returns>
    public bool TryObject(string name, bool required, out Node child)
    {
        child = default;
        if (!TryGet(name, required, out var field)) return false;
        child = new(field, PlaceOf(name), findings);
        if (field.ValueKind == JsonValueKind.Object) return true;
        child.WrongHere("Must be an object");
        return false;
    }

    /// <summary>The objects of an array field; anything else in it is noted and left out.</summary>
    public IReadOnlyList<Node> Objects(string name, bool required, int min, int max, string? sizeMessage = null)
    {
        if (!TryGet(name, required, out var field)) return [];
        if (field.ValueKind != JsonValueKind.Array)
        {
            Wrong(name, "Must be an array");
            return [];
        }

        var length = field.GetArrayLength();
        if (length < min || length > max) Wrong(name, sizeMessage ?? $"Size must be between {min} and {max}");
        var nodes = new List<Node>(length);
        var here = PlaceOf(name);
        var index = 0;
        foreach (var item in field.EnumerateArray())
        {
            var node = new Node(item, new Place(here, null, index++), findings);
            if (item.ValueKind == JsonValueKind.Object) nodes.Add(node);
            else node.WrongHere("Must be an object");
        }

        return nodes;
    }

    /// <summary>The raw length of this object's JSON in UTF-8 bytes.</summary>
    public int JsonBytes => System.Text.Encoding.UTF8.GetByteCount(value.GetRawText());

    private bool TryGet(string name, bool required, out JsonElement field)
    {
        if (value.TryGetProperty(name, out field) && field.ValueKind != JsonValueKind.Null) return true;
        if (required) Wrong(name, "May not be empty");
        return false;
    }

    private Place PlaceOf(string name) => new(place, name);

    private string? Fail(string name, string message)
    {
        Wrong(name, message);
        return null;
    }

    /// <summary>A lone surrogate written as an escape parses and then throws on reading (reliability.md 3).</summary>
    private static bool TryRead(JsonElement field, out string text)
    {
        try
        {
            text = field.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            text = "";
            return false;
        }
    }
}
