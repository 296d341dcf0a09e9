using ChatDesk.Activities;
using ChatDesk.Dialogs.Engine;
using ChatDesk.Dialogs.Format;
using ChatDesk.Hours;
using ChatDesk.Hours.Files;

namespace ChatDesk.Tests.Dialogs;

/// <summary>The shipped demo dialogs, and small makers that tests of this room share.</summary>
internal static class Demo
{
    private static readonly Lazy<DialogBook> Loaded = new(() =>
    {
        var loaded = DialogLoader.Load(Folder);
        Assert.True(loaded.Book is not null, string.Join('\n', loaded.Problems));
        return loaded.Book!;
    });

    private static readonly Lazy<AgencyHours> LoadedHours = new(() =>
    {
        var hours = HoursFolder.Load(Folder, out var problems);
        Assert.True(hours is not null, string.Join('\n', problems));
        return hours;
    });

    public static DialogBook Book => Loaded.Value;

    public static AgencyHours Hours => LoadedHours.Value;

    public static string Folder
    {
        get
        {
            var at = AppContext.BaseDirectory;
            while (!Directory.Exists(Path.Combine(at, "dialogs", "demo")))
                at = Path.GetDirectoryName(at) ?? throw new DirectoryNotFoundException("dialogs/demo");
            return Path.Combine(at, "dialogs", "demo");
        }
    }

    /// <summary>Monday 23 November 2026, ten in the morning.</summary>
    public static readonly DateTimeOffset Monday = new(2026, 11, 23, 10, 0, 0, TimeSpan.FromHours(7));

    public static DialogContext Context(string language = "th", DateTimeOffset? now = null, string turn = "t") =>
        new() { Language = language, Now = now ?? Monday, TurnId = turn };

    public static InboundActivity Says(string text) => new()
    {
        Id = "a",
        Conversation = new ConversationKey("demo", "test", "someone"),
        Kind = InboundKind.Text,
        At = Monday,
        Text = text,
    };

    public static InboundActivity Taps(string data) => Says("") with { Kind = InboundKind.Choice, Data = data };

    /// <summary>The demo's words and repairs with other dialogs; content by file name.</summary>
    public static Dictionary<string, string> FilesWith(params (string File, string Yaml)[] dialogs)
    {
        var files = new Dictionary<string, string>
        {
            ["_words.yaml"] = File.ReadAllText(Path.Combine(Folder, "_words.yaml")),
            ["_repair.yaml"] = File.ReadAllText(Path.Combine(Folder, "_repair.yaml")).Replace("person: request_human\n", "", StringComparison.Ordinal),
        };
        foreach (var (file, yaml) in dialogs)
            files[file] = yaml;
        return files;
    }

    public static DialogBook BookWith(params (string File, string Yaml)[] dialogs)
    {
        var loaded = DialogLoader.Load(FilesWith(dialogs));
        Assert.True(loaded.Book is not null, string.Join('\n', loaded.Problems));
        return loaded.Book!;
    }

    public static string Said(this DialogTurn turn) => string.Join('\n', turn.Replies.Select(r => r.PlainText));
}
