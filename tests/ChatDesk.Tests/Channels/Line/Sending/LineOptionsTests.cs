using ChatDesk.Channels.Line;
using ChatDesk.Channels.Line.Content;
using ChatDesk.Channels.Line.Sending;
using ChatDesk.Delivery;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace ChatDesk.Tests.Channels.Line.Sending;

public sealed class LineOptionsTests
{
    private static IConfiguration Settings(params (string Key, string Value)[] values) =>
        new ConfigurationBuilder().AddInMemoryCollection(values.Select(v => KeyValuePair.Create(v.Key, (string?)v.Value))).Build();

    [Fact]
    public void LINEs_own_hosts_are_the_default()
    {
        var options = LineOptions.Read(Settings());

        Assert.Equal(("https://api.line.me/", "https://api-data.line.me/"), (options.ApiBaseUrl.AbsoluteUri, options.DataApiBaseUrl.AbsoluteUri));
        Assert.Empty(options.Agencies);
        Assert.Empty(options.Problems);
    }

    [Fact]
    public void Everything_is_read()
    {
        var options = LineOptions.Read(Settings(
            ("Line:ApiBaseUrl", "http://localhost:9000/sim/"), ("Line:DataApiBaseUrl", "https://data.test"), ("Line:RequestTimeout", "00:00:05"),
            ("Line:ReplyFreshness", "00:00:40"), ("Line:MaxContentBytes", "1000"), ("Line:ContentTimeout", "00:10:00"),
            ("Agencies:demo:Line:ChannelSecrets:0", "new"), ("Agencies:demo:Line:ChannelSecrets:1", "old"), ("Agencies:demo:Line:ChannelAccessToken", " token "),
            ("Agencies:b:Line:ChannelSecrets:0", "s"), ("Agencies:b:Line:ChannelId", "165"), ("Agencies:web-only:Name", "x")));

        Assert.Empty(options.Problems);
        Assert.Equal("http://localhost:9000/sim/v2/bot/info", LineClient.At(options.ApiBaseUrl, "/v2/bot/info").AbsoluteUri);
        Assert.Equal((5, 40, 600, 1000), (options.RequestTimeout.TotalSeconds, options.ReplyFreshness.TotalSeconds, options.ContentTimeout.TotalSeconds, options.MaxContentBytes));
        Assert.Equal(["b", "demo"], options.Agencies.Keys.Order());
        Assert.Equal(["new", "old"], options.Agencies["demo"].ChannelSecrets);
        Assert.Equal("token", options.Agencies["demo"].ChannelAccessToken);
        Assert.Equal("165", options.Agencies["b"].ChannelId);
    }

    [Fact]
    public void Every_problem_is_named_at_once_and_no_secret_with_it()
    {
        var options = LineOptions.Read(Settings(
            ("Line:ApiBaseUrl", "http://api.line.me"), ("Line:DataApiBaseUrl", "nonsense"), ("Line:RequestTimeout", "-1"), ("Line:ReplyFreshness", "00:02:00"),
            ("Line:MaxContentBytes", "20 MB"), ("Agencies:demo:Line:ChannelAccessToken", "to ken"), ("Agencies:b c:Line:ChannelSecrets:0", "hidden")));

        Assert.Equal(9, options.Problems.Count);
        foreach (var name in new[] { "Line:ApiBaseUrl", "Line:DataApiBaseUrl", "Line:RequestTimeout", "Line:ReplyFreshness", "Line:MaxContentBytes", "demo:Line:ChannelSecrets:0", "demo:Line:ChannelAccessToken", "b c:Line", "Agencies:b c:" })
            Assert.Contains(options.Problems, p => p.Contains(name, StringComparison.Ordinal));
        Assert.DoesNotContain(options.Problems, p => p.Contains("to ken", StringComparison.Ordinal) || p.Contains("hidden", StringComparison.Ordinal));
    }

    [Fact]
    public void One_line_registers_all_of_it()
    {
        var services = new ServiceCollection().AddLogging().AddLineSending(Settings(("Agencies:demo:Line:ChannelSecrets:0", "s"), ("Agencies:demo:Line:ChannelAccessToken", "t")));
        using var provider = services.BuildServiceProvider(new ServiceProviderOptions { ValidateOnBuild = true, ValidateScopes = true });

        Assert.Equal("line", Assert.Single(provider.GetServices<IChannelSender>()).Channel);
        Assert.Same(provider.GetRequiredService<LineQuota>(), Assert.Single(provider.GetServices<IHostedService>()));
        Assert.NotNull(provider.GetRequiredService<LineContentDownload>());
    }
}
