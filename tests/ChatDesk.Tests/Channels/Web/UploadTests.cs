using System.Text;
using ChatDesk.Tests.Fixtures;

namespace ChatDesk.Tests.Channels.Web;

/// <summary>Files from a page: kept before they are acknowledged, given back as what they are, and never as something that runs.</summary>
public sealed class UploadTests
{
    /// <summary>One transparent dot.</summary>
    public static byte[] Png => Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    [Fact]
    public async Task A_picture_with_words_comes_back_as_one_activity_whose_file_can_be_fetched()
    {
        await using var desk = await TestDesk.StartAsync();
        using var visitor = await WebVisitor.ArriveAsync(desk);

        var posted = await visitor.UploadAsync(new { type = "message", text = "รูปหน้าร้าน", channelData = new { clientActivityID = "u1" } }, ("ร้าน.png", "image/png", Png));
        await desk.SettledAsync();
        var echo = (await visitor.SeeAsync(3)).Single(a => (string?)a["id"] == posted.Id);
        var attachment = echo["attachments"]![0]!;
        var file = await visitor.SendAsync(HttpMethod.Get, (string)attachment["contentUrl"]!, null, bearer: null);
        await desk.UntilAsync(() => desk.Count("SELECT count(*) FROM files WHERE state = 1 AND content_type = 'image/png'") == 1, "the file is written down");

        Assert.Equal("รูปหน้าร้าน", (string?)echo["text"]);
        Assert.Equal("u1", (string?)echo["channelData"]!["clientActivityID"]);
        Assert.Equal("ร้าน.png", (string?)attachment["name"]);
        Assert.Equal(Png, file.Bytes);
        Assert.Equal("image/png", file.Header("Content-Type"));
        Assert.StartsWith("attachment", file.Header("Content-Disposition"), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_page_that_calls_itself_a_picture_is_served_as_a_heap_of_bytes()
    {
        await using var desk = await TestDesk.StartAsync();
        using var visitor = await WebVisitor.ArriveAsync(desk);

        var posted = await visitor.UploadAsync(null, ("../../x\r\n\u202Egpj.html", "image/png", Encoding.UTF8.GetBytes("<script>alert(1)</script>")));
        await desk.SettledAsync();
        var attachment = (await visitor.SeeAsync(2)).Single(a => (string?)a["id"] == posted.Id)["attachments"]![0]!;
        var file = await visitor.SendAsync(HttpMethod.Get, (string)attachment["contentUrl"]!, null, bearer: null);

        Assert.Equal("application/octet-stream", file.Header("Content-Type"));
        Assert.Equal("nosniff", file.Header("X-Content-Type-Options"));
        Assert.Contains("sandbox", file.Header("Content-Security-Policy"), StringComparison.Ordinal);
        Assert.DoesNotContain((string)attachment["name"]!, c => c is '/' or '\r' or '\n' or '\u202E');
    }

    [Fact]
    public async Task The_same_upload_again_is_the_same_activity_with_the_same_file()
    {
        await using var desk = await TestDesk.StartAsync();
        using var visitor = await WebVisitor.ArriveAsync(desk);
        var activity = new { type = "message", channelData = new { clientActivityID = "u1" } };

        var first = await visitor.UploadAsync(activity, ("a.png", "image/png", Png));
        var second = await visitor.UploadAsync(activity, ("a.png", "image/png", Png));
        await desk.SettledAsync();

        Assert.Equal(first.Id, second.Id);
        Assert.Equal(1, desk.Count("SELECT count(*) FROM files"));
        Assert.Equal(1, FilesIn(desk));
    }

    [Fact]
    public async Task A_refused_upload_leaves_nothing()
    {
        await using var desk = await TestDesk.StartAsync(s => s["Web:MaxFileBytes"] = "1000");
        using var visitor = await WebVisitor.ArriveAsync(desk);

        var tooLarge = await visitor.UploadAsync(null, ("a.png", "image/png", Png), ("b.bin", "application/octet-stream", new byte[1_001]));
        var empty = await visitor.UploadAsync(null, ("a.png", "image/png", []));
        var nothing = await visitor.UploadAsync(new { type = "message", text = "x" });
        var tooMany = await visitor.UploadAsync(null, [.. Enumerable.Range(0, 6).Select(n => ($"{n}.png", "image/png", Png))]);

        Assert.Equal((413, "FileTooLarge"), (tooLarge.Status, tooLarge.Code));
        Assert.Equal((400, "EmptyFile"), (empty.Status, empty.Code));
        Assert.Equal(400, nothing.Status);
        Assert.Equal((413, "TooManyFiles"), (tooMany.Status, tooMany.Code));
        Assert.Equal(0, desk.Count("SELECT count(*) FROM files"));
        Assert.Equal(0, FilesIn(desk));
    }

    [Fact]
    public async Task One_raw_body_with_a_name_is_a_file_too()
    {
        await using var desk = await TestDesk.StartAsync();
        using var visitor = await WebVisitor.ArriveAsync(desk);
        using var body = new ByteArrayContent(Png);
        body.Headers.ContentType = new("image/png");
        body.Headers.ContentDisposition = new("attachment") { FileName = "a.png" };

        var posted = await visitor.SendAsync(HttpMethod.Post, $"conversations/{visitor.Conversation}/upload?userId=x", body);
        await desk.SettledAsync();

        Assert.Equal("a.png", (string?)(await visitor.SeeAsync(2)).Single(a => (string?)a["id"] == posted.Id)["attachments"]![0]!["name"]);
    }

    /// <summary>Those whose bytes are kept, wherever this desk keeps them.</summary>
    private static long FilesIn(TestDesk desk)
    {
        if (LedgerKind.IsPostgres) return desk.Count("SELECT count(DISTINCT path) FROM file_bodies");
        var folder = Path.Combine(desk.DataDirectory, "files");
        return Directory.Exists(folder) ? Directory.GetFiles(folder, "*", SearchOption.AllDirectories).Length : 0;
    }
}
