using System.Text;
using ChatDesk.Delivery;

namespace ChatDesk.Tests.Channels.Line.Sending;

public sealed class FileStoreTests : IDisposable
{
    private readonly string _root = Directory.CreateTempSubdirectory("chatdesk-files-").FullName;
    private readonly FileStore _files;

    public FileStoreTests() => _files = new DiskFiles(Path.Combine(_root, "files"));

    public void Dispose() => Directory.Delete(_root, recursive: true);

    private async Task<string?> WriteAsync(string agency, string key, string text, bool keep = true) =>
        await _files.WriteAsync(
            agency, key,
            async (stream, stop) =>
            {
                await stream.WriteAsync(Encoding.UTF8.GetBytes(text), stop);
                return keep;
            },
            TestContext.Current.CancellationToken);

    private string? Read(string path)
    {
        using var stream = _files.Open(path);
        if (stream is null) return null;
        using var reader = new StreamReader(stream);
        return reader.ReadToEnd();
    }

    [Fact]
    public async Task A_file_is_written_read_replaced_and_deleted()
    {
        var path = (await WriteAsync("demo", "line/1", "one"))!;
        Assert.Equal("one", Read(path));

        Assert.Equal(path, await WriteAsync("demo", "line/1", "two"));
        Assert.Equal("two", Read(path));

        Assert.True(_files.Delete(path));
        Assert.False(_files.Delete(path));
        Assert.Null(Read(path));
    }

    [Theory]
    [InlineData("../../../etc/passwd")]
    [InlineData("/etc/passwd")]
    [InlineData("C:\\Windows\\x")]
    [InlineData("a\0b")]
    [InlineData("ชื่อไฟล์.exe")]
    public async Task No_key_leaves_the_root_or_shows_in_the_name(string key)
    {
        var path = (await WriteAsync("demo", key, "x"))!;

        Assert.Matches("^demo/[0-9a-f]{2}/[0-9a-f]{64}$", path);
        Assert.Single(Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories));
        Assert.Equal("x", Read(path));
    }

    [Fact]
    public async Task Two_agencies_never_share_a_file() =>
        Assert.NotEqual(await WriteAsync("a", "k", "x"), await WriteAsync("b", "k", "x"));

    [Theory]
    [InlineData("..")]
    [InlineData("")]
    [InlineData("a/b")]
    [InlineData("/a")]
    [InlineData("ก")]
    public async Task An_agency_that_is_no_safe_name_is_refused(string agency) =>
        await Assert.ThrowsAsync<ArgumentException>(() => WriteAsync(agency, "k", "x"));

    [Fact]
    public async Task Foreign_paths_are_neither_opened_nor_deleted()
    {
        var path = (await WriteAsync("demo", "k", "x"))!;
        var outside = Path.Combine(_root, "outside");
        await File.WriteAllTextAsync(outside, "y", TestContext.Current.CancellationToken);

        foreach (var trick in new[] { "../outside", outside, $"demo/../{path}", $"./{path}", path.ToUpperInvariant(), path + "/", $"demo/..{path[4..]}", "" })
        {
            Assert.Null(_files.Open(trick));
            Assert.False(_files.Delete(trick));
        }
        Assert.True(File.Exists(outside));
        Assert.Equal("x", Read(path));
    }

    [Fact]
    public async Task What_is_not_kept_or_fails_leaves_nothing_behind_and_the_old_file_in_place()
    {
        var path = (await WriteAsync("demo", "k", "old"))!;

        Assert.Null(await WriteAsync("demo", "k", "new", keep: false));
        await Assert.ThrowsAsync<InvalidOperationException>(async () =>
            await _files.WriteAsync("demo", "k", (_, _) => throw new InvalidOperationException(), TestContext.Current.CancellationToken));

        Assert.Equal("old", Read(path));
        Assert.Single(Directory.EnumerateFiles(_root, "*", SearchOption.AllDirectories));
    }

    [Fact]
    public async Task A_second_writer_of_the_same_file_does_not_disturb_the_first()
    {
        var path = await _files.WriteAsync(
            "demo", "k",
            async (stream, stop) =>
            {
                await Assert.ThrowsAsync<IOException>(() => WriteAsync("demo", "k", "second"));
                await stream.WriteAsync("first"u8.ToArray(), stop);
                return true;
            },
            TestContext.Current.CancellationToken);

        Assert.Equal("first", Read(path!));
    }
}
