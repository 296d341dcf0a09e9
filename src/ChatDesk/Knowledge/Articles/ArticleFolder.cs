using ChatDesk.Knowledge.Teaching;

namespace ChatDesk.Knowledge.Articles;

/// <summary>Reads every article of a folder and the folders in it; folders whose name begins with '_' hold other things.</summary>
internal static class ArticleFolder
{
    private const int LargestFile = 256 * 1024;

    /// <returns>The articles that can be answered from, ordered by file; what was wrong goes to <paramref name="problems"/>, what was read to <paramref name="key"/>.</returns>
    public static IReadOnlyList<Article> Read(string folder, List<KnowledgeProblem> problems, ContentKey? key = null)
    {
        var articles = new List<Article>();
        foreach (var path in Directory.EnumerateFiles(folder, "*.md", SearchOption.AllDirectories).Order(StringComparer.Ordinal))
        {
            var file = Path.GetRelativePath(folder, path).Replace('\\', '/');
            if (file.Split('/').Any(part => part.StartsWith('_')))
                continue;
            if (ReadOne(path, file, problems, key) is not { } article)
                continue;
            if (articles.Find(a => a.Slug == article.Slug && a.Language == article.Language) is { } first)
                problems.Add(new(ProblemLevel.Error, file, 1, $"'{article.Slug}' in '{article.Language}' is already in {first.File}; this file is not read.", "Keep one of the two."));
            else
                articles.Add(article);
        }

        return articles;
    }

    private static Article? ReadOne(string path, string file, List<KnowledgeProblem> problems, ContentKey? key)
    {
        try
        {
            if (new FileInfo(path).Length <= LargestFile)
            {
                var text = File.ReadAllText(path);
                key?.Add(file);
                key?.Add(text);
                return new ArticleParser(file, problems).Parse(text);
            }

            problems.Add(new(ProblemLevel.Error, file, 0, "The file is larger than 256 KB.", "Divide the article."));
        }
        catch (Exception error) when (error is IOException or UnauthorizedAccessException)
        {
            problems.Add(new(ProblemLevel.Error, file, 0, $"The file cannot be read: {error.Message}", "Check that it exists and may be read."));
        }

        return null;
    }
}
