using ChatDesk.LineSimulator;

namespace ChatDesk.LinePlatform.Desk;

/// <summary>How a desk is configured for a run: one agency, <c>demo</c>, on the simulated LINE.</summary>
/// <param name="Dll">ChatDesk.dll.</param>
/// <param name="DataFolder">The desk's <c>DataDirectory</c>.</param>
/// <param name="LogFile">Where its output goes.</param>
internal sealed record DeskSettings(string Dll, Uri LineUrl, LineChannelSetup Channel, int Port, string DataFolder, string LogFile)
{
    /// <summary>More settings by environment, for example <c>Redis__Configuration</c>.</summary>
    public IReadOnlyDictionary<string, string> Extra { get; init; } = new Dictionary<string, string>();

    /// <summary>Whether somebody starts it again when it ends by itself.</summary>
    public bool RestartsByItself { get; init; }

    public Uri Url => new($"http://127.0.0.1:{Port}");

    public Uri Webhook => new(Url, "/line/demo/webhook");

    public IEnumerable<KeyValuePair<string, string>> Environment()
    {
        yield return new("Agencies__demo__Line__ChannelSecrets__0", Channel.Secret);
        if (Channel.AccessToken is { } token) yield return new("Agencies__demo__Line__ChannelAccessToken", token);
        yield return new("Agencies__demo__Line__ChannelId", Channel.Id);
        yield return new("Line__ApiBaseUrl", LineUrl.ToString());
        yield return new("Line__DataApiBaseUrl", LineUrl.ToString());
        yield return new("Urls", Url.ToString().TrimEnd('/'));
        yield return new("DataDirectory", DataFolder);
        foreach (var setting in Extra) yield return setting;
    }
}

/// <summary>Finds a built ChatDesk.dll.</summary>
internal static class DeskDll
{
    /// <param name="named">A path from the command line; null searches upwards for <c>src/ChatDesk/bin</c>.</param>
    /// <exception cref="PlatformException">There is none.</exception>
    public static string Find(string? named)
    {
        if (named is not null) return File.Exists(named) ? Path.GetFullPath(named) : throw new PlatformException($"--desk: there is no file {named}");
        for (var folder = new DirectoryInfo(AppContext.BaseDirectory); folder is not null; folder = folder.Parent)
        {
            foreach (var kind in (string[])["Release", "Debug"])
            {
                var dll = Path.Combine(folder.FullName, "src", "ChatDesk", "bin", kind, "net10.0", "ChatDesk.dll");
                if (File.Exists(dll)) return dll;
            }
        }

        throw new PlatformException("No built desk found. Run `dotnet build src/ChatDesk -c Release`, or name one with --desk PATH/ChatDesk.dll.");
    }
}

/// <summary>Something the person at the terminal must put right; shown as one line, exit code 2.</summary>
internal sealed class PlatformException(string message) : Exception(message);
