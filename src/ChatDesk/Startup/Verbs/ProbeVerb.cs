namespace ChatDesk.Startup.Verbs;

/// <summary><c>-- probe</c>: asks a desk's health, where there is no shell and no curl.</summary>
internal static class ProbeVerb
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    /// <returns>0 for an answer of 2xx, 1 for any other or none, 2 for an address that is none.</returns>
    public static async Task<int> RunAsync(string given, TextWriter errors)
    {
        if (!Uri.TryCreate(given, UriKind.Absolute, out var address) || address.Scheme is not ("http" or "https"))
        {
            await errors.WriteLineAsync($"'{given}' is no address to ask; write for example http://localhost:5080/readyz");
            return 2;
        }
        using var http = new HttpClient { Timeout = Patience };
        try
        {
            using var answer = await http.GetAsync(address);
            return answer.IsSuccessStatusCode ? 0 : 1;
        }
        catch (Exception fault) when (fault is HttpRequestException or OperationCanceledException)
        {
            await errors.WriteLineAsync(fault.Message);
            return 1;
        }
    }
}
