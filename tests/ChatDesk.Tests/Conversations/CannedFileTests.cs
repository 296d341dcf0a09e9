using ChatDesk.Conversations.Words;
using ChatDesk.Tests.Fixtures;

namespace ChatDesk.Tests.Conversations;

/// <summary>Canned replies as editors write them, and what they are told when something is wrong.</summary>
public sealed class CannedFileTests
{
    [Fact]
    public void The_demo_has_replies_in_both_languages()
    {
        var replies = CannedFile.Load(Path.Combine(DemoFolders.Root, "dialogs", "demo", "_canned.yaml"), out var problems);

        Assert.Empty(problems);
        Assert.True(replies.Count >= 10);
        Assert.All(replies, reply => Assert.True(reply.Body.Thai.Length > 0 && reply.Body.English.Length > 0));
    }

    [Theory]
    [InlineData("greeting: nothing", "is no group")]
    [InlineData("g: { title: { th: ก, en: a } }", "has no replies")]
    [InlineData("g: { title: { th: ก, en: a }, replies: { Hello: { title: { th: ก, en: a }, body: { th: ก, en: a } } } }", "is no key")]
    [InlineData("g: { title: { th: ก, en: a }, replies: { hi: { title: { th: ก, en: a }, body: { th: ก } } } }", "no words in English")]
    [InlineData("g: { title: { th: ก, en: a }, replies: { hi: { title: { th: ก, en: a }, body: { th: 'ก {ชื่อ', en: a } } } }", "without its '}'")]
    [InlineData("g: { title: { th: ก, en: a }, replies: { hi: { title: { th: ก, en: a }, body: { th: ก, en: a }, colour: red } } }", "is not known")]
    [InlineData("g: &x { title: { th: ก, en: a } }", "not allowed here")]
    [InlineData("g: [", "this is not YAML")]
    public void What_is_wrong_is_named_and_nothing_of_the_file_is_used(string yaml, string problem)
    {
        var file = Path.Combine(Directory.CreateTempSubdirectory("chatdesk-canned-").FullName, "_canned.yaml");
        File.WriteAllText(file, yaml);

        var replies = CannedFile.Load(file, out var problems);

        Assert.Empty(replies);
        Assert.Contains(problems, p => p.ToString().Contains(problem, StringComparison.Ordinal));
        Directory.Delete(Path.GetDirectoryName(file)!, recursive: true);
    }

    [Fact]
    public void An_agency_without_the_file_has_none() => Assert.Empty(CannedFile.Load("/nowhere/_canned.yaml", out _));
}
