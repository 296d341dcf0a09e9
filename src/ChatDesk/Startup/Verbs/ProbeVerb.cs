namespace ChatDesk.Startup.Verbs;

/// <summary><c>-- probe</c>: asks a desk's health, where there is no shell and no curl.</summary>
internal static class ProbeVerb
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    public static async Task<int> RunAsync(Uri address, TextWriter errors)
    {
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
