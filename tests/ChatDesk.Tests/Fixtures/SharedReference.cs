namespace ChatDesk.Tests.Fixtures;

/// <summary>LINE's own published files, which lie beside the project where it is developed and nowhere else.</summary>
internal static class SharedReference
{
    /// <summary>The folder, or the test is skipped with its reason.</summary>
    public static string Line()
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var line = Path.Combine(folder.FullName, "shared", "reference", "line");
            if (Directory.Exists(line)) return line;
        }
        Assert.Skip("LINE's published files (../shared/reference/line) are not on this machine");
        return "";
    }
}
