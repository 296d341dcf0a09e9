using ChatDesk.Channels.Line.Content;
using ChatDesk.Delivery;

namespace ChatDesk.Tests.Channels.Line.Sending;

public sealed class LineContentDownloadTests : IAsyncLifetime
{
    private const string Content = "/v2/bot/message/42/content";
    private const string Transcoding = "/v2/bot/message/42/content/transcoding";

    private readonly MemoryStream _target = new();
    private LineBench _bench = null!;

    private FakeLine Line => _bench.Line;

    public async ValueTask InitializeAsync() => _bench = await LineBench.StartAsync(change: o => o with { MaxContentBytes = 1_000 });

    public ValueTask DisposeAsync() => _bench.DisposeAsync();

    private async Task<LineContent> DownloadAsync(string id = "42", Stream? target = null) =>
        await _bench.Content.DownloadAsync("demo", id, target ?? _target, TestContext.Current.CancellationToken);

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Content_is_streamed(bool chunked)
    {
        var picture = new byte[1_000];
        Random.Shared.NextBytes(picture);
        Line.Bytes(Content, picture, "image/jpeg; charset=x", chunked);

        Assert.Equal(new LineContent.Stored("image/jpeg", 1_000), await DownloadAsync());
        Assert.Equal(picture, _target.ToArray());
        Assert.Equal("Bearer fixed-token", Assert.Single(Line.Requests).Authorization);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task More_than_allowed_is_not_taken(bool chunked)
    {
        Line.Bytes(Content, new byte[1_001], "image/jpeg", chunked);

        Assert.IsType<LineContent.TooLarge>(await DownloadAsync());
        Assert.True(_target.Length <= 1_000);
    }

    [Theory]
    [InlineData("processing", 5)]
    [InlineData("whatever", 5)]
    public async Task What_LINE_still_prepares_is_asked_for_later(string status, int seconds)
    {
        Line.On(Content, 202).On(Transcoding, 200, $$"""{"status":"{{status}}"}""");

        Assert.Equal(new LineContent.NotReady(_bench.Time.GetUtcNow() + TimeSpan.FromSeconds(seconds)), await DownloadAsync());
    }

    [Fact]
    public async Task What_is_ready_by_now_is_fetched_at_once()
    {
        Line.On(Content, 202).On(Transcoding, 200, """{"status":"succeeded"}""").Bytes(Content, [1, 2], "video/mp4");

        Assert.Equal(new LineContent.Stored("video/mp4", 2), await DownloadAsync());
    }

    [Fact]
    public async Task What_LINE_could_not_prepare_is_gone()
    {
        Line.On(Content, 202).On(Transcoding, 200, """{"status":"failed"}""");

        Assert.IsType<LineContent.Gone>(await DownloadAsync());
    }

    [Theory]
    [InlineData(404)]
    [InlineData(410)]
    public async Task What_was_taken_back_is_gone(int status)
    {
        Line.On(Content, status);

        Assert.IsType<LineContent.Gone>(await DownloadAsync());
    }

    [Fact]
    public async Task Anything_else_is_tried_again_later()
    {
        Line.On(Content, 500).On(Content, 403).On(Content, async context =>
        {
            context.Response.ContentLength = 500;
            await context.Response.Body.WriteAsync(new byte[100]);
            await context.Response.Body.FlushAsync();
            context.Abort();
        });

        var later = _bench.Time.GetUtcNow() + TimeSpan.FromSeconds(30);
        Assert.Equal(new LineContent.Failed("http-500", later), await DownloadAsync());
        Assert.Equal(new LineContent.Failed("http-403", later), await DownloadAsync());
        Assert.Equal(new LineContent.Failed("broken", later), await DownloadAsync());
    }

    [Theory]
    [InlineData("")]
    [InlineData("..")]
    [InlineData("42/../../info")]
    [InlineData("42?x=1")]
    public async Task An_id_that_is_none_is_never_asked_for(string id)
    {
        Assert.IsType<LineContent.Gone>(await DownloadAsync(id));
        Assert.Empty(Line.Requests);
    }

    [Fact]
    public async Task A_full_disk_is_not_mistaken_for_a_broken_line()
    {
        Line.Bytes(Content, [1], "image/png");

        await Assert.ThrowsAnyAsync<IOException>(() => DownloadAsync(target: new FullDisk()));
    }

    [Fact]
    public async Task In_the_file_store_a_file_is_whole_or_not_there()
    {
        var root = Directory.CreateTempSubdirectory("chatdesk-files-").FullName;
        try
        {
            var files = new DiskFiles(root);
            Line.Bytes(Content, [1, 2, 3], "image/png").Bytes(Content, new byte[2_000], "image/png", chunked: true);

            var (stored, path) = await _bench.Content.StoreAsync("demo", "42", files, TestContext.Current.CancellationToken);
            Assert.Equal(new LineContent.Stored("image/png", 3), stored);
            using (var file = files.Open(path!)) Assert.Equal(3, file!.Length);

            Assert.True(files.Delete(path!));
            var (tooLarge, none) = await _bench.Content.StoreAsync("demo", "42", files, TestContext.Current.CancellationToken);
            Assert.IsType<LineContent.TooLarge>(tooLarge);
            Assert.Null(none);
            Assert.Empty(Directory.EnumerateFiles(root, "*", SearchOption.AllDirectories));
        }
        finally
        {
            Directory.Delete(root, recursive: true);
        }
    }

    private sealed class FullDisk : MemoryStream
    {
        public override ValueTask WriteAsync(ReadOnlyMemory<byte> buffer, CancellationToken cancellationToken = default) => throw new IOException("No space left on device");
    }
}
