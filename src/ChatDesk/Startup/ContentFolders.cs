using ChatDesk.Conversations;
using ChatDesk.Conversations.Words;

namespace ChatDesk.Startup;

/// <summary>Finds and reads what editors write: <c>dialogs/{agency}</c> and <c>knowledge/{agency}</c>.</summary>
internal static class ContentFolders
{
    /// <summary>The folder that holds <c>dialogs/</c> and <c>knowledge/</c>: the one named, else the nearest one up from here (dotnet run works in the project's folder) or from the program.</summary>
    /// <returns>Absolute path, or an empty string with a problem added.</returns>
    public static string Find(string? given, List<string> problems)
    {
        if (!string.IsNullOrWhiteSpace(given))
        {
            if (HoldsContent(given)) return Path.GetFullPath(given);
            problems.Add($"ContentDirectory: {Path.GetFullPath(given)} does not hold the folders dialogs and knowledge.");
            return "";
        }
        foreach (var start in (string[])[Directory.GetCurrentDirectory(), AppContext.BaseDirectory])
        {
            for (var folder = new DirectoryInfo(start); folder is not null; folder = folder.Parent)
            {
                if (HoldsContent(folder.FullName)) return folder.FullName;
            }
        }
        problems.Add("ContentDirectory: no folder with dialogs and knowledge was found here or above; start the desk inside its folder or name the folder.");
        return "";
    }

    /// <summary>Reads an agency's content; null when it has problems (each is in the list, with file, line and remedy).</summary>
    public static AgencyContent? Read(string contentDirectory, string agency, out IReadOnlyList<WordsProblem> problems) =>
        DeskWordsFile.Load(Path.Combine(contentDirectory, "dialogs", agency, "_desk.yaml"), out problems) is { } words ? new AgencyContent(words) : null;

    private static bool HoldsContent(string folder) =>
        Directory.Exists(Path.Combine(folder, "dialogs")) && Directory.Exists(Path.Combine(folder, "knowledge"));
}
