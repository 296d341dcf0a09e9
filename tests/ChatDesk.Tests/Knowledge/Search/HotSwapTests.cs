using ChatDesk.Knowledge;

namespace ChatDesk.Tests.Knowledge.Search;

public sealed class HotSwapTests
{
    [Fact]
    public async Task A_turn_is_answered_while_a_reload_is_under_way_and_keeps_what_it_began_with()
    {
        var knowledge = new KnowledgeBase(Demo.Knowledge);
        var begun = knowledge.Current;
        var reload = Task.Run(() => KnowledgeBase.Load(Shared.Demo, Demo.Today), TestContext.Current.CancellationToken);
        var answeredMeanwhile = 0;
        do
        {
            Assert.Equal("signboard-tax", knowledge.Current.Ask("ภาษีป้ายคิดยังไง", "th").Slug);
            answeredMeanwhile++;
        }
        while (!reload.IsCompleted);

        Assert.True(answeredMeanwhile > 10, $"{answeredMeanwhile} answered during the reload");
        knowledge.Swap(await reload);
        Assert.NotSame(begun, knowledge.Current);
        Assert.Equal("signboard-tax", begun.Ask("ภาษีป้ายคิดยังไง", "th").Slug);
    }

    [Fact]
    public void A_broken_file_leaves_the_rest_answering()
    {
        var folder = Directory.CreateTempSubdirectory("chatdesk").FullName;
        try
        {
            File.WriteAllText(Path.Combine(folder, "good.th.md"), "---\nslug: good\nlang: th\ntitle: ภาษีป้าย\nvariants: [ภาษีป้ายเท่าไหร่, ป้ายเสียภาษีไหม, ยื่นภาษีป้าย]\n---\n## what\nคำตอบ");
            File.WriteAllText(Path.Combine(folder, "bad.th.md"), "---\nslug: [\n---\n");
            var loaded = KnowledgeBase.Load(folder, Demo.Today);
            Assert.Contains(loaded.Problems, p => p.File == "bad.th.md" && p.Level == ProblemLevel.Error);
            Assert.Equal("good", loaded.Ask("ภาษีป้าย", "th").Candidates[0].Id);
        }
        finally
        {
            Directory.Delete(folder, true);
        }
    }

    [Fact]
    public void A_folder_that_does_not_exist_is_said_so() =>
        Assert.Throws<DirectoryNotFoundException>(() => KnowledgeBase.Load("/no/such/folder", Demo.Today));
}
