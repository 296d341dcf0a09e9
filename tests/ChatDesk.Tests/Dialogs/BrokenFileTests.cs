using System.Diagnostics;
using ChatDesk.Dialogs.Format;

namespace ChatDesk.Tests.Dialogs;

/// <summary>Files that an editor could well write, each told what is wrong, where, and what to do.</summary>
public sealed class BrokenFileTests
{
    private const string Head = "dialog: d\ntitle: { th: ก, en: a }\n";
    private const string Slots = "slots:\n  n: { kind: number, label: { th: ก, en: n } }\n  c: { kind: choice, label: { th: ข, en: c }, choices: [ { value: x, label: { th: ก, en: x } }, { value: z, label: { th: ข, en: z } } ] }\n";
    private const string Say = "  - { id: s, say: { th: ก, en: a } }\n";

    /// <summary>Line 1-2 head, 3-5 slots, 6 steps, 7 ask n, 8 ask c.</summary>
    private const string Good = Head + Slots + "steps:\n  - { id: a, ask: n, text: { th: ก, en: a } }\n  - { id: b, ask: c, text: { th: ก, en: a } }\n";

    public static TheoryData<string, int, string, string> Broken => new()
    {
        { "", 1, "empty", "Write" },
        { "- a\n- b\n", 1, "does not begin with a key", "dialog:" },
        { Head + "steps:\n" + Say + "\tx: 1\n", 5, "A tab", "spaces" },
        { Head + "steps:\n" + Say + " x: [1\n", 5, "not readable as YAML", "indentation" },
        { Head + "---\ndialog: e\n", 3, "more than one document", "three dashes" },
        { Head + "steps:\n" + Say + "dialog: d\n", 5, "stands here twice", "Keep one" },
        { Head + "about: &x hello\nsteps:\n" + Say, 3, "Anchor '&x'", "Remove" },
        { Head + "about: *x\nsteps:\n" + Say, 3, "Alias '*x'", "in full" },
        { Head + "about: !!str x\nsteps:\n" + Say, 3, "Tag", "quotes" },
        { Head + "<<: { a: b }\nsteps:\n" + Say, 3, "Merge key", "in full" },
        { Head + "stepz:\n" + Say, 3, "Unknown key 'stepz'", "'steps'" },
        { "dialog: other\ntitle: { th: ก, en: a }\nsteps:\n" + Say, 1, "its file 'd'", "same name" },
        { "dialog: d\ntitle: { th: ก }\nsteps:\n" + Say, 2, "no English text", "'en: …'" },
        { "dialog: d\ntitle: ก\nsteps:\n" + Say, 2, "one language only", "th: …, en: …" },
        { Head, 1, "no steps", "at least one step" },
        { Head + "steps:\n  - { id: s, say: { th: ก, en: a }, next: nowhere }\n", 4, "'nowhere', which does not exist", "'end'" },
        { Good + "  - { id: e, end: here }\n  - { id: f, say: { th: ก, en: a } }\n", 10, "No way leads to step 'f'", "'next'" },
        { Head + "steps:\n  - { id: s, say: { th: ก, en: a }, next: s }\n", 4, "circle", "choose step" },
        { Good + "  - { id: e, say: { th: ก, en: a }, next: a }\n", 7, "circle", "emptied with none" },
        { Head + "steps:\n  - { id: s, ask: q, text: { th: ก, en: a } }\n", 4, "no slot 'q'", "Declare it" },
        { Head + Slots.Replace("number", "numbr", StringComparison.Ordinal) + "steps:\n" + Say, 4, "no answer kind 'numbr'", "number" },
        { Head + "slots:\n  p: { kind: text, pattern: '(?=x)y', label: { th: ก, en: p } }\nsteps:\n  - { id: a, ask: p, text: { th: ก, en: a } }\n", 4, "make the desk hang", "look-around" },
        { Head + "slots:\n  p: { kind: text, pattern: '(x', label: { th: ก, en: p } }\nsteps:\n  - { id: a, ask: p, text: { th: ก, en: a } }\n", 4, "not a pattern", "bracket" },
        { Good.Replace("th: ก, en: x }", "th: ก, en: this label is much too long }", StringComparison.Ordinal), 5, "LINE shows 20", "Shorten" },
        { Head + "slots:\n  c:\n    kind: choice\n    label: { th: ก, en: c }\n    choices:\n" + string.Concat(Enumerable.Range(1, 14).Select(i => $"      - {{ value: v{i}, label: {{ th: ก{i}, en: c{i} }} }}\n")) + "steps:\n  - { id: a, ask: c, text: { th: ก, en: a } }\n", 7, "14 choices; LINE shows 13", "Split" },
        { Good + "  - { id: e, when: n > 'x', say: { th: ก, en: a } }\n", 9, "cannot be compared", "single quotes" },
        { Good + "  - { id: e, when: c == 'y', say: { th: ก, en: a } }\n", 9, "'y' is not a choice of slot 'c'", "x, z" },
        { Good + "  - { id: e, when: n = 5, say: { th: ก, en: a } }\n", 9, "'=' has no meaning", "==" },
        { Good + "  - { id: e, when: shout(n), say: { th: ก, en: a } }\n", 9, "no function 'shout'", "count" },
        { Good + "  - { id: e, say: { th: '{m}', en: '{m}' } }\n", 9, "slot 'm', which does not exist", "Declare" },
        { Good + "  - { id: e, say: { th: '{n}', en: a } }\n", 9, "one language of 'say' only", "both languages" },
        { Good + "  - { id: e, say: { th: '{n', en: '{n' } }\n", 9, "never closed", "{area}" },
        { Good + "  - { id: e, run: elsewhere }\n", 9, "no dialog 'elsewhere'", "Correct its name" },
        { Good + "  - { id: e, lookup: t }\n", 9, "no table 't'", "tables" },
        { Good + "  - { id: e, branch: [ { when: n > 1, next: a } ] }\n", 9, "does not say where to go when nothing fits", "else" },
        { Good + "  - { id: a, say: { th: ก, en: a } }\n", 9, "Two steps have the id 'a'", "of its own" },
        { Good + "  - { id: e, say: { th: ก, en: a }, ask: n }\n", 9, "several things", "exactly one" },
        { Good + "  - { id: e, call: x, timeout: 5 minutes, failed: end }\n", 9, "not a duration", "5s" },
        { Good + "  - { id: e, call: x, timeout: 5s }\n", 9, "'failed' is missing", "failed:" },
        { Good + "  - { id: e, open_case: x, summary: { th: ก, en: a }, failed: end, needs: [q] }\n", 9, "no slot 'q'", "Declare" },
        { Good + "  - { id: e, card: { title: { th: ก, en: a }, buttons: [ { label: { th: ก, en: a }, url: 'javascript:x' } ] } }\n", 9, "not a safe address", "https://" },
        { Good.Replace("  c: {", "  lost: { kind: text, label: { th: ก, en: a } }\n  c: {", StringComparison.Ordinal), 5, "'lost' is never filled", "Ask for it" },
    };

