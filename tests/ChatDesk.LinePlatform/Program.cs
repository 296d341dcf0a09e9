using System.CommandLine;
using System.Globalization;
using ChatDesk.LinePlatform.Desk;
using ChatDesk.LinePlatform.Verbs;

namespace ChatDesk.LinePlatform;

/// <summary>Plays LINE and its citizens to ChatDesk: to try it by hand, to load it, to torture it, to measure it.</summary>
internal static class Program
{
    private static async Task<int> Main(string[] args)
    {
        // Numbers on the command line and in the result lines are read by programs.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var root = new RootCommand("Plays LINE and its citizens to ChatDesk.")
        {
            ServeVerb.Make(),
            LoadVerb.Make(),
            TortureVerb.Make(),
            PushesVerb.Make(),
            BenchVerb.Make(),
            BareVerb.Make(),
        };
        try
        {
            return await root.Parse(args).InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
        }
        catch (PlatformException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return 2;
        }
        catch (OperationCanceledException)
        {
            return 130;
        }
    }
}
