using System.Security.Cryptography;
using System.Text;
using ChatDesk.Hours;
using ChatDesk.Hours.Files;
using ChatDesk.People;
using ChatDesk.People.Audit;

namespace ChatDesk.Desk.Opening;

/// <summary>How a change of the hours ended.</summary>
/// <param name="Hours">As they will be; null when nothing was saved.</param>
/// <param name="Problems">What must be mended first.</param>
/// <param name="Stale">Somebody saved another version meanwhile: look at that one first.</param>
internal sealed record HoursSaved(AgencyHours? Hours, IReadOnlyList<HoursProblem> Problems, bool Stale = false);

/// <summary>
/// Changes an agency's <c>hours.yaml</c> from the desk. What cannot be read is refused before it is saved; the version before
/// is kept beside the desk's data, and who changed it stands in the audit log. The running desk takes the saved file as it
/// takes one from an editor's hand.
/// </summary>
/// <param name="folderOf">Where an agency's content lies.</param>
/// <param name="versions">Where earlier versions are kept: not among the content, where every file counts.</param>
/// <param name="audit">Who changed what.</param>
/// <param name="time">Names the versions.</param>
internal sealed class HoursEditing(Func<string, string> folderOf, string versions, AuditLog audit, TimeProvider time) : IDisposable
{
    private const string MainFile = "hours.yaml";
    private const int LargestFile = 200_000;

    private readonly SemaphoreSlim _saving = new(1, 1);

    public void Dispose() => _saving.Dispose();

    /// <returns>The file as it lies there; empty when it is gone. The desk then goes on with the hours it last read.</returns>
    public async Task<string> ReadAsync(string agency)
    {
        try
        {
            return await File.ReadAllTextAsync(PathOf(agency));
        }
        catch (Exception fault) when (fault is FileNotFoundException or DirectoryNotFoundException)
        {
            return "";
        }
    }

    /// <summary>Names a version of the file, so that a page can say which one it showed.</summary>
    public static string MarkOf(string text) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)))[..16];

    /// <param name="by">Who.</param>
    /// <param name="text">The whole file.</param>
    /// <param name="mark">The version it was made from.</param>
    public async Task<HoursSaved> SaveAsync(OfficerIdentity by, string text, string mark)
    {
        text = text.ReplaceLineEndings("\n").TrimEnd() + "\n";
        if (text.Length > LargestFile) return new HoursSaved(null, [new HoursProblem(MainFile, 0, "the file is too long", "shorten it")]);
        await _saving.WaitAsync();
        try
        {
            var before = await ReadAsync(by.Agency);
            if (MarkOf(before) != mark) return new HoursSaved(null, [], Stale: true);
            if (Try(by.Agency, text, out var problems) is not { } hours) return new HoursSaved(null, problems);
            var kept = await KeepAsync(by.Agency, before);
            await ReplaceAsync(PathOf(by.Agency), text);
            await audit.WriteAsync(by, "hours.change", $"agency/{by.Agency}", new { calendar = hours.Calendar.Version, before = kept });
            return new HoursSaved(hours, []);
        }
        finally
        {
            _saving.Release();
        }
    }

    /// <summary>The file with one more special day, written as an editor would; what else stands in it stays as it is.</summary>
    public static string WithDay(string text, DateOnly date, string kind, string? open, string thai, string english)
    {
        var day = string.Create(System.Globalization.CultureInfo.InvariantCulture, $"  - {{ date: {date:yyyy-MM-dd}, kind: {kind}{(open is null ? "" : $", open: {Quoted(open)}")}, th: {Quoted(thai)}, en: {Quoted(english)} }}\n");
        text = text.ReplaceLineEndings("\n").TrimEnd() + "\n";
        const string list = "\ndays:\n";
        var at = text.IndexOf(list, StringComparison.Ordinal);
        return at < 0 ? $"{text}\ndays:\n{day}" : text.Insert(at + list.Length, day);
    }

    /// <summary>Reads the folder as it would be, beside the real one.</summary>
    private AgencyHours? Try(string agency, string text, out IReadOnlyList<HoursProblem> problems)
    {
        var trial = Directory.CreateTempSubdirectory("chatdesk-hours-").FullName;
        try
        {
            foreach (var room in (string[])["hours", "law"])
            {
                var from = Path.Combine(folderOf(agency), room);
                if (!Directory.Exists(from)) continue;
                Directory.CreateDirectory(Path.Combine(trial, room));
                foreach (var file in Directory.EnumerateFiles(from)) File.Copy(file, Path.Combine(trial, room, Path.GetFileName(file)));
            }
            File.WriteAllText(Path.Combine(Directory.CreateDirectory(Path.Combine(trial, "hours")).FullName, MainFile), text);
            var hours = HoursFolder.Load(trial, out var found);
            problems = [.. found.Select(p => p with { File = Path.GetFileName(p.File) })];
            return hours;
        }
        finally
        {
            Directory.Delete(trial, recursive: true);
        }
    }

    private async Task<string> KeepAsync(string agency, string text)
    {
        var folder = Directory.CreateDirectory(Path.Combine(versions, agency));
        var name = $"{time.GetUtcNow().UtcDateTime:yyyyMMdd'T'HHmmssfff}-{MarkOf(text)}.yaml";
        await File.WriteAllTextAsync(Path.Combine(folder.FullName, name), text);
        return name;
    }

    /// <summary>Whole or not at all: the desk may read it at any moment.</summary>
    private static async Task ReplaceAsync(string path, string text)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(path)!);
        var unfinished = path + ".part";
        await File.WriteAllTextAsync(unfinished, text);
        File.Move(unfinished, path, overwrite: true);
    }

    private string PathOf(string agency) => Path.Combine(folderOf(agency), "hours", MainFile);

    private static string Quoted(string text) => $"\"{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("\"", "\\\"", StringComparison.Ordinal)}\"";
}
