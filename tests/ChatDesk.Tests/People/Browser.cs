using System.Net;
using System.Text.RegularExpressions;

namespace ChatDesk.Tests.People;

/// <summary>A browser without scripts: it keeps cookies, reads a page and posts the forms it finds there.</summary>
internal sealed partial class Browser : IDisposable
{
    private readonly HttpClient _http;
    private readonly CookieContainer _cookies = new();

    public Browser(string url)
    {
        _http = new HttpClient(new SocketsHttpHandler { AllowAutoRedirect = false, CookieContainer = _cookies }) { BaseAddress = new Uri(url), Timeout = TimeSpan.FromSeconds(30) };
        _http.DefaultRequestHeaders.Add("Accept", "text/html");
        _http.DefaultRequestHeaders.Add("Accept-Language", "th");
    }

    public CookieCollection Cookies => _cookies.GetAllCookies();

    public static async Task<Answer> ReadAsync(HttpResponseMessage response) => new(
        response.StatusCode, response.Headers.Location?.OriginalString, await response.Content.ReadAsStringAsync(), response);

    public async Task<Answer> GetAsync(string path) => await ReadAsync(await _http.GetAsync(new Uri(path, UriKind.Relative)));

    public async Task<Answer> SendAsync(HttpRequestMessage request) => await ReadAsync(await _http.SendAsync(request));

    /// <summary>Opens a page and posts the form of this name on it.</summary>
    public async Task<Answer> SubmitAsync(string page, string form, params (string Name, string Value)[] fields)
    {
        var opened = await GetAsync(page);
        Assert.Equal(HttpStatusCode.OK, opened.Status);
        return await SubmitAsync(opened, page, form, fields);
    }

    /// <summary>Posts the form of this name on an opened page.</summary>
    public async Task<Answer> SubmitAsync(Answer opened, string page, string form, params (string Name, string Value)[] fields)
    {
        var markup = Forms().Matches(opened.Html).Select(m => m.Value).FirstOrDefault(f => f.Contains($"name=\"_handler\" value=\"{form}\"", StringComparison.Ordinal) || f.Contains($"action=\"{form}\"", StringComparison.Ordinal))
            ?? throw new InvalidOperationException($"no form {form} on {page}: {opened.Text}");
        var values = Hidden().Matches(markup).Select(m => KeyValuePair.Create(WebUtility.HtmlDecode(m.Groups[1].Value), WebUtility.HtmlDecode(m.Groups[2].Value)))
            .Concat(fields.Select(f => KeyValuePair.Create(f.Name, f.Value)));
        using var content = new FormUrlEncodedContent(values);
        var target = form.StartsWith('/') ? form : page;
        return await ReadAsync(await _http.PostAsync(new Uri(target, UriKind.Relative), content));
    }

    public Task<Answer> TryPasswordAsync(string userName, string password) =>
        SubmitAsync("/desk/sign-in", "sign-in", ("Input.UserName", userName), ("Input.Password", password));

    public async Task SignInAsync(string userName, string password)
    {
        var answer = await TryPasswordAsync(userName, password);
        Assert.True(answer.Status == HttpStatusCode.Redirect, $"{userName} could not sign in: {answer.Text}");
        Assert.Equal("/desk", answer.Location);
    }

    /// <summary>What the desk says to a signed-in officer's first page: 200, or a way to sign in.</summary>
    public async Task<bool> IsSignedInAsync() => (await GetAsync("/desk")).Status == HttpStatusCode.OK;

    public void Dispose() => _http.Dispose();

    [GeneratedRegex("<form .*?</form>", RegexOptions.Singleline)]
    private static partial Regex Forms();

    [GeneratedRegex("<input type=\"hidden\" name=\"([^\"]*)\" value=\"([^\"]*)\"")]
    private static partial Regex Hidden();

    /// <summary>An answer as a person and as a machine reads it.</summary>
    internal sealed record Answer(HttpStatusCode Status, string? Location, string Html, HttpResponseMessage Response)
    {
        /// <summary>The page with its entities resolved.</summary>
        public string Text => WebUtility.HtmlDecode(Html);
    }
}
