namespace ChatDesk.Tests.Knowledge;

/// <summary>Folders outside the project that a test may use when they are there, and this project's own.</summary>
internal static class Shared
{
    /// <returns>The folder of that name in <c>shared</c> beside the project or above it; null when there is none.</returns>
    public static string? Folder(string name) => Up(Path.Combine("shared", name));

    /// <summary>The demonstration knowledge that ships with the project.</summary>
    public static string Demo => Up(Path.Combine("knowledge", "demo")) ?? throw new DirectoryNotFoundException("knowledge/demo");

    private static string? Up(string path)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            if (Directory.Exists(Path.Combine(folder.FullName, path)))
                return Path.Combine(folder.FullName, path);
        }

        return null;
    }
}
