using System.Diagnostics;
using System.Text.Json.Nodes;
using ChatDesk.Tests.Fixtures;

namespace ChatDesk.Tests.Channels.Web;

/// <summary>The Bot Framework's own client, unchanged, from its npm package (tests/directline; tests/run.sh fetches it).</summary>
public sealed class DirectLineJsTests
{
    private const string Secret = "s3cret-of-the-demo-agency-0123456789";
    private const string PageOrigin = "https://www.agency.go.th";

    [Theory]
    [InlineData("node", "websocket")]
    [InlineData("node", "polling")]
    [InlineData("jsdom", "websocket")]
    [InlineData("jsdom", "polling")]
    public async Task It_talks_taps_uploads_and_reconnects_without_loss_or_double(string host, string transport)
    {
        var folder = Path.Combine(DemoFolders.Root, "tests", "directline");
        if (!Directory.Exists(Path.Combine(folder, "node_modules", "botframework-directlinejs"))) Assert.Skip($"run npm ci in {folder} first (tests/run.sh does)");
        await using var desk = await TestDesk.StartAsync(s =>
        {
            s["Agencies:demo:Web:Secret"] = Secret;
            s["Agencies:demo:Web:TrustedOrigins:0"] = PageOrigin;
        });
        using var server = new WebVisitor(desk, "");
        var token = (string)(await server.SendAsync(HttpMethod.Post, "tokens/generate", new { user = new { id = "dl_somchai" } }, Secret)).Json["token"]!;

        var seen = await RunAsync(folder, host, transport, desk.Url, PageOrigin, token);

        Assert.True(seen["failed"] is null, seen.ToJsonString());
        var activities = seen["activities"]!.AsArray().Select(a => a!.AsObject()).Where(a => a["id"] is not null).ToList();
        var posted = seen["posted"]!.AsArray().Select(p => ((string)p!["id"]!, (string)p["clientActivityID"]!)).ToList();
        var own = activities.Where(a => (string?)a["from"]!["role"] == "user").DistinctBy(a => (string)a["id"]!).ToList();
        Assert.Equal(posted.Select(p => p.Item1), own.Select(a => (string)a["id"]!));
        Assert.All(own, a => Assert.Equal("dl_somchai", (string?)a["from"]!["id"]));
        Assert.All(own, a => Assert.NotNull((string?)a["channelData"]!["clientActivityID"]));
        Assert.Equal("ก", (string?)own[0]["channelData"]!["keep"]!["deep"]![1]);
        Assert.Equal(activities.Count, activities.Select(a => (string)a["id"]!).Distinct().Count());
        if (host == "jsdom") Assert.True((bool)seen["upload"]!["same"]!);
        if (transport == "websocket") Assert.True((int)seen["sockets"]! >= 2);
    }

    private static async Task<JsonObject> RunAsync(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("node", ["client.mjs", .. arguments]) { WorkingDirectory = folder, RedirectStandardOutput = true, RedirectStandardError = true };
        using var node = Process.Start(start)!;
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(TestContext.Current.CancellationToken);
        patience.CancelAfter(TimeSpan.FromMinutes(2));
        try
        {
            var errors = node.StandardError.ReadToEndAsync(patience.Token);
            var output = await node.StandardOutput.ReadToEndAsync(patience.Token);
            await node.WaitForExitAsync(patience.Token);
            var line = output.Split('\n').LastOrDefault(l => l.StartsWith('{'));
            Assert.True(line is not null, $"the client said nothing: {await errors}");
            return JsonNode.Parse(line)!.AsObject();
        }
        finally
        {
            if (!node.HasExited) node.Kill(entireProcessTree: true);
        }
    }
}
