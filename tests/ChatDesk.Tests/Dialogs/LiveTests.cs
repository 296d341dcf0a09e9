using ChatDesk.Dialogs.Checks;
using ChatDesk.Dialogs.Engine;
using ChatDesk.Dialogs.Format;
using ChatDesk.Dialogs.Live;

namespace ChatDesk.Tests.Dialogs;

/// <summary>Files that change while people are talking.</summary>
public sealed class LiveTests : IDisposable
{
    private const string Repair = "_repair.yaml";

    private readonly string _folder = Directory.CreateTempSubdirectory("chatdesk-live").FullName;

    public LiveTests()
    {
        foreach (var file in Directory.EnumerateFiles(Demo.Folder, "*.yaml"))
            File.Copy(file, Path.Combine(_folder, Path.GetFileName(file)));
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private (DialogShelf Shelf, Watcher Watcher) Open()
    {
        var shelf = new DialogShelf(DialogLoader.Load(_folder).Book!);
        return (shelf, new Watcher(_folder, shelf));
    }

    /// <summary>Does with the dialogs what the desk does when files change.</summary>
    private sealed class Watcher(string folder, DialogShelf shelf)
    {
        public IReadOnlyList<DialogProblem> Problems { get; private set; } = [];

        /// <returns>True when a new book went into force.</returns>
        public bool Look()
        {
            var loaded = DialogLoader.Load(folder);
            Problems = loaded.Problems;
            if (loaded.Book is not { } book) return false;
            var changed = book.Version != shelf.Current.Version;
            shelf.Put(book);
            return changed;
        }
    }

    private void Edit(string file, string from, string to)
    {
        var path = Path.Combine(_folder, file);
        var text = File.ReadAllText(path);
        Assert.Contains(from, text, StringComparison.Ordinal);
        File.WriteAllText(path, text.Replace(from, to, StringComparison.Ordinal));
    }

    [Fact]
    public void A_corrected_file_goes_live_and_an_equal_one_does_nothing()
    {
        var (shelf, watcher) = Open();
        var before = shelf.Current.Version;
        Assert.False(watcher.Look());
        Edit("signboard_tax.yaml", "And how many centimetres high?", "And how high is it in centimetres?");
        Assert.True(watcher.Look());
        Assert.NotEqual(before, shelf.Current.Version);
        Assert.False(watcher.Look());
    }

    [Fact]
    public void A_broken_edit_leaves_the_last_good_book_and_says_why()
    {
        var (shelf, watcher) = Open();
        var good = shelf.Current;
        Edit("signboard_tax.yaml", "ask: width", "ask: widht");
        Assert.False(watcher.Look());
        Assert.Same(good, shelf.Current);
        Assert.Contains(watcher.Problems, p => p.File == "signboard_tax.yaml" && p.Problem.Contains("widht", StringComparison.Ordinal));
        Edit("signboard_tax.yaml", "ask: widht", "ask: width");
        watcher.Look();
        Assert.Empty(watcher.Problems);
    }

    [Fact]
    public void Fifty_conversations_keep_their_place_through_an_edit()
    {
        var (shelf, watcher) = Open();
        var talks = Talks(shelf.Current).Take(50).ToList();
        Assert.Equal(50, talks.Count);
        Edit("file_complaint.yaml", "What happened? Please tell it in your own words.", "Please tell us what happened.");
        Edit("permit_finder.yaml", "  - id: ask_sign\n", "  - id: ask_sign_now\n");
        Edit(Repair, "Let us start again from the beginning.", "Starting again.");
        Assert.True(watcher.Look());
        foreach (var state in talks)
        {
            var book = shelf.For(state);
            Assert.NotNull(book.Find(state.Top.Dialog)!.Find(state.Top.Step));
            var turn = DialogEngine.Continue(book, state, Demo.Says("help"), Demo.Context("en"));
            Assert.Equal(state.Top.Step, turn.State!.Top.Step);
            Assert.Equal(state.Top.Slots, turn.State.Top.Slots);
        }
    }

    [Fact]
    public void A_place_that_is_gone_is_found_in_the_old_book_and_after_a_restart_all_answers_are_kept()
    {
        var (shelf, watcher) = Open();
        var old = shelf.Current;
        var turn = DialogEngine.Begin(old, "permit_finder", Demo.Context(), "ร้านอาหาร 150 ตร.ม. ขายเหล้า");
        turn = DialogEngine.Continue(old, turn.State!, Demo.Says("บางรัก กรุงเทพ"), Demo.Context());
        Assert.Equal("ask_sign", turn.State!.Top.Step);
        Edit("permit_finder.yaml", "  - id: ask_sign\n", "  - id: ask_sign_now\n");
        watcher.Look();
        Assert.Same(old, shelf.For(turn.State));

        var restarted = new DialogShelf(shelf.Current);
        var moved = DialogEngine.Continue(restarted.For(turn.State), turn.State, Demo.Says("ใช่"), Demo.Context());
        Assert.Equal("ask_sign_now", moved.State!.Top.Step);
        Assert.Equal("150", moved.State.Top.Slots["area"]);
    }

    [Fact]
    public void A_dialog_that_is_gone_ends_with_a_person()
    {
        var (shelf, watcher) = Open();
        var turn = DialogEngine.Begin(shelf.Current, "elicence_verify", Demo.Context());
        File.Delete(Path.Combine(_folder, "elicence_verify.yaml"));
        Assert.True(watcher.Look());
        var after = DialogEngine.Continue(shelf.Current, turn.State!, Demo.Says("12-2569-00045"), Demo.Context());
        Assert.Equal(DialogOutcome.HandedOver, after.Outcome);
    }

    [Fact]
    public void A_new_dialog_passes_the_check_at_once()
    {
        var report = new StringWriter();
        Assert.Equal(0, new NewDialog().Run(_folder, "market_stall", report));
        Assert.True(new DialogCheck(Demo.Hours.Calendar.IsWorkingDay).Run(_folder, report) == 0, report.ToString());
        Assert.Contains("market_stall", report.ToString(), StringComparison.Ordinal);
        Assert.Equal(1, new NewDialog().Run(_folder, "market_stall", report));
    }

    [Theory]
    [InlineData("../evil")]
    [InlineData("/etc/evil")]
    [InlineData("a/b")]
    [InlineData("a.b")]
    [InlineData("A")]
    [InlineData("")]
    [InlineData("a\0b")]
    [InlineData("..\\evil")]
    [InlineData("%2e%2e")]
    public void A_new_dialog_stays_in_its_folder(string name)
    {
        var before = Directory.GetFiles(_folder).Length;
        Assert.Equal(1, new NewDialog().Run(_folder, name, new StringWriter()));
        Assert.Equal(before, Directory.GetFiles(_folder).Length);
    }

    [Fact]
    public void The_check_finds_a_step_no_transcript_reaches_and_a_wrong_expectation()
    {
        Edit("signboard_tax.test.yaml", "never: [300 บาท, ปีแรก]", "never: [500 บาท]");
        Edit("signboard_tax.yaml", "  - id: advice\n", "  - id: never_seen\n    when: width > 9999\n    say: { th: ก, en: a }\n  - id: advice\n");
        File.Delete(Path.Combine(_folder, "track_case.test.yaml"));
        var report = new StringWriter();
        Assert.Equal(1, new DialogCheck(Demo.Hours.Calendar.IsWorkingDay).Run(_folder, report));
        Assert.Contains("'500 บาท' was said", report.ToString(), StringComparison.Ordinal);
        Assert.Contains("'track_case' has no tests", report.ToString(), StringComparison.Ordinal);
    }

    /// <summary>States at every question of every dialog, in turn.</summary>
    private static IEnumerable<DialogState> Talks(DialogBook book)
    {
        foreach (var dialog in book.Dialogs.Values.OrderBy(d => d.Name, StringComparer.Ordinal))
        {
            foreach (var step in dialog.Steps.Where(s => s is AskStep or ChooseStep))
            {
                yield return new DialogState
                {
                    Run = "r",
                    HeardAt = Demo.Monday.ToUnixTimeSeconds(),
                    Frames = [new DialogFrame { Dialog = dialog.Name, Version = dialog.Version, Step = step.Id, Slots = new() { ["number"] = "1" }, History = [step.Id] }],
                };
            }
        }
    }
}
