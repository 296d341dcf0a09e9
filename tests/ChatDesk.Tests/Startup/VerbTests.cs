using System.Text.Json;
using ChatDesk.Startup;
using ChatDesk.Startup.Verbs;
using ChatDesk.Tests.Fixtures;

namespace ChatDesk.Tests.Startup;

/// <summary>The desk in the terminal: the same pipeline, without network.</summary>
public sealed class VerbTests
{
    [Fact]
    public async Task Chat_is_a_conversation_that_remembers()
    {
        var output = new StringWriter();

        Assert.Equal(0, await ChatVerb.RunAsync([], "demo", null, new StringReader("english\nเมนู\n6\n\n"), output));

        var said = output.ToString();
        Assert.Contains("from now on the answers are in English", said, StringComparison.Ordinal);
        Assert.Contains("[6] Talk to an officer", said, StringComparison.Ordinal);
        Assert.Contains("[handover]", said, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Probe_asks_a_running_desk_and_names_an_address_that_is_none()
    {
        string address;
        await using (var desk = await TestDesk.StartAsync())
        {
            address = $"{desk.Url}/readyz";
            Assert.Equal(0, await CommandLine.RunAsync(["probe", address]));
            Assert.Equal(1, await CommandLine.RunAsync(["probe", $"{desk.Url}/nothing-here"]));
        }
        Assert.Equal(1, await CommandLine.RunAsync(["probe", address]));
        Assert.Equal(2, await CommandLine.RunAsync(["probe", "localhost"]));
    }

    [Fact]
    public async Task Ask_answers_each_line_as_a_new_contact_in_order_and_names_bad_lines()
    {
        var file = Path.GetTempFileName();
        await File.WriteAllLinesAsync(file, [.. Enumerable.Range(0, 40).Select(n => JsonSerializer.Serialize(new { text = n % 2 == 0 ? $"ถาม {n}" : "ขอคุยกับคน" })), "broken", "{\"text\":7}", ""], TestContext.Current.CancellationToken);
        var (output, errors) = (new StringWriter(), new StringWriter());

        Assert.Equal(1, await AskVerb.RunAsync([], "demo", new FileInfo(file), output, errors));

        var lines = output.ToString().Split('\n', StringSplitOptions.RemoveEmptyEntries).Select(l => JsonDocument.Parse(l).RootElement).ToList();
        Assert.Equal(40, lines.Count);
        Assert.Equal("ถาม 38", lines[38].GetProperty("text").GetString());
        Assert.All(lines.Where((_, n) => n % 2 == 1), line => Assert.Equal("handover", line.GetProperty("outcome").GetString()));
        Assert.All(lines, line => Assert.True(line.GetProperty("replies").GetArrayLength() > 0));
        Assert.Contains(":41:", errors.ToString(), StringComparison.Ordinal);
        Assert.Contains(":42:", errors.ToString(), StringComparison.Ordinal);
    }
}
