using System.Net;
using ChatDesk.People;
using ChatDesk.People.Accounts;
using ChatDesk.People.SignIn;

namespace ChatDesk.Tests.People;

/// <summary>Signing in as a person does it: over HTTP, with the pages' own forms.</summary>
public sealed class SignInTests
{
    [Fact]
    public async Task An_officer_signs_in_and_out_and_both_stand_in_the_audit_log()
    {
        await using var desk = await PeopleDesk.StartAsync();
        await desk.AddAsync("malee");
        using var browser = desk.Open();
        Assert.Equal("/desk/sign-in?return=%2Fdesk", (await browser.GetAsync("/desk")).Location);

        await browser.SignInAsync("MALEE", PeopleDesk.Password);
        var home = await browser.GetAsync("/desk");
        Assert.Contains("คุณmalee", home.Text, StringComparison.Ordinal);
        var session = browser.Cookies.Single(c => c.Name == "chatdesk");
        Assert.True(session.HttpOnly);

        Assert.Equal("/desk/sign-in", (await browser.SubmitAsync("/desk", "/desk/sign-out")).Location);
        Assert.False(await browser.IsSignedInAsync());
        Assert.Single(await desk.AuditAsync("sign-in"));
        Assert.Single(await desk.AuditAsync("sign-out"));
    }

    [Fact]
    public async Task A_cookie_kept_from_before_signing_out_opens_nothing()
    {
        await using var desk = await PeopleDesk.StartAsync();
        await desk.AddAsync("malee");
        using var browser = await desk.SignInAsync("malee");
        var stolen = browser.Cookies.Single(c => c.Name == "chatdesk").Value;

        await browser.SubmitAsync("/desk", "/desk/sign-out");

        using var thief = desk.Open();
        using var request = new HttpRequestMessage(HttpMethod.Get, "/desk");
        request.Headers.Add("Cookie", $"chatdesk={stolen}");
        Assert.Equal(HttpStatusCode.Redirect, (await thief.SendAsync(request)).Status);
    }

    [Theory]
    [InlineData("malee", "wrong")]
    [InlineData("nobody", PeopleDesk.Password)]
    [InlineData("closed", PeopleDesk.Password)]
    [InlineData("' OR 1=1 --", "'")]
    public async Task Whatever_is_wrong_the_answer_is_the_same(string userName, string password)
    {
        await using var desk = await PeopleDesk.StartAsync();
        await desk.AddAsync("malee");
        var closed = await desk.AddAsync("closed");
        var boss = await desk.AddAsync("boss", OfficerRole.Administrator);
        await desk.AsAsync<OfficerDirectory>(directory => directory.DisableAsync(Identity(boss), closed.Id, disabled: true));
        using var browser = desk.Open();

        var answer = await browser.TryPasswordAsync(userName, password);

        Assert.Equal(HttpStatusCode.OK, answer.Status);
        Assert.Contains("ชื่อผู้ใช้หรือรหัสผ่านไม่ถูกต้อง", answer.Text, StringComparison.Ordinal);
        Assert.False(await browser.IsSignedInAsync());
    }

    [Theory]
    [InlineData("https://evil.example/", "/desk")]
    [InlineData("//evil.example/", "/desk")]
    [InlineData("/desk\\..\\evil", "/desk")]
    [InlineData("/deskevil", "/desk")]
    [InlineData("/desk/account?x=1", "/desk/account?x=1")]
    public async Task Signing_in_leads_back_into_the_desk_and_nowhere_else(string wanted, string to)
    {
        await using var desk = await PeopleDesk.StartAsync();
        await desk.AddAsync("malee");
        using var browser = desk.Open();

        var answer = await browser.SubmitAsync($"/desk/sign-in?return={Uri.EscapeDataString(wanted)}", "sign-in", ("Input.UserName", "malee"), ("Input.Password", PeopleDesk.Password));

        Assert.Equal(to, answer.Location);
    }

