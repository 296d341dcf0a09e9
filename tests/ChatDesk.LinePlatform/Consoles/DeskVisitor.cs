using System.Net;
using System.Text.RegularExpressions;

namespace ChatDesk.LinePlatform.Consoles;

/// <summary>A signed-in officer without a browser: cookies, and the places of a page where its live parts stand.</summary>
internal sealed partial class DeskVisitor : IDisposable
{
    private readonly CookieContainer cookies = new();
    private readonly HttpClient http;

    public DeskVisitor(Uri desk)
    {
        Desk = desk;
        http = new(new SocketsHttpHandler { CookieContainer = cookies, AllowAutoRedirect = false }) { BaseAddress = desk };
    }

    public Uri Desk { get; }

    public string Cookies => cookies.GetCookieHeader(Desk);

    public async Task SignInAsync(string user, string password)
    {
        var page = await http.GetStringAsync(new Uri("/desk/sign-in", UriKind.Relative));
        var ours = Forms().Matches(page).First(f => f.Value.Contains("value=\"sign-in\"", StringComparison.Ordinal)).Value;
        var fields = Hidden().Matches(ours).Select(m => KeyValuePair.Create(WebUtility.HtmlDecode(m.Groups[1].Value), WebUtility.HtmlDecode(m.Groups[2].Value)))
            .Append(KeyValuePair.Create("Input.UserName", user)).Append(KeyValuePair.Create("Input.Password", password));
        using var form = new FormUrlEncodedContent(fields);
        using var answer = await http.PostAsync(new Uri("/desk/sign-in", UriKind.Relative), form);
        if (answer.Headers.Location?.OriginalString != "/desk") throw new InvalidOperationException($"{user} could not sign in: {answer.StatusCode}");
    }

    /// <summary>The live parts of a page, as the server described them to the browser.</summary>
    public async Task<IReadOnlyList<string>> MarkersAsync(string path) =>
        [.. Marker().Matches(await http.GetStringAsync(new Uri(path, UriKind.Relative))).Select(m => m.Groups[1].Value).Where(m => m.Contains("\"descriptor\"", StringComparison.Ordinal))];

    public void Dispose() => http.Dispose();

    [GeneratedRegex("<form .*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();

    [GeneratedRegex("<!--Blazor:(\\{.*?\\})-->")]
    private static partial Regex Marker();
}
