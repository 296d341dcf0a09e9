using ChatDesk.People;
using ChatDesk.Startup;
using ChatDesk.Tests.People;

namespace ChatDesk.Tests.Desk;

/// <summary>An editor changes the hours on the desk: checked, kept and written down. (That a running desk takes a saved file is DeskWordsTests'.)</summary>
public sealed class HoursPageTests : IDisposable
{
    private readonly string _content = Directory.CreateTempSubdirectory("chatdesk-test-").FullName;

    public HoursPageTests()
    {
        foreach (var room in (string[])["dialogs", "knowledge"]) Copy(Path.Combine(ContentFolders.Find(null, []), room, "demo"), Path.Combine(_content, room, "demo"));
    }

    public void Dispose() => Directory.Delete(_content, recursive: true);

    [Fact]
    public async Task A_special_day_is_added_a_mistake_is_refused_and_the_second_of_two_editors_is_told()
    {
        await using var desk = await PeopleDesk.StartAsync(settings => settings["ContentDirectory"] = _content);
        await desk.AddAsync("editor", OfficerRole.Editor);
        using var editor = await desk.SignInAsync("editor");
        var first = await editor.GetAsync("/desk/hours");
        var file = Path.Combine(_content, "dialogs", "demo", "hours", "hours.yaml");
        var before = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);

        var added = await editor.SubmitAsync("/desk/hours", "day", ("Input.Day", "29"), ("Input.Month", "1"), ("Input.Year", "2570"),
            ("Input.Kind", "half_day"), ("Input.Open", "08:30-12:00"), ("Input.Thai", "สัมมนา \"ประจำปี\""), ("Input.English", "Yearly: seminar"));
        Assert.Contains("บันทึกแล้ว", added.Text, StringComparison.Ordinal);
        var calendar = Path.Combine(_content, "dialogs", "demo");
        var read = ChatDesk.Hours.Files.HoursFolder.Load(calendar, out _)!.Calendar;
        Assert.Equal(("สัมมนา \"ประจำปี\"", "08:30-12:00"), (read.NoteOf(new DateOnly(2027, 1, 29))!.Name("th"), Assert.Single(read.HoursOf(new DateOnly(2027, 1, 29))).ToString()));

        var refused = await editor.SubmitAsync("/desk/hours", "file", ("Input.Text", before.Replace("08:30-16:30", "08:30-26:30", StringComparison.Ordinal)));
        Assert.Contains("ยังไม่ได้บันทึก", refused.Text, StringComparison.Ordinal);
        Assert.Contains("08:30-26:30", refused.Text, StringComparison.Ordinal);
        Assert.DoesNotContain("26:30", await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken), StringComparison.Ordinal);

        var late = await editor.SubmitAsync(first, "/desk/hours", "file", ("Input.Text", before));
        Assert.Contains("มีผู้อื่นบันทึก", late.Text, StringComparison.Ordinal);
        Assert.Contains("Yearly", late.Text, StringComparison.Ordinal);

        var line = Assert.Single(await desk.AuditAsync("hours.change"));
        var kept = Directory.GetFiles(desk.Desk.Get<DeskSettings>().DataDirectory, "*.yaml", SearchOption.AllDirectories);
        Assert.Contains(Path.GetFileName(Assert.Single(kept)), line.Data, StringComparison.Ordinal);
        Assert.Equal(before, await File.ReadAllTextAsync(kept[0], TestContext.Current.CancellationToken));
    }

    [Fact]
    public async Task A_file_that_is_gone_is_said_and_comes_back_from_the_page()
    {
        await using var desk = await PeopleDesk.StartAsync(settings => settings["ContentDirectory"] = _content);
        await desk.AddAsync("editor", OfficerRole.Editor);
        using var editor = await desk.SignInAsync("editor");
        var file = Path.Combine(_content, "dialogs", "demo", "hours", "hours.yaml");
        var before = await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken);
        var opened = await editor.GetAsync("/desk/hours");
        File.Delete(file);

        // Of a page that was opened before, what was written is not lost.
        var late = await editor.SubmitAsync(opened, "/desk/hours", "file", ("Input.Text", before + "# mine\n"));
        Assert.Contains("ไม่พบไฟล์ hours.yaml", late.Text, StringComparison.Ordinal);
        Assert.Contains("# mine", late.Text, StringComparison.Ordinal);
        Assert.Contains("ไม่พบไฟล์ hours.yaml", (await editor.GetAsync("/desk/hours")).Text, StringComparison.Ordinal);
        var saved = await editor.SubmitAsync("/desk/hours", "file", ("Input.Text", before));
        Assert.Contains("บันทึกแล้ว", saved.Text, StringComparison.Ordinal);
        Assert.Equal(before.TrimEnd(), (await File.ReadAllTextAsync(file, TestContext.Current.CancellationToken)).TrimEnd());
    }

    private static void Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var copy = Path.Combine(to, Path.GetRelativePath(from, file));
            Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
            File.Copy(file, copy);
        }
    }
}
