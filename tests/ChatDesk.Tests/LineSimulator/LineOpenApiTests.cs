namespace ChatDesk.Tests.LineSimulator;

public class LineOpenApiTests
{
    public static TheoryData<string> Good => [.. LineBodies.Good.Keys];

    public static TheoryData<string> Bad => [.. LineBodies.BadBySchema.Keys];

    public static TheoryData<string> Beyond => [.. LineBodies.BadByLine.Keys];

    [Theory]
    [MemberData(nameof(Good))]
    public void Takes_what_LINE_takes(string name) => Assert.Empty(Api().Validate("replyMessage", LineBodies.Reply(LineBodies.Good[name])));

    [Theory]
    [MemberData(nameof(Bad))]
    public void Refuses_what_the_document_forbids(string name)
    {
        var (message, property) = LineBodies.BadBySchema[name];

        Assert.Contains(Api().Validate("replyMessage", LineBodies.Reply(message)), p => p.StartsWith("messages[0]" + property, StringComparison.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Beyond))]
    public void Knows_nothing_of_the_limits_that_stand_only_in_the_reference(string name) =>
        Assert.Empty(Api().Validate("replyMessage", LineBodies.Reply(LineBodies.BadByLine[name].Message)));

    [Fact]
    public void Refuses_a_field_that_no_schema_knows() =>
        Assert.Contains("messages[0].quickReplies: no such field", Api().Validate("replyMessage", LineBodies.Reply("""{"type":"text","text":"a","quickReplies":{}}""")));

    [Fact]
    public void Refuses_six_messages_and_none()
    {
        var six = string.Join(',', Enumerable.Repeat(LineBodies.Good["text"], 6));

        Assert.NotEmpty(Api().Validate("pushMessage", $$"""{"to":"U","messages":[{{six}}]}"""));
        Assert.NotEmpty(Api().Validate("pushMessage", """{"to":"U","messages":[]}"""));
        Assert.NotEmpty(Api().Validate("pushMessage", $$"""{"messages":[{{LineBodies.Good["text"]}}]}"""));
    }

    [Theory]
    [InlineData("""{"chatId":"U1","loadingSeconds":20}""", 0)]
    [InlineData("""{"chatId":"U1","loadingSeconds":61}""", 1)]
    [InlineData("""{"loadingSeconds":5}""", 1)]
    public void Knows_numbers(string json, int problems) => Assert.Equal(problems, Api().Validate("showLoadingAnimation", json).Count);

    private static LineOpenApi Api() => LineOpenApi.Load(Shared.LinePath("messaging-api.yml"));
}