    [Theory]
    [MemberData(nameof(Broken))]
    public void A_broken_file_is_named_with_line_problem_and_remedy(string yaml, int line, string problem, string remedy)
    {
        var loaded = DialogLoader.Load(Demo.FilesWith(("d.yaml", yaml)));
        Assert.Null(loaded.Book);
        Assert.True(
            loaded.Problems.Any(p => p.File == "d.yaml" && p.Line == line && p.Problem.Contains(problem, StringComparison.Ordinal) && p.Remedy.Contains(remedy, StringComparison.Ordinal)),
            $"wanted line {line}: {problem} -> {remedy}\ngot\n{string.Join('\n', loaded.Problems)}");
    }

    [Fact]
    public void The_file_that_the_broken_ones_come_from_is_good() =>
        Assert.Empty(DialogLoader.Load(Demo.FilesWith(("d.yaml", Good))).Problems);

    [Fact]
    public void All_problems_of_all_files_are_told_at_once()
    {
        var loaded = DialogLoader.Load(Demo.FilesWith(("d.yaml", "x: 1\ny: 2\n"), ("e.yaml", "dialog: e\n")));
        Assert.Contains(loaded.Problems, p => p.File == "d.yaml" && p.Line == 2);
        Assert.Contains(loaded.Problems, p => p.File == "e.yaml");
    }

