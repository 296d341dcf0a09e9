using System.Text;
using System.Text.Json;

namespace ChatDesk.Tests.Knowledge.Bench;

/// <summary>As many Thai articles of about 570 characters as wanted, mixed from the sentences of the public sets.</summary>
internal static class BenchTexts
{
    private const int Length = 570;
    private const int QueryLength = 116;

    /// <returns>Articles and questions (a stretch of one article with words missing), or null when the sets are not there.</returns>
    public static (string[] Articles, string[] Questions)? Make(int count, int questions)
    {
        if (Shared.Folder("eval") is not { } folder)
            return null;
        var pieces = new[] { "iapp_dev.docs.jsonl", "thaigov_dev.docs.jsonl" }
            .SelectMany(f => File.ReadLines(Path.Combine(folder, f)))
            .SelectMany(l => Pieces(JsonDocument.Parse(l).RootElement.GetProperty("text").GetString()!))
            .ToArray();
        var random = new Random(1);
        var articles = Enumerable.Range(0, count).Select(_ => Mix(pieces, random)).ToArray();
        return (articles, [.. Enumerable.Range(0, questions).Select(_ => Question(articles[random.Next(count)], random))]);
    }

    private static IEnumerable<string> Pieces(string text) =>
        text.Split([' ', '\n'], StringSplitOptions.RemoveEmptyEntries).Where(p => p.Length > 3);

    private static string Mix(string[] pieces, Random random)
    {
        var built = new StringBuilder();
        while (built.Length < Length)
        {
            // Four pieces that stood together, then elsewhere: words keep company as they do in real text.
            var at = random.Next(pieces.Length - 4);
            built.AppendJoin(' ', pieces.AsSpan(at, 4)!).Append(' ');
        }

        return built.ToString();
    }

    private static string Question(string article, Random random)
    {
        var at = random.Next(Math.Max(1, article.Length - (QueryLength * 2)));
        return string.Join(' ', article.Substring(at, Math.Min(QueryLength * 2, article.Length - at)).Split(' ').Where((_, i) => i % 2 == 0));
    }
}
