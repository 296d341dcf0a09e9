using System.Net;
using System.Text.RegularExpressions;
using ChatDesk.People;
using ChatDesk.People.Accounts;

namespace ChatDesk.Tests.People;

/// <summary>An administrator and the people of the agency, over the pages.</summary>
public sealed partial class AdministrationTests
{
    [Fact]
    public async Task An_invited_officer_sets_a_password_by_a_link_that_works_once()
    {
        await using var desk = await PeopleDesk.StartAsync();
        await desk.AddAsync("boss", OfficerRole.Administrator);
        using var boss = await desk.SignInAsync("boss");

        var added = await boss.SubmitAsync("/desk/people", "add", ("Input.UserName", "noi"), ("Input.Name", "น้อย"), ("Input.Role", "Officer"), ("Input.Units", "permits, tax"), ("Input.Languages", "th,en"), ("Input.Capacity", "3"));
        var link = Link().Match(added.Text).Groups[1].Value;
        Assert.NotEmpty(link);

        using var noi = desk.Open();
        Assert.Contains("สั้นเกินไป", (await noi.SubmitAsync(link, "join", ("Input.Password", "short"))).Text, StringComparison.Ordinal);
        Assert.Contains("มีคนใช้มากเกินไป", (await noi.SubmitAsync(link, "join", ("Input.Password", "Password123!"))).Text, StringComparison.Ordinal);
        Assert.Equal("/desk", (await noi.SubmitAsync(link, "join", ("Input.Password", PeopleDesk.Password))).Location);
        Assert.True(await noi.IsSignedInAsync());
        Assert.Contains("ถูกใช้ไปแล้ว", (await noi.GetAsync(link)).Text, StringComparison.Ordinal);

        var officer = await desk.AsAsync<OfficerDirectory, Officer>(async d => (await d.ListAsync("demo")).Single(o => o.UserName == "noi"));
        Assert.Equal(["permits", "tax"], officer.Units);
        Assert.Equal(3, officer.Capacity);
        Assert.Equal(HttpStatusCode.Forbidden, (await noi.GetAsync("/desk/people")).Status);
    }

    [Fact]
    public async Task A_reset_gives_a_new_link_and_the_old_password_opens_nothing()
    {
        await using var desk = await PeopleDesk.StartAsync();
        await desk.AddAsync("boss", OfficerRole.Administrator);
        var malee = await desk.AddAsync("malee");
        using var boss = await desk.SignInAsync("boss");

        var first = Link().Match((await boss.SubmitAsync($"/desk/people/{malee.Id}", "reset")).Text).Groups[1].Value;
        var second = Link().Match((await boss.SubmitAsync($"/desk/people/{malee.Id}", "reset")).Text).Groups[1].Value;

        using var browser = desk.Open();
        Assert.Contains("ไม่ถูกต้อง", (await browser.TryPasswordAsync("malee", PeopleDesk.Password)).Text, StringComparison.Ordinal);
        Assert.Contains("ถูกใช้ไปแล้ว", (await browser.GetAsync(first)).Text, StringComparison.Ordinal);
        Assert.Equal("/desk", (await browser.SubmitAsync(second, "join", ("Input.Password", "a new long phrase"))).Location);
    }

    [Fact]
    public async Task The_last_administrator_can_neither_be_closed_nor_made_less()
    {
        await using var desk = await PeopleDesk.StartAsync();
        var boss = await desk.AddAsync("boss", OfficerRole.Administrator);
        using var browser = await desk.SignInAsync("boss");

        Assert.Contains("อย่างน้อยหนึ่งคน", (await browser.SubmitAsync($"/desk/people/{boss.Id}", "disable")).Text, StringComparison.Ordinal);
        Assert.Contains("อย่างน้อยหนึ่งคน", (await browser.SubmitAsync($"/desk/people/{boss.Id}", "change", ("Input.Name", "x"), ("Input.Role", "Officer"))).Text, StringComparison.Ordinal);
        Assert.True(await browser.IsSignedInAsync());
    }

    [Fact]
    public async Task Nothing_beyond_the_form_can_be_set_and_no_other_agency_reached()
    {
        await using var desk = await PeopleDesk.StartAsync();
        await desk.AddAsync("boss", OfficerRole.Administrator);
        var malee = await desk.AddAsync("malee");
        var foreign = await desk.AddAsync("foreign", agency: "other");
        using var boss = await desk.SignInAsync("boss");

        await boss.SubmitAsync(
            $"/desk/people/{malee.Id}", "change", ("Input.Name", "มาลี"), ("Input.Role", "Officer"), ("Input.Agency", "other"), ("Input.UserName", "root"),
            ("Input.PasswordHash", "x"), ("Input.IsDemo", "true"), ("Input.Id", foreign.Id), ("id", foreign.Id));
        var page = await boss.GetAsync("/desk/people");
        Assert.DoesNotContain("foreign", page.Text, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await boss.GetAsync($"/desk/people/{foreign.Id}")).Status);

        await desk.AsAsync<OfficerDirectory>(async directory =>
        {
            var by = SignInTests.Identity((await directory.ListAsync("demo")).Single(o => o.UserName == "boss"));
            Assert.Equal(["NoSuchOfficer"], await directory.DisableAsync(by, foreign.Id, disabled: true));
            Assert.Null(await directory.ResetAsync(by, foreign.Id));
            var after = (await directory.FindAsync("demo", malee.Id))!;
            Assert.Equal(("malee", "มาลี", "demo", false), (after.UserName!, after.DisplayName, after.Agency, after.IsDemo));
            Assert.Equal("foreign", (await directory.FindAsync("other", foreign.Id))!.UserName);
        });
    }

    [GeneratedRegex(@"https?://[^/]+(/desk/join\?word=[0-9a-f]+)")]
    private static partial Regex Link();
}
