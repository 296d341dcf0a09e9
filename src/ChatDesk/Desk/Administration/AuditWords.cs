using System.Globalization;
using System.Text.Json;
using ChatDesk.Cases.Model;
using ChatDesk.Desk.Casework;
using Microsoft.Extensions.Localization;

namespace ChatDesk.Desk.Administration;

/// <summary>The audit log in officers' words. What it holds are codes, the same for ever and in every language.</summary>
internal sealed class AuditWords(IStringLocalizer<DeskText> words, IStringLocalizer<CaseText> cases)
{
    private static readonly string[] Own =
    [
        "sign-in", "sign-in.refused", "sign-in.code-refused", "sign-out", "presence.set",
        "conversation.read", "conversation.note", "contact.tag", "desk.search",
        "handover.claim", "handover.step-in", "handover.take-over", "handover.return", "handover.transfer", "handover.accept", "handover.refuse", "handover.take-back",
        "handover.hold", "handover.resume", "handover.say", "handover.retry", "handover.read", "handover.close", "handover.undo-close", "bot.off", "bot.on",
        "case.list", "case.read", "case.export", "promise.report", "promise.explain", "hours.change", "audit.read",
        "officer.add", "officer.change", "officer.disable", "officer.enable", "officer.reset", "officer.first-administrator",
        "officer.password-set", "officer.password-change", "officer.authenticator-on", "officer.authenticator-off",
    ];

    private const string OfCases = "case.";

    private static readonly Dictionary<string, CaseDeed> Deeds = Enum.GetValues<CaseDeed>().ToDictionary(d => OfCases + d.ToString().ToLowerInvariant(), StringComparer.Ordinal);

    /// <summary>Every code that the desk writes.</summary>
    public static IReadOnlyList<string> Known { get; } = [.. Own, .. Deeds.Keys];

    /// <returns>Null for a code that has no words, as an older desk may have written.</returns>
    public string? Did(string action) =>
        words[$"Audit.Did_{action}"] is { ResourceNotFound: false } known ? known.Value
        : Deeds.TryGetValue(action, out var deed) ? $"{words["Nav.Cases"]}: {cases[$"Deed.{deed}"]}"
        : null;

    /// <summary>What is noted beside a line, name by name; an address's escapes are read back.</summary>
    public static string Details(string json)
    {
        using var data = JsonDocument.Parse(json);
        if (data.RootElement.ValueKind != JsonValueKind.Object) return json;
        return string.Join(" · ", data.RootElement.EnumerateObject().Where(p => p.Value.ValueKind != JsonValueKind.Null)
            .Select(p => (p.Name, Text: Uri.UnescapeDataString(p.Value.ToString()))).Where(p => p.Text.Length > 0)
            .Select(p => string.Create(CultureInfo.InvariantCulture, $"{p.Name}: {p.Text}")));
    }
}
