using System.Text.Json;
using System.Text.Json.Serialization;

namespace ChatDesk.Startup.Backups;

/// <summary>What a backup says of itself: <c>about.json</c>.</summary>
/// <param name="Format">Raised when a later ChatDesk can no longer read earlier backups the same way.</param>
/// <param name="Program">The version that made it.</param>
/// <param name="Provider">Which databases it holds.</param>
/// <param name="Mark">Everything acknowledged before this moment is in it; of what came later, some may be.</param>
internal sealed record BackupAbout(int Format, string Program, BackupProvider Provider, DateTimeOffset Mark)
{
    public const string Name = "about.json";

    private const int CurrentFormat = 1;

    private static readonly JsonSerializerOptions Json = new() { WriteIndented = true, Converters = { new JsonStringEnumConverter() } };

    public static BackupAbout Now(BackupProvider provider, TimeProvider time) =>
        new(CurrentFormat, typeof(BackupAbout).Assembly.GetName().Version?.ToString() ?? "", provider, time.GetUtcNow());

    public void Write(BackupFolder folder) => File.WriteAllText(folder[Name], JsonSerializer.Serialize(this, Json));

    /// <exception cref="BackupException">It is of another format, or none.</exception>
    public static BackupAbout Read(BackupFolder folder)
    {
        try
        {
            var about = JsonSerializer.Deserialize<BackupAbout>(File.ReadAllText(folder[Name]), Json);
            if (about?.Format == CurrentFormat) return about;
            throw new BackupException($"the backup has format {about?.Format}, this ChatDesk reads {CurrentFormat}: restore it with the version that made it ({about?.Program})");
        }
        catch (Exception fault) when (fault is JsonException or FileNotFoundException)
        {
            throw new BackupException($"{Name} of the backup cannot be read: {fault.Message}");
        }
    }
}

internal enum BackupProvider
{
    Sqlite,
    Postgres,
}
