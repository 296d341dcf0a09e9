using System.Globalization;
using ChatDesk.People;
using ChatDesk.People.Accounts;

namespace ChatDesk.Desk.Shell;

/// <summary>Language and look of the desk's pages. Both live in cookies, so that the sign-in page has them too; the language is also kept with the account.</summary>
internal static class DeskPreferences
{
    private const string LanguageCookie = "chatdesk.language";
    private const string ThemeCookie = "chatdesk.theme";

    private static readonly CultureInfo Thai = CultureInfo.GetCultureInfo("th-TH");
    private static readonly CultureInfo English = CultureInfo.GetCultureInfo("en-GB");

    /// <summary>Light and dark as the browser says, or always one of them.</summary>
    public static IReadOnlyList<string> Themes { get; } = ["system", "light", "dark"];

    public static string ThemeOf(HttpContext http) => http.Request.Cookies[ThemeCookie] is { } theme && Themes.Contains(theme) ? theme : "system";

    /// <summary>The officer's language; before sign-in what was chosen here, else Thai unless the browser asks for English before Thai.</summary>
    public static CultureInfo LanguageOf(HttpContext http)
    {
        var chosen = http.Request.Cookies[LanguageCookie] ?? OfficerIdentity.From(http.User)?.Language;
        if (chosen is not null) return chosen == "en" ? English : Thai;
        var asked = http.Request.GetTypedHeaders().AcceptLanguage.OrderByDescending(l => l.Quality ?? 1)
            .Select(l => l.Value.Value?.Split('-')[0]).FirstOrDefault(l => l is "th" or "en");
        return asked == "en" ? English : Thai;
    }

    /// <summary>Runs the pages of the desk, and their circuits, in the officer's language. Nothing else: what LINE and machines send is read invariantly.</summary>
    public static Task UseLanguageAsync(HttpContext http, RequestDelegate next)
    {
        if (http.Request.Path.StartsWithSegments("/desk", StringComparison.Ordinal) || http.Request.Path.StartsWithSegments("/_blazor", StringComparison.Ordinal))
            CultureInfo.CurrentCulture = CultureInfo.CurrentUICulture = LanguageOf(http);
        return next(http);
    }

    /// <summary><c>POST /desk/preferences</c>.</summary>
    public static async Task ChangeAsync(HttpContext http)
    {
        if (!await DeskForms.HoldsTokenAsync(http)) return;
        var form = await http.Request.ReadFormAsync(http.RequestAborted);
        if (form["theme"].ToString() is { Length: > 0 } theme && Themes.Contains(theme)) Remember(http, ThemeCookie, theme);
        if (form["language"].ToString() is "th" or "en")
        {
            var language = form["language"].ToString();
            Remember(http, LanguageCookie, language);
            if (OfficerIdentity.From(http.User) is { } officer) await http.RequestServices.GetRequiredService<OfficerAccount>().SpeakAsync(officer, language);
        }
        http.Response.Redirect(DeskForms.LocalOrHome(form["back"]));
    }

    private static void Remember(HttpContext http, string cookie, string value) => http.Response.Cookies.Append(cookie, value, new CookieOptions
    {
        HttpOnly = true,
        IsEssential = true,
        MaxAge = TimeSpan.FromDays(365),
        Path = "/",
        SameSite = SameSiteMode.Lax,
        Secure = http.Request.IsHttps,
    });
}