    public static TheoryData<string, string> Bombs => new()
    {
        { "aliases", string.Concat(Enumerable.Range(0, 9).Select(i => $"a{i}: &a{i} [{string.Join(", ", Enumerable.Repeat(i == 0 ? "x" : $"*a{i - 1}", 9))}]\n")) },
        { "alias to itself", "a: &a [*a]\n" },
        { "anchors only", string.Concat(Enumerable.Range(0, 5_000).Select(i => $"k{i}: &k{i} x\n")) },
        { "merge keys", "a: &a { x: 1 }\nb: { <<: *a }\n" },
        { "deep lists", new string('[', 100_000) },
        { "deep maps", string.Concat(Enumerable.Repeat("{a: ", 50_000)) },
        { "deep blocks", string.Concat(Enumerable.Range(0, 400).Select(i => $"{new string(' ', i)}a:\n")) },
        { "dashes", string.Concat(Enumerable.Repeat("- ", 100_000)) },
        { "wide list", "a: [" + string.Concat(Enumerable.Repeat("x,", 100_000)) + "]\n" },
        { "wide map", string.Concat(Enumerable.Range(0, 25_000).Select(i => $"k{i}: v\n")) },
        { "long text", $"a: \"{new string('x', 200_000)}\"\n" },
        { "long folded text", "a: >\n" + string.Concat(Enumerable.Repeat("  word word word\n", 12_000)) },
        { "long key", $"{new string('k', 200_000)}: x\n" },
        { "huge file", new string('#', 5_000_000) },
        { "tags", "a: !<tag:yaml.org,2002:binary> x\n" },
        { "type tag", "a: !<tag:yamldotnet.org,2021:System.Uri> file:///etc/passwd\n" },
        { "own tag", "!!python/object/apply:os.system [ls]\n" },
        { "many documents", string.Concat(Enumerable.Repeat("---\na: b\n", 10_000)) },
        { "directives", "%YAML 1.2\n%TAG ! tag:x,2000:\n---\n!a b\n" },
        { "unclosed quotes", "a: \"" + new string('\'', 100_000) + "\n" },
        { "question marks", string.Concat(Enumerable.Repeat("? ", 50_000)) },
        { "NUL and controls", "a: \0\u0001\u0002\n" },
        { "colons", new string(':', 100_000) },
        { "braces in a text", "dialog: d\ntitle: { th: '" + new string('{', 4_000) + "', en: x }\n" },
    };

    [Theory]
    [MemberData(nameof(Bombs))]
    public void A_bomb_is_refused_quickly(string name, string yaml)
    {
        var files = Demo.FilesWith(("d.yaml", yaml));
        var before = GC.GetAllocatedBytesForCurrentThread();
        var (loaded, took) = Timed(files);
        Assert.True(GC.GetAllocatedBytesForCurrentThread() - before < 64 * 1024 * 1024, $"{name} allocated {GC.GetAllocatedBytesForCurrentThread() - before}");
        Assert.Null(loaded.Book);
        Assert.Contains(loaded.Problems, p => p.File == "d.yaml");
        // A busy machine may stop any one try; a bomb that is really slow is slow every time.
        for (var tries = 1; took >= TimeSpan.FromSeconds(1) && tries < 10; tries++)
            (_, took) = Timed(files);
        Assert.True(took < TimeSpan.FromSeconds(1), $"{name} took {took}");
    }

    private static (LoadedDialogs Loaded, TimeSpan Took) Timed(IReadOnlyDictionary<string, string> files)
    {
        var clock = Stopwatch.StartNew();
        var loaded = DialogLoader.Load(files);
        return (loaded, clock.Elapsed);
    }

    [Fact]
    public void A_file_that_is_not_utf8_or_is_a_link_is_refused()
    {
        var folder = Directory.CreateTempSubdirectory("chatdesk-dialogs").FullName;
        try
        {
            File.WriteAllBytes(Path.Combine(folder, "d.yaml"), [0x61, 0x3a, 0xff, 0xfe]);
            File.CreateSymbolicLink(Path.Combine(folder, "e.yaml"), "/etc/hostname");
            var problems = DialogLoader.Load(folder).Problems;
            Assert.Contains(problems, p => p.File == "d.yaml" && p.Problem.Contains("UTF-8", StringComparison.Ordinal));
            Assert.Contains(problems, p => p.File == "e.yaml" && p.Problem.Contains("link", StringComparison.Ordinal));
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }
}
