namespace ChatDesk.Desk.Casework;

/// <summary>The words of the case pages: <c>CaseText.resx</c> in Thai, <c>CaseText.en.resx</c> in English.</summary>
internal sealed class CaseText;
