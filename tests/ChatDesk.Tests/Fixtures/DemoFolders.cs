using ChatDesk.Startup;

namespace ChatDesk.Tests.Fixtures;

/// <summary>The content that ships with the project.</summary>
internal static class DemoFolders
{
    /// <summary>The folder that holds <c>dialogs/</c> and <c>knowledge/</c>.</summary>
    public static string Root { get; } = ContentFolders.Find(null, []);

    /// <summary>Copies dialogs and knowledge of the demo agency, for tests that change files or need a second agency.</summary>
    public static void CopyTo(string folder, string agency = "demo")
    {
        foreach (var room in (string[])["dialogs", "knowledge"])
        {
            foreach (var file in Directory.EnumerateFiles(Path.Combine(Root, room, "demo"), "*", SearchOption.AllDirectories))
            {
                var copy = Path.Combine(folder, room, agency, Path.GetRelativePath(Path.Combine(Root, room, "demo"), file));
                Directory.CreateDirectory(Path.GetDirectoryName(copy)!);
                File.Copy(file, copy);
            }
        }
    }
}
