using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace ChatDesk.LineSimulator.Api;

/// <summary>One call of the bot, read off the wire.</summary>
/// <param name="Id">The <c>X-Line-Request-Id</c> of its answer.</param>
/// <param name="Body">As received; valid only while the call is handled.</param>
internal readonly record struct LineRequest(string Id, LineRoute Route, ReadOnlyMemory<byte> Body, string? RetryKey)
{
    /// <returns>False when the body is not one JSON object.</returns>
    public bool TryParse([NotNullWhen(true)] out JsonDocument? document)
    {
        document = null;
        try
        {
            document = JsonDocument.Parse(Body);
        }
        catch (JsonException)
        {
            return false;
        }

        if (document.RootElement.ValueKind == JsonValueKind.Object) return true;
        document.Dispose();
        document = null;
        return false;
    }
}

/// <summary>One request as it came and how it ended, for tests that ask what the bot did.</summary>
/// <param name="Status">The HTTP status; 0 when the line was dropped or the bot did not wait.</param>
internal sealed record ReceivedRequest(
    DateTimeOffset At, string RequestId, LineEndpoint Endpoint, string Method, string Path, string? RetryKey, byte[] Body, int Status, Faults.FaultKind Fault);
