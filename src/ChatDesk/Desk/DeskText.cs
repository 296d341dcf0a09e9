namespace ChatDesk.Desk;

/// <summary>The words of the desk's pages: <c>DeskText.resx</c> in Thai, <c>DeskText.en.resx</c> in English.</summary>
internal sealed class DeskText;
