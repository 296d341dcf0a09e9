using System.Globalization;

namespace ChatDesk.Knowledge.Eval;

/// <summary>
/// <c>-- eval FILE.jsonl [--noise] [--failures] [--knowledge FOLDER]</c>: asks every row of a labelled file and prints
/// how well the knowledge did. <c>-- eval --sets FOLDER</c> runs the public retrieval sets instead.
/// </summary>
internal static class KnowledgeEval
{
    /// <returns>0 when it ran, 2 when the arguments or the file are wrong.</returns>
    public static int Run(IReadOnlyList<string> args, DateOnly today, TextWriter output)
    {
        if (Option(args, "--sets") is { } sets)
            return Sets.PublicSets.Run(sets, output);
        var file = args.FirstOrDefault(a => a.EndsWith(".jsonl", StringComparison.OrdinalIgnoreCase));
        var folder = Option(args, "--knowledge") ?? FindUp(Path.Combine("knowledge", "demo"));
        if (file is null || !File.Exists(file) || folder is null || !Directory.Exists(folder))
        {
            output.WriteLine("usage: eval FILE.jsonl [--noise] [--failures] [--knowledge FOLDER] | eval --sets FOLDER");
            return 2;
        }

        IReadOnlyList<EvalRow> rows;
        try
        {
            rows = EvalRow.Read(file);
        }
        catch (FormatException error)
        {
            output.WriteLine($"{file}: {error.Message}");
            return 2;
        }

        Report(KnowledgeBase.Load(folder, today), rows, args, output);
        return 0;
    }

    private static void Report(KnowledgeSnapshot knowledge, IReadOnlyList<EvalRow> rows, IReadOnlyList<string> args, TextWriter output)
    {
        // The first round pays for compilation, which is not the knowledge's latency. It asks in other words, since what was just asked is remembered.
        EvalScore.Of(knowledge, rows.Select(r => r with { Text = r.Text + " ." }));
        var clean = EvalScore.Of(knowledge, rows);
        EvalReport.Write(clean, output);
        if (args.Contains("--failures"))
            EvalReport.WriteFailures(clean, output);
        if (!args.Contains("--noise"))
            return;
        output.WriteLine();
        output.WriteLine("noise                      first choice   first three   change");
        foreach (var (name, make) in Noise.Kinds)
        {
            var random = new Random(1);
            var noisy = EvalScore.Of(knowledge, [.. rows.Select(r => r with { Text = make(r.Text, random) })]);
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{name,-26} {noisy.FirstChoice,11:P1} {noisy.FirstThree,13:P1} {100 * (noisy.FirstChoice - clean.FirstChoice),8:+0.0;-0.0}"));
        }
    }

    private static string? Option(IReadOnlyList<string> args, string name)
    {
        for (var i = 0; i + 1 < args.Count; i++)
        {
            if (args[i] == name)
                return args[i + 1];
        }

        return null;
    }

    // Under "dotnet run --project" the working directory is the project's.
    private static string? FindUp(string path)
    {
        for (var folder = new DirectoryInfo(Directory.GetCurrentDirectory()); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, path)))
                return Path.Combine(folder.FullName, path);
        }

        return null;
    }
}
