using ChatDesk.Dialogs.Format;

namespace ChatDesk.Dialogs.Checks;

/// <summary>What <c>-- new dialog NAME</c> does: writes a dialog and its test to start from, made of <c>_new.yaml</c> and <c>_new.test.yaml</c> of the same folder.</summary>
internal sealed class NewDialog
{
    private const string Placeholder = "NAME";

    /// <param name="folder">One agency's dialogs.</param>
    /// <param name="name">The dialog's name; also its file's.</param>
    /// <param name="output">Says what was written, or why nothing was.</param>
    /// <returns>0 when both files were written, otherwise 1.</returns>
    public int Run(string folder, string name, TextWriter output)
    {
        if (!DialogLint.IsName(name))
        {
            output.WriteLine($"'{name}' cannot be the name of a dialog. Use small letters, digits and _, beginning with a letter.");
            return 1;
        }
        foreach (var ending in new[] { ".yaml", ".test.yaml" })
        {
            var from = Path.Combine(folder, $"_new{ending}");
            var to = Path.Combine(folder, name + ending);
            if (!File.Exists(from))
            {
                output.WriteLine($"{from} is missing. Copy it from another agency's folder.");
                return 1;
            }
            if (File.Exists(to))
            {
                output.WriteLine($"{to} exists already. Choose another name, or edit that file.");
                return 1;
            }
        }
        foreach (var ending in new[] { ".yaml", ".test.yaml" })
        {
            var to = Path.Combine(folder, name + ending);
            File.WriteAllText(to, File.ReadAllText(Path.Combine(folder, $"_new{ending}")).Replace(Placeholder, name, StringComparison.Ordinal));
            output.WriteLine($"written: {to}");
        }
        output.WriteLine("next: change words and steps, then run -- check");
        return 0;
    }
}
