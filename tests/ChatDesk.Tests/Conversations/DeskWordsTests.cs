using ChatDesk.Conversations.Words;
using ChatDesk.Tests.Fixtures;

namespace ChatDesk.Tests.Conversations;

/// <summary>The file that editors change: understood generously, and every mistake named with its line and its remedy.</summary>
public sealed class DeskWordsTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chatdesk-words-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Theory]
    [InlineData("เมนู", "menu")]
    [InlineData(" เมนูค่ะ ", "menu")]
    [InlineData("MENU!", "menu")]
    [InlineData("ขอคุยกับเจ้าหน้าที่หน่อยนะคะ", "person")]
    [InlineData("I want to talk to a human please", "person")]
    [InlineData("เริ่มใหม่", "start_over")]
    [InlineData("English", "english")]
    [InlineData("ภาษาไทยครับ", "thai")]
    [InlineData("คนต่างด้าวเปิดร้านได้ไหม", null)]
    [InlineData("ค่ะ", null)]
    [InlineData("", null)]
    [InlineData("ร้านอาหารต้องมีเมนูภาษาอังกฤษไหม", null)]
    public void Commands_are_heard_in_the_ways_people_type_them(string typed, string? command) => Assert.Equal(command, Load(Original()).Words!.Command(typed));

    [Fact]
    public void A_long_story_that_mentions_an_officer_is_no_command() =>
        Assert.Null(Load(Original()).Words!.Command("เมื่อวานไปติดต่อเจ้าหน้าที่ " + new string('ก', 300)));

    [Theory]
    [InlineData("    en: Which language would you like?", "", "'say.language_ask' has no English words", "en:")]
    [InlineData("  language_ask:", "  langage_ask:", "'langage_ask' is not known here", "language_ask")]
    [InlineData("    label: { th: เมนู, en: Menu }", "    label: { th: เมนูที่ยาวเกินกว่าปุ่มของไลน์จะแสดงได้, en: Menu }", "characters", "at most 20")]
    [InlineData("  - person", "  - persn", "'persn' is no command", "write one of")]
    [InlineData("menu:\n  - label", "menu: person\nlist:\n  - label", "'menu' is missing or not a list", "- person")]
    [InlineData("say:", "say: &all", "'&' and '*' names are not allowed", "write the words out")]
    [InlineData("  language_ask:\n", "  language_ask: [\n", "this is not YAML", "indentation")]
    [InlineData("particles: [", "particles: 7 #[", "'particles' is not a list", "[first, second]")]
    public void A_mistake_is_named_with_line_and_remedy(string right, string wrong, string problem, string remedy)
    {
        var text = Original();
        Assert.Contains(right, text, StringComparison.Ordinal);

        var (words, problems) = Load(text.Replace(right, wrong, StringComparison.Ordinal));

        Assert.Null(words);
        Assert.Contains(problems, p => p.Problem.Contains(problem, StringComparison.Ordinal) && p.Remedy.Contains(remedy, StringComparison.Ordinal) && p.Line > 0);
    }

    [Fact]
    public async Task A_running_desk_takes_a_saved_file_and_keeps_the_last_good_one_over_a_broken_one()
    {
        var content = Path.Combine(_folder, "content");
        DemoFolders.CopyTo(content);
        var file = Path.Combine(content, "dialogs", "demo", "_desk.yaml");
        await using var desk = await TestDesk.StartAsync(settings => settings["ContentDirectory"] = content);
        var somchai = desk.Person();

        await File.WriteAllTextAsync(file, Original().Replace("ต้องการเรื่องใดคะ", "มีเรื่องใดให้ช่วยคะ", StringComparison.Ordinal), TestContext.Current.CancellationToken);
        await desk.UntilAsync(() => desk.Log.Lines.Any(l => l.Contains("was changed and is live", StringComparison.Ordinal)), "the new words are live");
        Assert.StartsWith("มีเรื่องใดให้ช่วยคะ", (await desk.SayAsync(somchai, "เมนู"))[^1].Text, StringComparison.Ordinal);

        await File.WriteAllTextAsync(file, "say: [", TestContext.Current.CancellationToken);
        await desk.UntilAsync(() => desk.Log.Lines.Any(l => l.Contains("keeps its last good version", StringComparison.Ordinal) && l.Contains("_desk.yaml:", StringComparison.Ordinal)), "the mistake is named");
        Assert.StartsWith("มีเรื่องใดให้ช่วยคะ", (await desk.SayAsync(somchai, "เมนู"))[^1].Text, StringComparison.Ordinal);
    }

    private static string Original() => File.ReadAllText(Path.Combine(DemoFolders.Root, "dialogs", "demo", "_desk.yaml"));

    private (DeskWords? Words, IReadOnlyList<WordsProblem> Problems) Load(string text)
    {
        var file = Path.Combine(_folder, "_desk.yaml");
        File.WriteAllText(file, text);
        return (DeskWordsFile.Load(file, out var problems), problems);
    }
}
