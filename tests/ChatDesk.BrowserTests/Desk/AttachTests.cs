using System.Net;
using ChatDesk.BrowserTests.Browsing;
using static Microsoft.Playwright.Assertions;

namespace ChatDesk.BrowserTests.Desk;

/// <summary>Files that officers send: a picture on LINE, a form as an address, nothing that a contact's device would run.</summary>
public sealed class AttachTests(Chromium chromium)
{
    private const string LargePicture = """
        async () => {
          const canvas = new OffscreenCanvas(1500, 1100), pen = canvas.getContext('2d');
          const noise = pen.createImageData(1500, 1100);
          for (let at = 0; at < noise.data.length; at += 4) [noise.data[at], noise.data[at + 1], noise.data[at + 3]] = [Math.random() * 255, at % 256, 255];
          pen.putImageData(noise, 0, 0);
          const files = new DataTransfer();
          files.items.add(new File([await canvas.convertToBlob({ type: 'image/png' })], 'ใบเสร็จ.png', { type: 'image/png' }));
          const size = files.files[0].size, input = document.querySelector('desk-composer [type=file]');
          input.files = files.files;
          input.dispatchEvent(new Event('change'));
          return size;
        }
        """;

    [Fact]
    public async Task A_large_picture_is_made_small_shown_on_LINE_and_had_by_its_address_alone()
    {
        await using var scene = await DeskScene.StartAsync(chromium, builder => builder.Configuration["Agencies:demo:Web:PublicUrl"] = "https://desk.example.go.th");
        var officer = await scene.OfficerAsync();
        var contact = await scene.WaitingAsync("ธนกฤต");
        await officer.ClaimAsync("ธนกฤต");

        Assert.True(await officer.Page.EvaluateAsync<int>(LargePicture) > 1_000_000);
        await Expect(officer.Page.Locator(".composer-files li")).ToContainTextAsync("ใบเสร็จ.jpg");
        await officer.Visit.PictureAsync("attach-light");
        // Kept with the draft, like words.
        await officer.Page.ReloadAsync();
        await officer.LiveAsync();
        await Expect(officer.Page.Locator(".composer-files li")).ToHaveCountAsync(1);
        await officer.Send.ClickAsync();
        await Expect(officer.Page.Locator(".composer-files li")).ToHaveCountAsync(0);
        await Expect(officer.Page.Locator(".thread .picture img").Last).ToHaveJSPropertyAsync("complete", true);

        await scene.Desk.UntilAsync(() => scene.SeenBy(contact).Any(m => m.Message.GetProperty("type").GetString() == "image"), "a picture on LINE");
        var address = scene.SeenBy(contact).Last(m => m.Message.GetProperty("type").GetString() == "image").Message.GetProperty("originalContentUrl").GetString()!;
        Assert.StartsWith("https://desk.example.go.th/files/", address, StringComparison.Ordinal);
        using var phone = new HttpClient();
        var picture = await phone.GetByteArrayAsync(scene.Desk.Url + new Uri(address).PathAndQuery, TestContext.Current.CancellationToken);
        Assert.True(picture is [0xFF, 0xD8, 0xFF, ..] and { Length: <= 1_000_000 });
        Assert.Equal(HttpStatusCode.NotFound, (await phone.GetAsync(scene.Desk.Url + new Uri(address).PathAndQuery[..^2] + "xx", TestContext.Current.CancellationToken)).StatusCode);
        await officer.Visit.AssertHealthyAsync();
    }

    [Fact]
    public async Task A_form_goes_with_its_words_and_what_could_be_run_is_refused()
    {
        await using var scene = await DeskScene.StartAsync(chromium);
        var officer = await scene.OfficerAsync();
        officer.Visit.Expected.Add("422");
        var contact = await scene.WaitingAsync("ธนกฤต");
        await officer.ClaimAsync("ธนกฤต");
        var input = officer.Page.Locator("desk-composer [type=file]");

        await input.SetInputFilesAsync(new Microsoft.Playwright.FilePayload { Name = "แบบฟอร์ม.pdf", MimeType = "application/pdf", Buffer = "MZ this runs"u8.ToArray() });
        await Expect(officer.Why).ToContainTextAsync("แนบได้เฉพาะรูปภาพ");
        await input.SetInputFilesAsync(new Microsoft.Playwright.FilePayload { Name = "แบบฟอร์ม ภป.1.pdf", MimeType = "text/html", Buffer = "%PDF-1.7 a form"u8.ToArray() });
        await Expect(officer.Page.Locator(".composer-files li")).ToContainTextAsync("ภป.1.pdf");
        await officer.Box.FillAsync("แบบฟอร์มตามนี้ค่ะ");
        await officer.Send.ClickAsync();
        await scene.UntilSeenAsync(contact, "แบบฟอร์มตามนี้ค่ะ");
        await scene.UntilSeenAsync(contact, "แบบฟอร์ม ภป.1.pdf\nhttp");
        await Expect(officer.Page.Locator(".thread a.piece")).ToContainTextAsync("ภป.1.pdf");
        await officer.Visit.AssertHealthyAsync();
    }
}
