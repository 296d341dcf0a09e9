using System.Net;
using System.Security.Cryptography;
using System.Text.RegularExpressions;
using System.Web;
using ChatDesk.Tests.Fixtures;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using Microsoft.IdentityModel.JsonWebTokens;
using Microsoft.IdentityModel.Tokens;

namespace ChatDesk.Tests.People;

/// <summary>Sign-in by OpenID Connect, against a small provider in this process.</summary>
public sealed class IdentityProviderTests
{
    [Fact]
    public async Task The_provider_proves_who_somebody_is_and_the_desk_decides_who_that_is_here()
    {
        await using var provider = await Provider.StartAsync();
        await using var desk = await PeopleDesk.StartAsync(provider.Settings);
        await desk.AddAsync("malee@example.go.th");

        provider.Email = "malee@example.go.th";
        using var malee = desk.Open();
        Assert.Equal("/desk/account", await WalkAsync(malee, provider, "/desk/account"));
        Assert.Contains("คุณmalee", (await malee.GetAsync("/desk")).Text, StringComparison.Ordinal);
        Assert.Contains("identity provider", Assert.Single(await desk.AuditAsync("sign-in")).Data, StringComparison.Ordinal);

        provider.Email = "stranger@example.go.th";
        using var stranger = desk.Open();
        Assert.Equal("/desk/sign-in?because=provider", await WalkAsync(stranger, provider, "/desk"));
        Assert.False(await stranger.IsSignedInAsync());

        (provider.Email, provider.Verified) = ("malee@example.go.th", false);
        using var unverified = desk.Open();
        Assert.Equal("/desk/sign-in?because=provider", await WalkAsync(unverified, provider, "/desk"));
    }