    [Fact]
    public async Task A_form_without_its_token_or_with_another_browsers_changes_nothing()
    {
        await using var desk = await PeopleDesk.StartAsync();
        await desk.AddAsync("malee");
        using var browser = await desk.SignInAsync("malee");
        using var other = desk.Open();
        var foreign = await other.GetAsync("/desk/sign-in");

        using var bare = new HttpRequestMessage(HttpMethod.Post, "/desk/sign-out") { Content = new FormUrlEncodedContent([]) };
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.SendAsync(bare)).Status);
        Assert.Equal(HttpStatusCode.BadRequest, (await browser.SubmitAsync(foreign, "/desk/sign-in", "sign-in", ("Input.UserName", "malee"), ("Input.Password", PeopleDesk.Password))).Status);
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task With_an_authenticator_app_the_password_alone_is_not_enough_and_no_code_works_twice()
    {
        await using var desk = await PeopleDesk.StartAsync();
        var officer = await desk.AddAsync("malee");
        using var browser = await desk.SignInAsync("malee");

        var page = await browser.GetAsync("/desk/account/authenticator");
        var proposal = System.Text.RegularExpressions.Regex.Match(page.Html, "name=\"On.Proposal\" value=\"([^\"]*)\"").Groups[1].Value;
        var key = await desk.AsAsync<SecondFactor, byte[]>(factor => Task.FromResult(factor.Proposed(proposal)!));
        Assert.Contains("<svg class=\"qr\"", page.Html, StringComparison.Ordinal);
        Assert.DoesNotContain("รหัสกู้คืน", (await browser.SubmitAsync(page, "/desk/account/authenticator", "on", ("On.Code", "000000"))).Text, StringComparison.Ordinal);

        var code = Totp.CodeAt(key, TimeProvider.System.GetUtcNow());
        var done = await browser.SubmitAsync(page, "/desk/account/authenticator", "on", ("On.Code", code));
        var recovery = System.Text.RegularExpressions.Regex.Matches(done.Html, "<li><code>([A-Z2-7-]*)</code>").Select(m => m.Groups[1].Value).ToList();
        Assert.Equal(SecondFactor.RecoveryCodeCount, recovery.Distinct().Count());
        Assert.True(await browser.IsSignedInAsync());

        using var again = desk.Open();
        Assert.StartsWith("/desk/sign-in/code", (await again.TryPasswordAsync("malee", PeopleDesk.Password)).Location, StringComparison.Ordinal);
        Assert.False(await again.IsSignedInAsync());
        // The code that turned it on is spent, although its half minute may not be over.
        Assert.Equal(HttpStatusCode.OK, (await again.SubmitAsync("/desk/sign-in/code", "code", ("Input.Code", code))).Status);
        Assert.Equal("/desk", (await again.SubmitAsync("/desk/sign-in/code", "code", ("Input.Code", recovery[0].ToLowerInvariant()))).Location);
        Assert.True(await again.IsSignedInAsync());

        using var third = desk.Open();
        await third.TryPasswordAsync("malee", PeopleDesk.Password);
        Assert.Equal(HttpStatusCode.OK, (await third.SubmitAsync("/desk/sign-in/code", "code", ("Input.Code", recovery[0]))).Status);
        Assert.False(await third.IsSignedInAsync());
        Assert.Equal(officer.Id, Assert.Single(await desk.AuditAsync("officer.authenticator-on")).OfficerId);
    }

    [Fact]
    public async Task Where_a_second_factor_is_demanded_only_the_page_that_sets_it_up_opens()
    {
        await using var desk = await PeopleDesk.StartAsync(settings => settings["SignIn:SecondFactor"] = "Supervisors");
        await desk.AddAsync("boss", OfficerRole.Supervisor);
        await desk.AddAsync("malee");
        using var boss = await desk.SignInAsync("boss");
        using var malee = await desk.SignInAsync("malee");

        Assert.Equal("/desk/account/authenticator", (await boss.GetAsync("/desk/audit")).Location);
        Assert.Equal(HttpStatusCode.OK, (await boss.GetAsync("/desk/account/authenticator")).Status);
        Assert.True(await malee.IsSignedInAsync());
    }

    [Fact]
    public async Task A_name_with_markup_in_it_is_shown_and_never_run()
    {
        await using var desk = await PeopleDesk.StartAsync();
        const string name = "<img src=x onerror=alert(1)>\"'&<script>alert(2)</script>";
        await desk.AddAsync("boss", OfficerRole.Administrator, displayName: name);
        using var browser = await desk.SignInAsync("boss");

        foreach (var path in (string[])["/desk", "/desk/account", "/desk/people", "/desk/audit", "/desk/nothing"])
        {
            var page = await browser.GetAsync(path);
            Assert.Contains(name, page.Text, StringComparison.Ordinal);
            Assert.DoesNotContain("<img src=x", page.Html, StringComparison.Ordinal);
            Assert.DoesNotContain("<script>", page.Html, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task The_demo_says_its_passwords_and_they_open_the_desk_and_nothing_else_does()
    {
        await using var desk = await PeopleDesk.StartAsync(settings => settings["SignIn:DemoOfficers"] = "true");
        await ChatDesk.Startup.DeskHost.PrepareOfficersAsync(desk.Desk.Get<IServiceProvider>());
        using var page = desk.Open();
        var text = (await page.GetAsync("/desk/sign-in")).Text;
        foreach (var officer in FirstOfficers.Demo)
        {
            Assert.Contains(officer.Password, text, StringComparison.Ordinal);
            using var browser = desk.Open();
            await browser.SignInAsync(officer.UserName, officer.Password);
            Assert.True(await browser.IsSignedInAsync());
        }
    }

    [Fact]
    public async Task Outside_the_demo_its_officers_are_closed_and_the_first_administrator_comes_by_a_word_that_works_once()
    {
        await using var desk = await PeopleDesk.StartAsync(settings => settings["SignIn:DemoOfficers"] = "true");
        await ChatDesk.Startup.DeskHost.PrepareOfficersAsync(desk.Desk.Get<IServiceProvider>());
        var options = desk.Desk.Get<PeopleOptions>() with { IsDemo = false };
        var waiting = await desk.AsAsync<IServiceProvider, IReadOnlyList<(string Agency, string Token)>>(
            services => Microsoft.Extensions.DependencyInjection.ActivatorUtilities.CreateInstance<FirstOfficers>(services, options).PrepareAsync());
        var word = Assert.Single(waiting).Token;
        using var browser = desk.Open();
        var demo = FirstOfficers.Demo[0];
        Assert.Contains("ไม่ถูกต้อง", (await browser.TryPasswordAsync(demo.UserName, demo.Password)).Text, StringComparison.Ordinal);

        (string, string)[] form = [("Input.Word", word), ("Input.UserName", "anan@example.go.th"), ("Input.Name", "อนันต์"), ("Input.Password", PeopleDesk.Password)];
        Assert.Contains("ไม่ถูกต้อง", (await browser.SubmitAsync("/desk/first", "first", [("Input.Word", "guessed"), .. form[1..]])).Text, StringComparison.Ordinal);
        Assert.Contains("สั้นเกินไป", (await browser.SubmitAsync("/desk/first", "first", [.. form[..3], ("Input.Password", "short")])).Text, StringComparison.Ordinal);
        Assert.Contains("สร้างบัญชีแล้ว", (await browser.SubmitAsync("/desk/first", "first", form)).Text, StringComparison.Ordinal);
        Assert.Contains("ถูกใช้ไปแล้ว", (await browser.SubmitAsync("/desk/first", "first", [form[0], ("Input.UserName", "second"), .. form[2..]])).Text, StringComparison.Ordinal);

        await browser.SignInAsync("anan@example.go.th", PeopleDesk.Password);
        Assert.Equal(HttpStatusCode.OK, (await browser.GetAsync("/desk/people")).Status);
    }

    internal static OfficerIdentity Identity(Officer officer) => new(officer.Agency, officer.Id, officer.DisplayName, officer.Role, officer.Units, officer.Languages);
}
