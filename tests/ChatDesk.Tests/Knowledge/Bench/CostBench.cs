using System.Diagnostics;
using System.Globalization;

namespace ChatDesk.Tests.Knowledge.Bench;

/// <summary>
/// What search costs beside Lucene.Net with ICU4N and SQLite FTS5 trigram, on the same texts in the same run. Explicit:
/// run it with <c>dotnet run -c Release --project tests/ChatDesk.Tests -- -explicit only -class *CostBench -showLiveOutput</c>.
/// </summary>
public sealed class CostBench(ITestOutputHelper output)
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(5);

    [Fact(Explicit = true)]
    public void Cost_at_1_000() => Race(1_000, 400);

    [Fact(Explicit = true)]
    public void Cost_at_10_000() => Race(10_000, 200);

    [Fact(Explicit = true)]
    public void Cost_at_100_000() => Race(100_000, 20);

    /// <summary>What a turn waits while the next knowledge of 10,000 articles is built beside it, and after the swap.</summary>
    [Fact(Explicit = true)]
    public void A_reload_at_10_000()
    {
        if (BenchTexts.Make(10_000, 200) is not { } texts)
        {
            Assert.Skip("The public sets are not beside the project.");
            return;
        }

        var knowledge = new WholeKnowledge();
        knowledge.Build(texts.Articles);
        // The desk remembers what was just asked; every round asks something else.
        var round = 0;
        string Next(string question) => $"{question} {round}";
        IEnumerable<double> Round() => texts.Questions.Select(q => Time(knowledge, Next(q)));
        for (; round < 3; round++)
            _ = Round().Count();
        var alone = new List<double>();
        for (; round < 8; round++)
            alone.AddRange(Round());

        var next = new WholeKnowledge();
        var reload = new Thread(() => next.Build(texts.Articles));
        reload.Start();
        var meanwhile = new List<double>();
        for (; reload.IsAlive; round++)
            meanwhile.AddRange(Round());
        reload.Join();
        var started = Stopwatch.GetTimestamp();
        knowledge = next;
        meanwhile.Add(Time(knowledge, texts.Questions[0]));
        output.WriteLine($"swap and first question {Stopwatch.GetElapsedTime(started).TotalMilliseconds:F2} ms");
        Write("turns alone", alone);
        Write("turns during a reload", meanwhile);

        void Write(string name, List<double> times)
        {
            times.Sort();
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-22} n {times.Count,5}  median {times[times.Count / 2]:F2} ms  p99 {times[times.Count * 99 / 100]:F2} ms  most {times[^1]:F2} ms"));
        }
    }

    private void Race(int articles, int questions) =>
        Race(articles, questions, () => new OwnIndex(), () => new WholeKnowledge(), () => new LuceneIcu(), () => new FtsTrigram());

    private void Race(int articles, int questions, params Func<IContender>[] contenders)
    {
        // Twice as many: the first half warms up, and is not asked again, since the desk remembers what was just asked.
        if (BenchTexts.Make(articles, 2 * questions) is not { } texts)
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
        // Long enough for the runtime to have compiled the paths for speed, for every contender; the desk remembers what was just asked, so every round asks something else.
        for (var (round, from) = (0, Stopwatch.GetTimestamp()); round == 0 || Stopwatch.GetElapsedTime(from) < WarmUp; round++)
        {
            foreach (var question in questions.Take(questions.Length / 2))
                contender.Find($"{question} {round}");
        }

        // A text of the public sets may hold an emergency's words or a phone number: the desk answers those without a search, and they say nothing of one.
        var asked = questions[(questions.Length / 2)..];
        var times = asked.Select(q => Timed(contender, q)).Where(t => t.Found > 0).Select(t => t.Milliseconds).Order().ToArray();
        Assert.InRange(times.Length, asked.Length * 3 / 4, asked.Length);
        output.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{count,8}  {contender.Name,-20} {build.TotalSeconds,9:F1} {memory,10:F1} {times[times.Length / 2],10:F2} {times[times.Length * 99 / 100],9:F2}"));
    }

    private static double Time(IContender contender, string question) => Timed(contender, question).Milliseconds;

    private static (int Found, double Milliseconds) Timed(IContender contender, string question)
    {
        var started = Stopwatch.GetTimestamp();
        var found = contender.Find(question);
        return (found, Stopwatch.GetElapsedTime(started).TotalMilliseconds);
    }
}
