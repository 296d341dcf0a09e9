namespace ChatDesk.Tests.LineSimulator;

/// <summary>LINE's own documents and captured examples, where they lie beside the project.</summary>
internal static class Shared
{
    /// <returns>The full path below <c>shared/reference/line</c>; skips the test when it is not there.</returns>
    public static string LinePath(string name)
    {
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            var path = Path.Combine(folder.FullName, "shared", "reference", "line", name);
            if (Path.Exists(path)) return path;
        }

        Assert.Skip($"shared/reference/line/{name} is not beside the project.");
        return "";
    }
}
