using ChatDesk.Dialogs.Checks;
using ChatDesk.Dialogs.Format;

namespace ChatDesk.Tests.Dialogs;

/// <summary>The example of the guide is one that works.</summary>
public sealed class DocsTests
{
    [Fact]
    public void The_example_of_the_guide_loads_and_its_test_passes()
    {
        var guide = File.ReadAllText(Path.Combine(Demo.Folder, "..", "..", "docs", "dialogs.md"));
        var blocks = guide.Split("```yaml\n").Skip(1).Select(b => b[..b.IndexOf("```", StringComparison.Ordinal)]).ToList();
        var book = Demo.BookWith(("market_stall.yaml", blocks[0]));
        var findings = new Findings("market_stall.test.yaml");
        var (dialog, transcripts) = TranscriptReader.Read(YamlTree.Read(blocks[1], findings)!, findings);
        Assert.NotEmpty(transcripts);
        foreach (var transcript in transcripts)
            new TranscriptPlayer(book, dialog!, transcript, findings).Play();
        Assert.Empty(findings.Problems);
    }

    [Fact]
    public void The_guide_names_every_answer_kind_and_every_step()
    {
        var guide = File.ReadAllText(Path.Combine(Demo.Folder, "..", "..", "docs", "dialogs.md"));
        Assert.All(SlotReader.KindNames.Concat(StepReader.Kinds), name => Assert.Contains($"`{name}`", guide, StringComparison.Ordinal));
    }
}
