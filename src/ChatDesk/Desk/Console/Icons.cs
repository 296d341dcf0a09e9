using Microsoft.AspNetCore.Components;

namespace ChatDesk.Desk.Console;

/// <summary>The console's own icons: one stroke, the colour of the text around them.</summary>
internal static class Icons
{
    public static readonly MarkupString Search = Draw("M10.5 4a6.5 6.5 0 1 0 0 13 6.5 6.5 0 0 0 0-13zM15.5 15.5 20 20");
    public static readonly MarkupString Warning = Draw("M12 4 2.5 20h19zM12 10v4.5M12 17.4v.2");
    public static readonly MarkupString Back = Draw("M15 5l-7 7 7 7");
    public static readonly MarkupString Panel = Draw("M12 11v6M12 7.4v.2M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18z");
    public static readonly MarkupString File = Draw("M7 3h7l4 4v14H7zM14 3v4h4");
    public static readonly MarkupString Picture = Draw("M4 5h16v14H4zM4 16l5-5 4 4 3-3 4 4");
    public static readonly MarkupString Sound = Draw("M5 9v6h4l5 4V5L9 9zM17 9a4 4 0 0 1 0 6");
    public static readonly MarkupString Video = Draw("M4 6h11v12H4zM15 10l5-3v10l-5-3z");
    public static readonly MarkupString Place = Draw("M12 21s7-6.2 7-11a7 7 0 1 0-14 0c0 4.8 7 11 7 11zM12 7.5a2.5 2.5 0 1 0 0 5 2.5 2.5 0 0 0 0-5z");
    public static readonly MarkupString Smile = Draw("M12 3a9 9 0 1 0 0 18 9 9 0 0 0 0-18zM9 10v.2M15 10v.2M8.5 14.5a4.5 4.5 0 0 0 7 0");
    public static readonly MarkupString Pencil = Draw("M4 20l1-4L16 5l3 3L8 19z");
    public static readonly MarkupString Quote = Draw("M9 7L4 12l5 5M4 12h9a6 6 0 0 1 6 6");
    public static readonly MarkupString Close = Draw("M6 6l12 12M18 6L6 18");

    private static MarkupString Draw(string path) => new(
        $"""<svg class="icon" viewBox="0 0 24 24" width="20" height="20" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round" aria-hidden="true" focusable="false"><path d="{path}"/></svg>""");
}
