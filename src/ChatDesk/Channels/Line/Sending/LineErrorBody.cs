using System.Text.Json;

namespace ChatDesk.Channels.Line.Sending;

/// <summary>Reads LINE's error body <c>{message, details[{message, property}]}</c> (reference: error responses) into the little the desk needs.</summary>
internal static class LineErrorBody
{
    private const int LongestRead = 16 * 1024;
    private const int LongestName = 200;

    public static async ValueTask<(LineError Error, string? Properties)> ReadAsync(HttpResponseMessage response, CancellationToken stopping)
    {
        await using var stream = await response.Content.ReadAsStreamAsync(stopping);
        var buffer = new byte[LongestRead];
        var length = await stream.ReadAtLeastAsync(buffer, buffer.Length, throwOnEndOfStream: false, stopping);
        return Read(buffer.AsMemory(0, length));
    }

    internal static (LineError Error, string? Properties) Read(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var json = JsonDocument.Parse(body);
            if (json.RootElement.ValueKind != JsonValueKind.Object) return (LineError.Other, null);
            return (ErrorOf(json.RootElement), PropertiesOf(json.RootElement));
        }
        catch (JsonException)
        {
            return (LineError.Other, null);
        }
    }

    private static LineError ErrorOf(JsonElement body)
    {
        var message = body.TryGetProperty("message", out var m) && m.ValueKind == JsonValueKind.String ? m.GetString()! : "";
        if (message.Contains("invalid reply token", StringComparison.OrdinalIgnoreCase)) return LineError.InvalidReplyToken;
        // "You have reached your monthly limit." apart from "The API rate limit has been exceeded. Try again later."
        return message.Contains("monthly limit", StringComparison.OrdinalIgnoreCase) ? LineError.MonthlyLimit : LineError.Other;
    }

    private static string? PropertiesOf(JsonElement body)
    {
        if (!body.TryGetProperty("details", out var details) || details.ValueKind != JsonValueKind.Array) return null;
        var names = details.EnumerateArray()
            .Where(d => d.ValueKind == JsonValueKind.Object && d.TryGetProperty("property", out var p) && p.ValueKind == JsonValueKind.String)
            .Select(d => d.GetProperty("property").GetString());
        return LineLimits.Cut(string.Join(", ", names), LongestName);
    }
}
