using System.CommandLine;
using System.Globalization;
using ChatDesk.LinePlatform.Desk;
using ChatDesk.LinePlatform.Verbs;

namespace ChatDesk.LinePlatform;

/// <summary>Plays LINE and its citizens to ChatDesk: to try it by hand, to load it, to torture it, to measure it.</summary>
internal static class Program
{
    /// <summary>The run could not be started as asked; 1 is a run that found something wrong.</summary>
    private const int Misused = 2;

    /// <summary>Ctrl-C, in the terminal's own number.</summary>
    private const int Interrupted = 130;

    private static async Task<int> Main(string[] args)
    {
        // Numbers on the command line and in the result lines are read by programs.
        CultureInfo.DefaultThreadCurrentCulture = CultureInfo.CurrentCulture = CultureInfo.InvariantCulture;
        var root = new RootCommand("Plays LINE and its citizens to ChatDesk.")
        {
            ServeVerb.Make(),
            LoadVerb.Make(),
            TortureVerb.Make(),
            DialogVerb.Make(),
            PushesVerb.Make(),
            BenchVerb.Make(),
            BackupVerb.Make(),
            PeersVerb.Make(),
            BareVerb.Make(),
            ConsolesVerb.Make(),
            WebChatsVerb.Make(),
        };
        try
        {
            var given = root.Parse(args);
            var code = await given.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
            return given.Errors.Count > 0 ? Misused : code;
        }
        catch (PlatformException e)
        {
            await Console.Error.WriteLineAsync(e.Message);
            return Misused;
        }
        catch (IOException e) when (e.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"{e.Message} Another --port may be free.");
            return Misused;
        }
        catch (OperationCanceledException)
        {
            return Interrupted;
        }
    }
}
