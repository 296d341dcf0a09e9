namespace ChatDesk.Tests.Deploy;

/// <summary>The compose files, read by Compose itself.</summary>
public sealed class ComposeTests
{
    private static readonly Dictionary<string, string> Environment = new()
    {
        ["LINE_CHANNEL_ID"] = "1234567890",
        ["NODE"] = "1",
        ["HERE"] = "10.0.0.1",
        ["NODE_1"] = "10.0.0.1",
        ["NODE_2"] = "10.0.0.2",
        ["NODE_3"] = "10.0.0.3",
        ["POSTGRES_SUPERUSER_PASSWORD"] = "secret",
        ["POSTGRES_REPLICATION_PASSWORD"] = "secret",
    };

    [Theory]
    [InlineData("compose/compose.yaml")]
    [InlineData("compose/compose.ha.yaml")]
    public async Task Compose_accepts_it(string file)
    {
        var (code, said) = await DeployFiles.RunAsync("docker-compose", ["-f", DeployFiles.PathOf(file), "config", "--quiet"], Environment);
        Assert.True(code == 0, said);
    }

    [Fact]
    public async Task What_nobody_may_forget_is_asked_for()
    {
        var (code, said) = await DeployFiles.RunAsync("docker-compose", ["-f", DeployFiles.PathOf("compose/compose.yaml"), "config", "--quiet"], new Dictionary<string, string> { ["LINE_CHANNEL_ID"] = "" });
        Assert.NotEqual(0, code);
        Assert.Contains("the id of your Messaging API channel", said, StringComparison.Ordinal);
    }
}
