using System.CommandLine;
using ChatDesk.LinePlatform.Load;
using ChatDesk.LineSimulator.Faults;

namespace ChatDesk.LinePlatform.Verbs;

/// <summary>Options that several verbs share.</summary>
internal sealed class SceneArguments
{
    private readonly Option<string?> desk = new("--desk") { Description = "Path of ChatDesk.dll. Default: src/ChatDesk/bin/Release or Debug, found by walking up." };
    private readonly Option<string?> folder = new("--folder") { Description = "Run folder for journal, desk log, data and findings; must be new or empty. Default: a temporary one, kept only when something is wrong." };
    private readonly Option<string[]> set = new("--set") { Description = "A setting of the desk as environment variable, NAME=VALUE; may be repeated.", DefaultValueFactory = _ => [] };
    private readonly Option<double?> quiet = new("--quiet") { Description = "Stop waiting for answers when nothing has changed for this many seconds. Default: 20, or 180 when LINE's calls fail, since the desk then waits ever longer between its tries." };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[desk, folder, set, quiet]) command.Options.Add(option);
    }

    /// <param name="faulty">LINE's calls fail in this run.</param>
    public SceneOptions Read(string verb, ParseResult given, bool faulty) =>
        new(verb, given.GetValue(desk), given.GetValue(folder), given.GetValue(set) ?? [], TimeSpan.FromSeconds(given.GetValue(quiet) ?? (faulty ? 180 : 20)));
}

/// <summary>How people write, shared by the verbs that make load.</summary>
internal sealed class LoadArguments
{
    public Option<double> Rate { get; } = new("--rate") { Description = "Events a second, whatever the desk does.", DefaultValueFactory = _ => 200 };

    public Option<double> Seconds { get; } = new("--seconds") { Description = "How long.", DefaultValueFactory = _ => 60 };

    public Option<int> Users { get; } = new("--users") { Description = "How many people write.", DefaultValueFactory = _ => 500 };

    public Option<double> Duplicates { get; } = new("--duplicates") { Description = "Share of webhooks that arrive twice.", DefaultValueFactory = _ => 0.05 };

    public Option<double> Shuffle { get; } = new("--shuffle") { Description = "Hold each webhook back for a random time up to this many milliseconds, so that order is lost.", DefaultValueFactory = _ => 500 };

    public Option<double> Bundles { get; } = new("--bundles") { Description = "Share of webhooks with two to five events.", DefaultValueFactory = _ => 0.1 };

    public Option<double> WithoutReplyToken { get; } = new("--without-reply-token") { Description = "Share of events that can only be answered by push.", DefaultValueFactory = _ => 0 };

    public Option<double> Faults { get; } = new("--faults") { Description = "Share of LINE's send calls that go wrong: a third 429, a third 500, the rest dropped or hanging.", DefaultValueFactory = _ => 0 };

    public Option<double> Hang { get; } = new("--hang") { Description = "How many seconds a hanging call hangs.", DefaultValueFactory = _ => 30 };

    public Option<int> Seed { get; } = new("--seed") { Description = "Makes people, words, moments and faults repeat.", DefaultValueFactory = _ => 1 };

    public void AddTo(Command command)
    {
        foreach (var option in (Option[])[Rate, Seconds, Users, Duplicates, Shuffle, Bundles, WithoutReplyToken, Faults, Hang, Seed]) command.Options.Add(option);
    }

    public LoadPlan ReadPlan(ParseResult given) => new()
    {
        Rate = given.GetValue(Rate),
        Duration = TimeSpan.FromSeconds(given.GetValue(Seconds)),
        Users = given.GetValue(Users),
        Duplicates = given.GetValue(Duplicates),
        Shuffle = TimeSpan.FromMilliseconds(given.GetValue(Shuffle)),
        Bundles = given.GetValue(Bundles),
        WithoutReplyToken = given.GetValue(WithoutReplyToken),
        Seed = given.GetValue(Seed),
    };

    public bool IsFaulty(ParseResult given) => given.GetValue(Faults) > 0;

    public FaultPlan ReadFaults(ParseResult given) =>
        new FaultPlan(given.GetValue(Seed)) { HangFor = TimeSpan.FromSeconds(given.GetValue(Hang)) }
            .With(FaultMix.Blend(given.GetValue(Faults)), FaultPlan.Sends);
}
