using System.Text.Json;
using ChatDesk.LineSimulator.Validation;

namespace ChatDesk.Tests.LineSimulator;

public class ValidationTests
{
    public static TheoryData<string> Good => [.. LineBodies.Good.Keys];

    public static TheoryData<string> Bad => [.. LineBodies.BadBySchema.Keys, .. LineBodies.BadByLine.Keys];

    [Theory]
    [MemberData(nameof(Good))]
    public void Takes_a_right_message(string name) => Assert.Empty(Check(LineBodies.Good[name]));

    [Theory]
    [MemberData(nameof(Bad))]
    public void Refuses_a_wrong_message_and_says_where(string name)
    {
        var (message, property) = LineBodies.BadBySchema.TryGetValue(name, out var bad) ? bad : LineBodies.BadByLine[name];

        Assert.Contains(Check(message), f => f.Property == "messages[0]" + property);
    }

    [Fact]
    public void Uses_the_words_of_LINE()
    {
        Assert.Contains(new("May not be empty", "messages[0].text"), Check("""{"type":"text"}"""));
        Assert.Contains(new("Length must be between 0 and 5000", "messages[0].text"), Check(LineBodies.BadByLine["text too long"].Message));
        Assert.StartsWith("Must be one of the following values: [text,", Check("""{"type":"hologram"}""")[0].Message, StringComparison.Ordinal);
    }

    [Fact]
    public void Counts_UTF16_units() => Assert.NotEmpty(Check($$"""{"type":"text","text":"{{string.Concat(Enumerable.Repeat("😀", 2501))}}"}"""));

    [Fact]
    public void A_lone_surrogate_is_a_finding_and_not_a_crash() => Assert.Contains(Check("""{"type":"text","text":"a\ud800b"}"""), f => f.Property == "messages[0].text");

    private static IReadOnlyList<Finding> Check(string message)
    {
        using var document = JsonDocument.Parse(LineBodies.Reply(message));
        var findings = new Findings();
        SendRules.Reply(Node.Root(document.RootElement, findings));
        return findings.All;
    }
}
