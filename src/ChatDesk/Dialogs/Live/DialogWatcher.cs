using ChatDesk.Dialogs.Format;

namespace ChatDesk.Dialogs.Live;

/// <summary>
/// Looks at an agency's dialog folder every few seconds and puts a changed, faultless book on the shelf. Looks instead of
/// being told, because file notifications do not cross network shares and mounted volumes.
/// </summary>
internal sealed class DialogWatcher(string folder, DialogShelf shelf, TimeProvider time, ILogger<DialogWatcher> log) : BackgroundService
{
    private static readonly TimeSpan Every = TimeSpan.FromSeconds(2);

    private string _seen = "";

    /// <summary>Looks once.</summary>
    /// <returns>True when a new book went into force.</returns>
    public bool Look()
    {
        var stamp = Stamp();
        if (stamp == _seen)
            return false;
        var loaded = DialogLoader.Load(folder);
        _seen = stamp;
        if (loaded.Book is { } book)
            return Put(book);
        shelf.Refuse(loaded.Problems);
        foreach (var problem in loaded.Problems)
            log.LogError("Dialogs in {Folder} stay at version {Version}: {File} line {Line}: {Problem} {Remedy}", folder, shelf.Current.Version, problem.File, problem.Line, problem.Problem, problem.Remedy);
        return false;
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        using var timer = new PeriodicTimer(Every, time);
        do
        {
            Look();
        }
        while (await Tick(timer, stoppingToken));
    }

    private static async ValueTask<bool> Tick(PeriodicTimer timer, CancellationToken stopping)
    {
        try
        {
            return await timer.WaitForNextTickAsync(stopping);
        }
        catch (OperationCanceledException)
        {
            return false;
        }
    }

    private bool Put(DialogBook book)
    {
        var changed = book.Version != shelf.Current.Version;
        shelf.Put(book);
        if (changed)
            log.LogInformation("Dialogs in {Folder} are now version {Version}", folder, book.Version);
        return changed;
    }

    /// <summary>Names, sizes and times of the files; cheap enough to take every few seconds.</summary>
    private string Stamp()
    {
        try
        {
            return string.Join('|', new DirectoryInfo(folder).EnumerateFiles("*.yaml")
                .Where(f => !f.Name.EndsWith(".test.yaml", StringComparison.Ordinal))
                .OrderBy(f => f.Name, StringComparer.Ordinal)
                .Select(f => FormattableString.Invariant($"{f.Name}:{f.Length}:{f.LastWriteTimeUtc.Ticks}")));
        }
        catch (Exception gone) when (gone is IOException or UnauthorizedAccessException)
        {
            return "unreadable";
        }
    }
}
