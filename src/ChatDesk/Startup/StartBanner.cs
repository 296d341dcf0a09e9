namespace ChatDesk.Startup;

/// <summary>What the operator reads at start: what is served, where data lies, what is not configured.</summary>
internal static class StartBanner
{
    public static void Print(TextWriter to, DeskSettings settings, IEnumerable<string> urls, IReadOnlyList<(string Agency, string Token)> first, bool simulated)
    {
        var address = string.Join(", ", urls);
        to.WriteLine($"ChatDesk is listening on {address}");
        foreach (var agency in settings.Agencies)
        {
            to.WriteLine($"  agency {agency}: web chat at {urls.FirstOrDefault()}/chat/{agency}");
            to.WriteLine(simulated ? $"  agency {agency}: LINE is simulated, on a drawn phone at {urls.FirstOrDefault()}/simulator/{agency}" : settings.Line.Agencies.ContainsKey(agency)
                ? $"  agency {agency}: LINE webhook at {urls.FirstOrDefault()}/line/{agency}/webhook"
                : $"  agency {agency}: LINE is not configured (set Agencies:{agency}:Line:ChannelSecrets:0 and ChannelAccessToken or ChannelId)");
            if (settings.SampleConnectors.Contains(agency))
                to.WriteLine($"  agency {agency}: systems without an address are played from dialogs/{agency}/_samples.yaml (made-up answers; sample numbers in docs/dialogs.md)");
        }
        to.WriteLine($"  content: {settings.ContentDirectory} (dialogs, knowledge)");
        to.WriteLine($"  data:    {settings.DataDirectory}, ledger {settings.LedgerPath}");
        to.WriteLine(settings.Redis is null
            ? "  session state: in memory over the ledger (Redis:Configuration is not set; needed only for several replicas)"
            : $"  session state: Redis at {string.Join(", ", settings.Redis.EndPoints)}");
        to.WriteLine(settings.People.IsDemo
            ? $"  desk: {urls.FirstOrDefault()}/desk (demo officers; their passwords are on the sign-in page)"
            : $"  desk: {urls.FirstOrDefault()}/desk");
        foreach (var (agency, token) in first)
            to.WriteLine($"  agency {agency} has no administrator: make the first one at {urls.FirstOrDefault()}/desk/first with the one-time word {token}");
        to.WriteLine("  try it here: dotnet run --project src/ChatDesk -- chat");
    }
}
