using System.Text;
using System.Text.Json;

namespace ChatDesk.Channels;

/// <summary>Reads a provider's JSON where every field is optional and may have any type: what does not fit is "not there", never an exception.</summary>
internal static class LooseJson
{
    public static JsonElement? Object(this JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Object ? value : null;

    public static JsonElement? List(this JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Array ? value : null;

    /// <summary>The text of a field; U+0000 and lone surrogates, which databases and JSON writers refuse, come out as U+FFFD.</summary>
    public static string? String(this JsonElement from, string name)
    {
        if (from.ValueKind != JsonValueKind.Object || !from.TryGetProperty(name, out var value) || value.ValueKind != JsonValueKind.String) return null;
        string text;
        try
        {
            text = value.GetString()!;
        }
        catch (InvalidOperationException)
        {
            text = Unescape(value.GetRawText());
        }
        return text.Contains('\0') ? text.Replace('\0', '\uFFFD') : text;
    }

    public static long? Long(this JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetInt64(out var number) ? number : null;

    public static double? Double(this JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.Number && value.TryGetDouble(out var number) ? number : null;

    public static bool IsTrue(this JsonElement from, string name) =>
        from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var value) && value.ValueKind == JsonValueKind.True;

    /// <summary>Undoes JSON escapes by hand for strings that System.Text.Json refuses: a surrogate without its half becomes U+FFFD.</summary>
    /// <param name="quoted">The string as written, with its quotation marks; syntax already checked by the parser.</param>
    private static string Unescape(string quoted)
    {
        var text = new StringBuilder(quoted.Length);
        for (var i = 1; i < quoted.Length - 1; i++)
        {
            if (quoted[i] != '\\')
            {
                text.Append(quoted[i]);
                continue;
            }
            i++;
            text.Append(quoted[i] switch
            {
                'n' => '\n',
                't' => '\t',
                'r' => '\r',
                'b' => '\b',
                'f' => '\f',
                'u' => (char)Convert.ToUInt16(quoted.Substring(i + 1, 4), 16),
                var other => other,
            });
            if (quoted[i] == 'u') i += 4;
        }
        return WithoutLoneSurrogates(text);
    }

    private static string WithoutLoneSurrogates(StringBuilder text)
    {
        for (var i = 0; i < text.Length; i++)
        {
            if (char.IsHighSurrogate(text[i]) && i + 1 < text.Length && char.IsLowSurrogate(text[i + 1])) i++;
            else if (char.IsSurrogate(text[i])) text[i] = '\uFFFD';
        }
        return text.ToString();
    }
}
