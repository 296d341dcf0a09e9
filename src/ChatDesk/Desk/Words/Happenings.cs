using ChatDesk.Handover;

namespace ChatDesk.Desk.Words;

/// <summary>What the grey lines of a thread say: somebody claimed, transferred, closed …</summary>
internal static class Happenings
{
    public static string Say(TranscriptLine line, ConsoleTexts texts)
    {
        if (line.Kind == LineKind.Notice) return texts.Or($"Notice_{line.Happening}", string.IsNullOrEmpty(line.Text) ? texts["Kind_Notice"] : line.Text);
        var (who, to, reason) = (line.OfficerName ?? Detail(line, "by") ?? texts["Desk"], Detail(line, "to") ?? "", Detail(line, "reason") ?? "");
        var said = texts.Or($"Happened_{line.Happening}", "") is { Length: > 0 } pattern
            ? string.Format(System.Globalization.CultureInfo.InvariantCulture, pattern, who, to, reason, Topic(line, texts), Outcome(line, texts))
            : $"{who}: {line.Happening}";
        return said.TrimEnd(' ', ':', '·');
    }

    private static string Topic(TranscriptLine line, ConsoleTexts texts) => Detail(line, "topic") is { } topic ? texts.Or($"Topic_{topic}", topic) : "";

    private static string Outcome(TranscriptLine line, ConsoleTexts texts) => Detail(line, "outcome") is { } outcome ? texts.Or($"Outcome_{outcome}", outcome) : "";

    private static string? Detail(TranscriptLine line, string name) => line.Details.GetValueOrDefault(name);
}