    [Fact]
    public async Task An_answer_that_was_not_asked_for_or_is_signed_by_another_key_opens_nothing()
    {
        await using var provider = await Provider.StartAsync();
        await using var desk = await PeopleDesk.StartAsync(provider.Settings);
        await desk.AddAsync("malee@example.go.th");
        provider.Email = "malee@example.go.th";
        using var browser = desk.Open();

        Assert.Equal("/desk/sign-in?because=provider", (await browser.GetAsync("/desk/sign-in/provider/done?code=x&state=y")).Location);

        provider.ForgesKey = true;
        Assert.Equal("/desk/sign-in?because=provider", await WalkAsync(browser, provider, "/desk"));
        Assert.False(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Without_a_provider_there_is_neither_a_button_nor_a_route()
    {
        await using var desk = await PeopleDesk.StartAsync();
        using var browser = desk.Open();
        Assert.DoesNotContain("/desk/sign-in/provider", (await browser.GetAsync("/desk/sign-in")).Html, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await browser.GetAsync("/desk/sign-in/provider")).Status);
    }

    private static async Task<string?> WalkAsync(Browser browser, Provider provider, string to)
    {
        var page = await browser.GetAsync($"/desk/sign-in?return={to}");
        var start = Regex.Match(page.Html, "href=\"(/desk/sign-in/provider[^\"]*)\"").Groups[1].Value;
        var away = (await browser.GetAsync(WebUtility.HtmlDecode(start))).Location!;
        var back = new Uri(await provider.AuthorizeAsync(away)).PathAndQuery;
        return (await browser.GetAsync(back)).Location;
    }

    /// <summary>Discovery, keys, authorize (says yes at once) and token (code with PKCE).</summary>
    private sealed class Provider : IAsyncDisposable
    {
        private readonly RsaSecurityKey _key = new(RSA.Create(2048)) { KeyId = "1" };
        private readonly RsaSecurityKey _forged = new(RSA.Create(2048)) { KeyId = "1" };
        private readonly WebApplication _app;
        private readonly HttpClient _http = new(new HttpClientHandler { AllowAutoRedirect = false }) { Timeout = TestDesk.Patience };
        private string _nonce = "", _challenge = "";

        private Provider(WebApplication app) => _app = app;

        public string Email { get; set; } = "";

        public bool Verified { get; set; } = true;

        public bool ForgesKey { get; set; }

        private string Url => _app.Urls.First();

        public static async Task<Provider> StartAsync()
        {
            var builder = WebApplication.CreateSlimBuilder();
            builder.Logging.ClearProviders();
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            var provider = new Provider(builder.Build());
            provider._app.Run(provider.AnswerAsync);
            await provider._app.StartAsync(TestContext.Current.CancellationToken);
            return provider;
        }

        public void Settings(Dictionary<string, string?> settings)
        {
            settings["SignIn:OpenIdConnect:Authority"] = Url;
            settings["SignIn:OpenIdConnect:ClientId"] = "desk";
            settings["SignIn:OpenIdConnect:ClientSecret"] = "a secret between the two";
            settings["SignIn:OpenIdConnect:Name"] = "ThaiD";
        }

        /// <summary>What the browser does at the provider: goes there and is sent back.</summary>
        public async Task<string> AuthorizeAsync(string address)
        {
            var asked = HttpUtility.ParseQueryString(new Uri(address).Query);
            Assert.Equal(("code", "S256", "desk"), (asked["response_type"], asked["code_challenge_method"], asked["client_id"]));
            using var answer = await _http.GetAsync(new Uri(address));
            return answer.Headers.Location!.OriginalString;
        }

        public async ValueTask DisposeAsync()
        {
            _http.Dispose();
            await _app.DisposeAsync();
        }

        private async Task AnswerAsync(HttpContext http)
        {
            switch (http.Request.Path.Value)
            {
                case "/.well-known/openid-configuration":
                    await http.Response.WriteAsJsonAsync(new Dictionary<string, object>
                    {
                        ["issuer"] = Url,
                        ["authorization_endpoint"] = $"{Url}/authorize",
                        ["token_endpoint"] = $"{Url}/token",
                        ["jwks_uri"] = $"{Url}/keys",
                        ["userinfo_endpoint"] = $"{Url}/user",
                    });
                    break;
                case "/keys":
                    var parameters = _key.Rsa.ExportParameters(includePrivateParameters: false);
                    await http.Response.WriteAsJsonAsync(new
                    {
                        keys = new[] { new { kty = "RSA", kid = "1", use = "sig", alg = "RS256", n = Base64UrlEncoder.Encode(parameters.Modulus), e = Base64UrlEncoder.Encode(parameters.Exponent) } },
                    });
                    break;
                case "/authorize":
                    (_nonce, _challenge) = (http.Request.Query["nonce"]!, http.Request.Query["code_challenge"]!);
                    http.Response.Redirect($"{http.Request.Query["redirect_uri"]}?code=the-code&state={Uri.EscapeDataString(http.Request.Query["state"]!)}");
                    break;
                case "/token":
                    var form = await http.Request.ReadFormAsync();
                    var proof = Base64UrlEncoder.Encode(SHA256.HashData(System.Text.Encoding.ASCII.GetBytes(form["code_verifier"].ToString())));
                    if (proof != _challenge || form["code"] != "the-code" || form["client_secret"] != "a secret between the two") http.Response.StatusCode = 400;
                    else await http.Response.WriteAsJsonAsync(new { access_token = "access", token_type = "Bearer", expires_in = 60, id_token = IdToken() });
                    break;
                case "/user":
                    await http.Response.WriteAsJsonAsync(new { sub = "7", email = Email, email_verified = Verified });
                    break;
                default:
                    http.Response.StatusCode = 404;
                    break;
            }
        }

        private string IdToken() => new JsonWebTokenHandler().CreateToken(new SecurityTokenDescriptor
        {
            Issuer = Url,
            Audience = "desk",
            Claims = new Dictionary<string, object> { ["sub"] = "7", ["nonce"] = _nonce },
            SigningCredentials = new SigningCredentials(ForgesKey ? _forged : _key, SecurityAlgorithms.RsaSha256),
        });
    }
}
