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
        var refused = new Dictionary<string, int>(StringComparer.Ordinal);
        using var timer = new PeriodicTimer(Interval, time);
        while (await timer.WaitForNextTickAsync(stoppingToken))
        {
            foreach (var agency in settings.Agencies)
            {
                var stamp = ContentFolders.Stamp(settings.ContentDirectory, agency);
                if (stamp == library.For(agency).Stamp || (refused.TryGetValue(agency, out var before) && before == stamp)) continue;
                refused[agency] = stamp;
                Reload(agency);
            }
        }
    }

    private void Reload(string agency)
    {
        var before = library.For(agency);
        if (ContentFolders.Read(settings.ContentDirectory, agency, time.Today(), before, out var problems, settings.DataDirectory) is { } content)
        {
            library.Replace(agency, content with { Hours = content.Hours.After(before.Hours, time.GetUtcNow()) });
            if (content.Hours.Calendar.Version != before.Hours.Calendar.Version)
                log.LogInformation("Agency {Agency} has calendar {Version} now, before it was {Before}", agency, content.Hours.Calendar.Version, before.Hours.Calendar.Version);
            log.LogInformation("Content of agency {Agency} was changed and is live", agency);
            return;
        }
        library.Refuse(agency, problems);
        foreach (var problem in problems) log.LogError("Content of agency {Agency} keeps its last good version: {Problem}", agency, problem);
    }
}
