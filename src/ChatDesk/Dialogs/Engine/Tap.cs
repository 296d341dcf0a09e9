using ChatDesk.Activities;

namespace ChatDesk.Dialogs.Engine;

/// <summary>What a tapped button of a dialog says, read from its hidden value. Untrusted: anyone may send any value.</summary>
/// <param name="Command">One of the engine's own commands, or null.</param>
/// <param name="Dialog">Where the button was shown.</param>
/// <param name="Step">The step that showed it.</param>
/// <param name="Value">The answer it stands for.</param>
internal sealed record Tap(string? Command, string Dialog, string Step, string Value)
{
    /// <returns>Null when the input is not a button of a dialog.</returns>
    public static Tap? Of(InboundActivity input)
    {
        if (input.Data is not { Length: < 300 } data || !data.StartsWith(Speech.DataPrefix, StringComparison.Ordinal))
            return null;
        var rest = data[Speech.DataPrefix.Length..];
        if (rest.StartsWith('!'))
            return new Tap(rest[1..], "", "", "");
        var slash = rest.IndexOf('/', StringComparison.Ordinal);
        var colon = rest.IndexOf(':', StringComparison.Ordinal);
        return slash > 0 && colon > slash ? new Tap(null, rest[..slash], rest[(slash + 1)..colon], rest[(colon + 1)..]) : null;
    }
}
