namespace ChatDesk.Knowledge.Eval.Sets;

/// <summary>
/// Measures the search on public Thai and English sets, beside what a prototype reached on other halves of the same
/// sets. They are not part of the project; the folder is given.
/// </summary>
internal static class PublicSets
{
    /// <returns>0 when it ran, 2 when the folder does not hold the sets.</returns>
    public static int Run(string folder, TextWriter output)
    {
        var files = new SetFiles(folder);
        if (!files.Has("xquad_dev.docs.jsonl"))
        {
            output.WriteLine($"{folder} does not hold the public sets (xquad_dev.docs.jsonl and its companions).");
            return 2;
        }

        RetrievalTable.Write(files, output);
        NoiseTable.Write(files, output);
        FewVariantsTable.Write(files, output);
        KnowingTable.Write(files, output);
        return 0;
    }
}
