using ChatDesk.Knowledge;
using ChatDesk.Knowledge.Knowing;
using ChatDesk.Knowledge.Search;
using ChatDesk.Knowledge.Teaching;
using ChatDesk.Knowledge.Text;

namespace ChatDesk.Tests.Knowledge.Teaching;

/// <summary>What teaching gave is kept for the next start, and never believed when anything has changed.</summary>
public sealed class TaughtFileTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("chatdesk").FullName;

    private string Taught => Path.Combine(_folder, "taught", "demo.bin");

    public void Dispose() => Directory.Delete(_folder, true);

    [Fact]
    public void What_was_taught_is_there_after_a_start()
    {
        Keep([1.5, -2, double.NaN]);
        Assert.Equal([1.5, -2, double.NaN], TaughtFile.Open(Taught, 7).Get<double>("numbers", () => throw new InvalidOperationException("taught again")));
    }

    [Fact]
    public void Another_key_or_name_is_taught_anew()
    {
        Keep([1]);
        Assert.Equal([2.0], TaughtFile.Open(Taught, 8).Get("numbers", () => new[] { 2.0 }));
        Assert.Equal([3.0], TaughtFile.Open(Taught, 7).Get("others", () => new[] { 3.0 }));
    }

    [Fact]
    public void A_file_with_any_byte_wrong_or_missing_is_no_file()
    {
        Keep([1, 2, 3]);
        var whole = File.ReadAllBytes(Taught);
        for (var at = 0; at < whole.Length; at++)
        {
            var broken = whole.ToArray();
            broken[at] ^= 0x10;
            AssertTaughtAnew(broken);
            AssertTaughtAnew(whole[..at]);
        }

        AssertTaughtAnew([.. whole, 0]);
    }

    [Fact]
    public void A_place_that_cannot_be_written_costs_only_the_time()
    {
        File.WriteAllText(Path.Combine(_folder, "taught"), "a file where the folder should be");
        Keep([1]);
        Assert.Equal([2.0], TaughtFile.Open(Taught, 7).Get("numbers", () => new[] { 2.0 }));
    }

    [Fact]
    public void What_was_taught_before_a_desk_was_killed_is_not_taught_again()
    {
        var killed = TaughtFile.Open(Taught, 7);
        killed.Get("first", () => new[] { 1.0 });
        Assert.Throws<InvalidOperationException>(() => killed.Get<double>("second", () => throw new InvalidOperationException("killed")));

        var next = TaughtFile.Open(Taught, 7);
        Assert.Equal([1.0], next.Get<double>("first", () => throw new InvalidOperationException("taught again")));
        Assert.Equal([2.0], next.Get("second", () => new[] { 2.0 }));
        Assert.Equal([1.0], TaughtFile.Open(Taught, 7).Get<double>("first", () => throw new InvalidOperationException("lost when the second came")));
    }

    [Fact]
    public void Parts_taught_at_the_same_time_are_all_kept()
    {
        var file = TaughtFile.Open(Taught, 7);
        Hands.All.Do([.. Enumerable.Range(0, 40).Select<int, Action>(n => () => file.Get($"part {n}", () => new[] { n }))]);
        var next = TaughtFile.Open(Taught, 7);
        for (var n = 0; n < 40; n++)
            Assert.Equal([n], next.Get<int>($"part {n}", () => throw new InvalidOperationException("not kept")));
    }

    [Fact]
    public void A_start_goes_on_from_any_broken_or_partial_file_and_answers_the_same()
    {
        Article("sign", "ภาษีป้ายเท่าไหร่", "ป้ายเสียภาษีไหม", "ยื่นภาษีป้ายที่ไหน", "signboard tax");
        Article("shop", "เปิดร้านอาหารต้องทำอะไร", "ขอใบอนุญาตร้านอาหาร", "ร้านอาหารใช้เอกสารอะไร", "open a restaurant");
        var taught = Load().Ask("เสียภาษีป้าย", "th");
        var whole = File.ReadAllBytes(Taught);
        foreach (var before in (byte[][])[FirstPartOf(whole), whole[..(whole.Length / 2)], OfAnotherBuild(), []])
        {
            File.WriteAllBytes(Taught, before);
            var answer = Load(Hands.All).Ask("เสียภาษีป้าย", "th");
            Assert.Equal((taught.Slug, taught.Score), (answer.Slug, answer.Score));
            Assert.Equal(taught.Candidates, answer.Candidates);
            Assert.Equal(whole.Length, File.ReadAllBytes(Taught).Length);
        }
    }

    [Fact]
    public void A_desk_killed_between_rounds_of_lessons_goes_on_with_the_next_and_keeps_none_once_they_are_learnt()
    {
        Article("sign", "ภาษีป้ายเท่าไหร่", "ป้ายเสียภาษีไหม", "ยื่นภาษีป้ายที่ไหน", "signboard tax");
        Article("shop", "เปิดร้านอาหารต้องทำอะไร", "ขอใบอนุญาตร้านอาหาร", "ร้านอาหารใช้เอกสารอะไร", "open a restaurant");
        var knowledge = Load();
        var (whole, taught) = (File.ReadAllBytes(Taught), knowledge.Ask("เสียภาษีป้าย", "th"));
        foreach (var (lost, isFalse) in ((string, bool)[])[("lessons 4", false), ("lessons 0", false), ("lessons 4", true)])
        {
            File.Delete(Taught);
            var killed = TaughtFile.Open(Taught, KeyOf(whole));
            if (isFalse)
                killed.Get("lessons 0", () => new double[10 * (Evidence.Count + 1)]);
            var analyzer = new TextAnalyzer(knowledge.Lists.SearchWords);
            Lessons.From(knowledge.Topics, t => AnalysedArticle.From(knowledge.Topics[t].ToIndex(), analyzer), new SearchTuning(), Hands.One, killed);
            killed.Drop([lost]);

            var answer = Load().Ask("เสียภาษีป้าย", "th");
            // What a killed desk left is used and not made again, or false lessons would teach nothing false.
            Assert.Equal(!isFalse, taught.Score == answer.Score);
            Assert.Throws<InvalidOperationException>(() => TaughtFile.Open(Taught, KeyOf(whole)).Get<double>("lessons 1", () => throw new InvalidOperationException("gone")));
        }
    }

    [Fact]
    public void What_is_mostly_empty_takes_little_room()
    {
        TaughtFile.Open(Taught, 7).Get("table", () => new float[1 << 20]);
        Assert.InRange(new FileInfo(Taught).Length, 1, 1 << 16);
        Assert.Equal(new float[1 << 20], TaughtFile.Open(Taught, 7).Get<float>("table", () => throw new InvalidOperationException("taught again")));
    }

    [Fact]
    public void A_second_start_answers_as_the_first_and_a_changed_file_is_heard_at_once()
    {
        Article("sign", "ภาษีป้ายเท่าไหร่", "ป้ายเสียภาษีไหม", "ยื่นภาษีป้ายที่ไหน", "signboard tax");
        Article("shop", "เปิดร้านอาหารต้องทำอะไร", "ขอใบอนุญาตร้านอาหาร", "ร้านอาหารใช้เอกสารอะไร", "open a restaurant");
        var first = Load().Ask("เสียภาษีป้าย", "th");
        var written = File.ReadAllBytes(Taught);
        var second = Load().Ask("เสียภาษีป้าย", "th");
        Assert.Equal((first.Slug, first.Score), (second.Slug, second.Score));
        Assert.Equal(first.Candidates, second.Candidates);
        Assert.Equal(written, File.ReadAllBytes(Taught));

        // The same length, and a clock that does not move: only what stands in the file tells.
        var file = Path.Combine(_folder, "sign.th.md");
        var time = File.GetLastWriteTimeUtc(file);
        File.WriteAllText(file, File.ReadAllText(file).Replace("ยื่นภาษีป้ายที่ไหน", "แจ้งน้ำประปาไม่ไหล", StringComparison.Ordinal));
        File.SetLastWriteTimeUtc(file, time);
        Assert.Equal("sign", Load().Ask("น้ำประปาไม่ไหล", "th").Candidates[0].Id);
        Assert.NotEqual(written, File.ReadAllBytes(Taught));
    }

    private KnowledgeSnapshot Load(Hands? hands = null) => KnowledgeBase.Load(_folder, Demo.Today, new KnowledgeSources { TaughtFile = Taught, Hands = hands ?? Hands.One });

    /// <summary>What a desk leaves behind that is killed once the model of knowing is taught.</summary>
    private byte[] FirstPartOf(byte[] whole)
    {
        File.WriteAllBytes(Taught, whole);
        var key = KeyOf(whole);
        var numbers = TaughtFile.Open(Taught, key).Get<double>("knowing", () => throw new InvalidOperationException("not there"));
        File.Delete(Taught);
        TaughtFile.Open(Taught, key).Get("knowing", () => numbers);
        return File.ReadAllBytes(Taught);
    }

    private static UInt128 KeyOf(byte[] file) => new(BitConverter.ToUInt64(file, sizeof(int)), BitConverter.ToUInt64(file, sizeof(int) + sizeof(ulong)));

    /// <summary>Whole in itself, under another key.</summary>
    private byte[] OfAnotherBuild()
    {
        File.Delete(Taught);
        TaughtFile.Open(Taught, 7).Get("knowing", () => new[] { 1.0 });
        return File.ReadAllBytes(Taught);
    }

    private void Article(string slug, params string[] variants) => File.WriteAllText(
        Path.Combine(_folder, $"{slug}.th.md"), $"---\nslug: {slug}\nlang: th\ntitle: {variants[0]}\nvariants: [{string.Join(", ", variants)}]\n---\n## what\nคำตอบ");

    private void Keep(double[] numbers)
    {
        var file = TaughtFile.Open(Taught, 7);
        file.Get("numbers", () => numbers);
    }

    private void AssertTaughtAnew(byte[] bytes)
    {
        File.WriteAllBytes(Taught, bytes);
        Assert.Equal([9.0], TaughtFile.Open(Taught, 7).Get("numbers", () => new[] { 9.0 }));
    }
}
