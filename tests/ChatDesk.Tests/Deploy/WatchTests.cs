using System.Diagnostics.Metrics;
using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.RegularExpressions;
using ChatDesk.Delivery;
using ChatDesk.Tests.Fixtures;
using YamlDotNet.RepresentationModel;

namespace ChatDesk.Tests.Deploy;

/// <summary>Dashboard and alarms speak only of figures that a desk really has, and every alarm is explained.</summary>
public sealed partial class WatchTests
{
    private static readonly string[] Words = ["and", "or", "unless", "bool", "offset", "inf", "nan"];

    [Fact]
    public async Task Dashboard_and_alarms_name_only_figures_that_exist()
    {
        var address = $"http://127.0.0.1:{FreePort()}";
        var known = new HashSet<string>(StringComparer.Ordinal) { "up" };
        using var listener = new MeterListener
        {
            InstrumentPublished = (instrument, _) =>
            {
                lock (known) known.UnionWith(instrument.Meter.Name == DeskMeters.Name ? NamesOf(instrument) : []);
            },
        };
        listener.Start();
        await using var desk = await TestDesk.StartAsync(settings => settings["Telemetry:Prometheus"] = address);
        await desk.SayAsync(desk.Person(), "เมนู");
        var text = "";
        await desk.UntilAsync(
            () =>
            {
                text = desk.Http.GetStringAsync(new Uri($"{address}/metrics"), TestContext.Current.CancellationToken).GetAwaiter().GetResult();
                return text.Contains("chatdesk_inbox_depth", StringComparison.Ordinal) && text.Contains("chatdesk_turns_total", StringComparison.Ordinal);
            }, "figures");
        var shown = SampleNames().Matches(text).Select(m => m.Value).ToHashSet(StringComparer.Ordinal);

        // What the desk shows is what its instruments are called here: the names below are checked against the real ones.
        lock (known) Assert.Empty(shown.Where(name => name.StartsWith("chatdesk_", StringComparison.Ordinal)).Except(known));
        foreach (var (where, expression) in Expressions())
        {
            foreach (var name in FiguresIn(expression)) Assert.True(known.Contains(name) || shown.Contains(name), $"{where} asks for {name}, which no desk has: {expression}");
        }
    }

    [Fact]
    public void Every_alarm_has_its_section_in_the_operators_guide_and_the_dashboard_names_only_alarms_that_exist()
    {
        var alarms = Rules().Select(rule => rule["alert"].ToString()).ToList();
        var guide = File.ReadAllText(Path.Combine(DemoFolders.Root, "docs", "operations.md"));

        Assert.True(alarms.Count > 10);
        Assert.All(alarms, alarm => Assert.Contains($"\n### {alarm}\n", guide, StringComparison.Ordinal));
        var named = AlarmNames().Matches(File.ReadAllText(DeployFiles.PathOf("grafana/chatdesk.json"))).SelectMany(m => m.Groups["names"].Value.Split(", "));
        Assert.Empty(named.Except(alarms));
    }

    [Fact]
    public async Task Prometheus_reads_the_rules_and_they_fire_when_they_should()
    {
        var (code, said) = await DeployFiles.RunAsync("promtool", ["check", "config", DeployFiles.PathOf("prometheus/prometheus.yaml")]);
        Assert.True(code == 0, said);
        (code, said) = await DeployFiles.RunAsync("promtool", ["test", "rules", DeployFiles.PathOf("prometheus/alerts.test.yaml")]);
        Assert.True(code == 0, said);
    }

    [Fact]
    public void Names_are_found_in_expressions() => Assert.Equal(
        ["a_total", "b_seconds_bucket", "c"],
        FiguresIn("sum by (le, x) (rate(a_total{y=~\"z|w\"}[5m])) / on () histogram_quantile(0.99, b_seconds_bucket) > 1.3e9 and c == 0").Order(StringComparer.Ordinal));

    private static IEnumerable<(string Where, string Expression)> Expressions()
    {
        foreach (var rule in Rules()) yield return ($"alarm {rule["alert"]}", rule["expr"].ToString());
        using var dashboard = JsonDocument.Parse(File.ReadAllText(DeployFiles.PathOf("grafana/chatdesk.json")));
        foreach (var panel in dashboard.RootElement.GetProperty("panels").EnumerateArray())
        {
            foreach (var target in panel.GetProperty("targets").EnumerateArray())
                yield return ($"panel {panel.GetProperty("title").GetString()}", target.GetProperty("expr").GetString()!);
        }
        foreach (var variable in dashboard.RootElement.GetProperty("templating").GetProperty("list").EnumerateArray())
            yield return ("a variable", LabelValues().Match(variable.GetProperty("query").GetString()!).Groups["name"].Value);
    }

    private static List<YamlNode> Rules()
    {
        var yaml = new YamlStream();
        using var text = File.OpenText(DeployFiles.PathOf("prometheus/alerts.yaml"));
        yaml.Load(text);
        return [.. ((YamlSequenceNode)yaml.Documents[0].RootNode["groups"]).SelectMany(group => (YamlSequenceNode)group["rules"])];
    }

    /// <summary>The figures of a PromQL expression: its words that are neither labels, functions, nor of the language.</summary>
    private static IEnumerable<string> FiguresIn(string expression) => Identifiers().Matches(Functions().Replace(Aside().Replace(expression, " "), " "))
        .Select(m => m.Value).Where(word => !Words.Contains(word, StringComparer.OrdinalIgnoreCase)).Distinct();

    /// <summary>How OpenTelemetry's exporter writes an instrument's name: dots become lines, the unit and what it is follow.</summary>
    private static IEnumerable<string> NamesOf(Instrument instrument)
    {
        var name = instrument.Name.Replace('.', '_') + (instrument.Unit == "s" ? "_seconds" : "");
        return instrument switch
        {
            Counter<long> => [name + "_total"],
            Histogram<double> => [name + "_bucket", name + "_sum", name + "_count"],
            _ => [name],
        };
    }

    private static int FreePort()
    {
        using var probe = new TcpListener(IPAddress.Loopback, 0);
        probe.Start();
        return ((IPEndPoint)probe.LocalEndpoint).Port;
    }

    [GeneratedRegex(@"\{[^}]*\}|\[[^\]]*\]|""[^""]*""|\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)|\b[0-9.]+(e[0-9]+)?\b", RegexOptions.NonBacktracking)]
    private static partial Regex Aside();

    [GeneratedRegex(@"\b[a-z_0-9]+\s*\(", RegexOptions.NonBacktracking)]
    private static partial Regex Functions();

    [GeneratedRegex(@"\b[a-z_][a-z0-9_]*\b", RegexOptions.NonBacktracking)]
    private static partial Regex Identifiers();

    [GeneratedRegex(@"^[a-z_]+", RegexOptions.Multiline | RegexOptions.NonBacktracking)]
    private static partial Regex SampleNames();

    [GeneratedRegex(@"Alarms?: (?<names>[A-Za-z, ]+)\.", RegexOptions.NonBacktracking)]
    private static partial Regex AlarmNames();

    [GeneratedRegex(@"^label_values\((?<name>[a-z_]+), [a-z]+\)$", RegexOptions.NonBacktracking)]
    private static partial Regex LabelValues();
}
