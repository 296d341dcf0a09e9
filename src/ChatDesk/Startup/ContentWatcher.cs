using ChatDesk.Conversations;

namespace ChatDesk.Startup;

/// <summary>
/// Looks at the content folders once a second and makes a changed version live, whole or not at all: while anything in it
/// must be mended, the last good version stays and the log says which file and line.
/// </summary>
internal sealed class ContentWatcher(DeskSettings settings, ContentLibrary library, TimeProvider time, ILogger<ContentWatcher> log) : BackgroundService
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(1);

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await library.Loaded.WaitAsync(stoppingToken);
        var seen = settings.Agencies.ToDictionary(agency => agency, Stamp);
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var agency in settings.Agencies)
            {
                var stamp = Stamp(agency);
                if (stamp == seen[agency]) continue;
                seen[agency] = stamp;
                Reload(agency);
            }
        }
    }

    private void Reload(string agency)
    {
        if (ContentFolders.Read(settings.ContentDirectory, agency, time.Today(), library.For(agency), out var problems) is { } content)
        {
            library.Replace(agency, content);
            log.LogInformation("Content of agency {Agency} was changed and is live", agency);
            return;
        }
        library.Refuse(agency, problems);
        foreach (var problem in problems) log.LogError("Content of agency {Agency} keeps its last good version: {Problem}", agency, problem);
    }

    /// <summary>Changes when any file of the agency is written, added or removed.</summary>
    private int Stamp(string agency)
    {
        var stamp = new HashCode();
        foreach (var room in (string[])["dialogs", "knowledge"])
        {
            var folder = Path.Combine(settings.ContentDirectory, room, agency);
            if (!Directory.Exists(folder)) continue;
            foreach (var file in new DirectoryInfo(folder).EnumerateFiles("*", SearchOption.AllDirectories).OrderBy(f => f.FullName, StringComparer.Ordinal))
            {
                stamp.Add(file.FullName);
                stamp.Add(file.LastWriteTimeUtc);
                stamp.Add(file.Length);
            }
        }
        return stamp.ToHashCode();
    }
}
