using ChatDesk.Knowledge;
using ChatDesk.Knowledge.Articles;
using ChatDesk.Knowledge.Lists;
using ChatDesk.Knowledge.Search;
using ChatDesk.Knowledge.Text;
using Lucene.Net.Analysis;
using Lucene.Net.Analysis.TokenAttributes;
using Lucene.Net.Documents;
using Lucene.Net.Index;
using Lucene.Net.Search;
using Lucene.Net.Store;
using Lucene.Net.Util;
using Microsoft.Data.Sqlite;

namespace ChatDesk.Tests.Knowledge.Bench;

/// <summary>A search engine in a race: builds over texts, then finds the ten best.</summary>
internal interface IContender : IDisposable
{
    string Name { get; }

    /// <summary>What it holds outside the managed heap, in bytes.</summary>
    long Outside => 0;

    void Build(string[] articles);

    /// <returns>How many were found.</returns>
    int Find(string question);
}

/// <summary>The index alone, with the analysis of the question.</summary>
internal sealed class OwnIndex : IContender
{
    private readonly TextAnalyzer _analyzer = new(SearchWords.None);
    private ArticleSearch? _search;

    public string Name => "ChatDesk index";

    public void Build(string[] articles) => _search = ArticleSearch.BuildLarge(
        articles.Select((a, i) => AnalysedArticle.From(new IndexedText($"a{i}", [], "", a), _analyzer)), new SearchTuning());

    public int Find(string question) => _search!.Find(_analyzer.Analyse(question), 10).Candidates.Count;

    public void Dispose() => _search = null;
}

/// <summary>The whole knowledge as a turn meets it: articles kept, masks, reflexes, layout repair, search, knowing.</summary>
internal sealed class WholeKnowledge : IContender
{
    private KnowledgeSnapshot? _knowledge;

    public string Name => "ChatDesk Ask";

    public void Build(string[] articles)
    {
        var lists = KnowledgeLists.Read(Shared.Demo, []);
        var topics = articles.Select((a, i) => new Topic(TopicKind.Article, $"a{i}", [Article(a, i)], []));
        _knowledge = new KnowledgeSnapshot([.. topics, .. Topic.From([], lists, null)], lists, [], new KnowledgeOptions());
    }

    public int Find(string question) => _knowledge!.Ask(question, "th").Candidates.Count;

    public void Dispose() => _knowledge = null;

    private static Article Article(string text, int i) => new()
    {
        File = "",
        Slug = $"a{i}",
        Language = "th",
        Title = "",
        Sections = [new ArticleSection("what", text, 1)],
    };
}

internal sealed class LuceneIcu : IContender
{
    private readonly RAMDirectory _directory = new();
    private IndexSearcher? _searcher;

    public string Name => "Lucene.Net + ICU4N";

    public void Build(string[] articles)
    {
        using (var writer = new IndexWriter(_directory, new IndexWriterConfig(LuceneVersion.LUCENE_48, new IcuAnalyzer())))
        {
            foreach (var article in articles)
                writer.AddDocument([new TextField("body", article, Field.Store.NO)]);
            writer.ForceMerge(1);
        }

        _searcher = new IndexSearcher(DirectoryReader.Open(_directory)) { Similarity = new Lucene.Net.Search.Similarities.BM25Similarity() };
    }

    public int Find(string question)
    {
        var words = new List<string>();
        WordBreaker.Break(ThaiText.Fold(question), words);
        var query = new BooleanQuery();
        foreach (var word in words.Distinct())
            query.Add(new TermQuery(new Term("body", word)), Occur.SHOULD);
        return _searcher!.Search(query, 10).ScoreDocs.Length;
    }

    public void Dispose() => _directory.Dispose();

    private sealed class IcuAnalyzer : Analyzer
    {
        protected override TokenStreamComponents CreateComponents(string fieldName, TextReader reader) => new(new IcuTokenizer(reader));
    }

    private sealed class IcuTokenizer : Tokenizer
    {
        private readonly ICharTermAttribute _term;
        private readonly List<string> _words = [];
        private int _next;

        public IcuTokenizer(TextReader reader)
            : base(reader) => _term = AddAttribute<ICharTermAttribute>();

        public override bool IncrementToken()
        {
            if (_next >= _words.Count)
                return false;
            ClearAttributes();
            _term.SetEmpty().Append(_words[_next++]);
            return true;
        }

        public override void Reset()
        {
            base.Reset();
            _words.Clear();
            _next = 0;
            WordBreaker.Break(ThaiText.Fold(m_input.ReadToEnd()), _words);
        }
    }
}

internal sealed class FtsTrigram : IContender
{
    private readonly SqliteConnection _connection = new("Data Source=:memory:");

    public string Name => "SQLite FTS5 trigram";

    public long Outside => Number("select page_count * page_size from pragma_page_count, pragma_page_size");

    public void Build(string[] articles)
    {
        _connection.Open();
        Run("create virtual table t using fts5(body, tokenize='trigram')");
        using var transaction = _connection.BeginTransaction();
        using var insert = _connection.CreateCommand();
        insert.CommandText = "insert into t(body) values ($b)";
        var body = insert.Parameters.Add("$b", SqliteType.Text);
        foreach (var article in articles)
        {
            body.Value = ThaiText.Fold(article);
            insert.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    public int Find(string question)
    {
        var folded = ThaiText.Fold(question);
        var grams = Enumerable.Range(0, folded.Length - 2).Select(i => $"\"{folded.Substring(i, 3)}\"").Distinct();
        using var command = _connection.CreateCommand();
        command.CommandText = "select rowid from t where t match $q order by rank limit 10";
        command.Parameters.AddWithValue("$q", string.Join(" OR ", grams));
        using var reader = command.ExecuteReader();
        var found = 0;
        while (reader.Read())
            found++;
        return found;
    }

    public void Dispose() => _connection.Dispose();

    private long Number(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private void Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
