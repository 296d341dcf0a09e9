using System.Diagnostics;
using System.Globalization;

namespace ChatDesk.Tests.Knowledge.Bench;

/// <summary>
/// What search costs beside Lucene.Net with ICU4N and SQLite FTS5 trigram, on the same texts in the same run. Explicit:
/// run it with <c>dotnet run -c Release --project tests/ChatDesk.Tests -- -explicit only -class *CostBench -showLiveOutput</c>.
/// </summary>
public sealed class CostBench(ITestOutputHelper output)
{
    [Fact(Explicit = true)]
    public void Cost_at_1_000() => Race(1_000, 400);

    [Fact(Explicit = true)]
    public void Cost_at_10_000() => Race(10_000, 200);

    [Fact(Explicit = true)]
    public void Cost_at_100_000() => Race(100_000, 20);

    /// <summary>The row that takes longest, alone.</summary>
    [Fact(Explicit = true)]
    public void Cost_of_trigrams_at_100_000() => Race(100_000, 20, () => new FtsTrigram());

    private void Race(int articles, int questions) =>
        Race(articles, questions, () => new OwnIndex(), () => new WholeKnowledge(), () => new LuceneIcu(), () => new FtsTrigram());

    private void Race(int articles, int questions, params Func<IContender>[] contenders)
    {
        if (BenchTexts.Make(articles, questions) is not { } texts)
        {
            Assert.Skip("The public sets are not beside the project.");
            return;
        }

        output.WriteLine("articles  engine                 build s  memory MB  median ms    p99 ms");
        foreach (var make in contenders)
            Race(make, articles, texts.Articles, texts.Questions);
    }

    private void Race(Func<IContender> make, int count, string[] articles, string[] questions)
    {
        var before = GC.GetTotalMemory(true);
        using var contender = make();
        var started = Stopwatch.GetTimestamp();
        contender.Build(articles);
        var build = Stopwatch.GetElapsedTime(started);
        var memory = (GC.GetTotalMemory(true) - before + contender.Outside) / 1e6;
        foreach (var question in questions.Take(10))
            Assert.True(contender.Find(question) > 0);
        var times = questions.Select(q => Time(contender, q)).Order().ToArray();
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count,8}  {contender.Name,-20} {build.TotalSeconds,9:F1} {memory,10:F1} {times[times.Length / 2],10:F2} {times[times.Length * 99 / 100],9:F2}"));
    }

    private static double Time(IContender contender, string question)
    {
        var started = Stopwatch.GetTimestamp();
        contender.Find(question);
        return Stopwatch.GetElapsedTime(started).TotalMilliseconds;
    }
}
