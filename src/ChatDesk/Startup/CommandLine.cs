using System.CommandLine;
using ChatDesk.Startup.Verbs;

namespace ChatDesk.Startup;

/// <summary>Everything that can be typed after <c>dotnet run --project src/ChatDesk --</c>. Without a verb the desk itself runs; words like <c>--Urls http://…</c> are settings.</summary>
internal static class CommandLine
{
    public static async Task<int> RunAsync(string[] args)
    {
        var root = new RootCommand("ChatDesk, a service desk behind LINE and the web. Without a verb the desk runs.")
        {
            Chat(), Ask(), Check(), New(), Eval(), Hours(), Ledger(), Quarantine(), Audit(), Backup(), Restore(), Probe(),
        };
        var isVerb = args.Length > 0 && !args[0].StartsWith("--", StringComparison.Ordinal);
        var asksForHelp = args.Length > 0 && args[0] is "--help" or "-h" or "-?" or "--version";
        try
        {
            if (isVerb || asksForHelp)
            {
                var parsed = root.Parse(args);
                var code = await parsed.InvokeAsync(new InvocationConfiguration { EnableDefaultExceptionHandler = false });
                return parsed.Errors.Count > 0 ? 2 : code;
            }
            await DeskHost.RunAsync(args);
            return 0;
        }
        catch (Exception fault) when (fault is StartupException or Delivery.LedgerException)
        {
            await Console.Error.WriteLineAsync(fault.Message);
            return 2;
        }
        catch (IOException fault) when (fault.InnerException is Microsoft.AspNetCore.Connections.AddressInUseException)
        {
            await Console.Error.WriteLineAsync($"ChatDesk cannot start: {fault.Message} Stop the other program, or give this one another address: --Urls http://localhost:5081");
            return 2;
        }
    }

    private static Command Chat()
    {
        var agency = Agency();
        var data = new Option<string?>("--data") { Description = "Folder to keep the conversation in; without it everything is forgotten at the end." };
        var verb = new Command("chat", "Talk to the desk in the terminal.") { agency, data };
        verb.SetAction(parsed => ChatVerb.RunAsync([], parsed.GetValue(agency)!, parsed.GetValue(data), Console.In, Console.Out));
        return verb;
    }

    private static Command Ask()
    {
        var agency = Agency();
        var file = new Option<FileInfo>("--file") { Description = "JSON lines, each with a 'text'.", Required = true };
        var verb = new Command("ask", "Run each line of a file as the first message of a new contact; prints one JSON line each.") { agency, file };
        verb.SetAction(parsed => AskVerb.RunAsync([], parsed.GetValue(agency)!, parsed.GetValue(file)!, Console.Out, Console.Error));
        return verb;
    }

    private static Command Check()
    {
        var agency = Agency();
        var verb = new Command("check", "Look through an agency's dialogs and articles, play the dialogs' transcripts, and name everything that must be mended.") { agency };
        verb.SetAction(parsed => ContentVerbs.Check(parsed.GetValue(agency)!, Console.Out));
        return verb;
    }

    private static Command New()
    {
        var agency = Agency();
        var name = new Argument<string>("name") { Description = "Small letters, digits and _." };
        var dialog = new Command("dialog", "Write a starting file for a dialog, with its test.") { agency, name };
        dialog.SetAction(parsed => ContentVerbs.NewDialog(parsed.GetValue(agency)!, parsed.GetValue(name)!, Console.Out));
        return new Command("new", "Begin a new content file.") { dialog };
    }

    private static Command Eval()
    {
        var words = new Argument<string[]>("arguments") { Description = "FILE.jsonl [--noise], or --sets FOLDER.", Arity = ArgumentArity.OneOrMore };
        var verb = new Command("eval", "Ask every line of FILE.jsonl (text, expect) and print how well the knowledge did.") { words };
        verb.TreatUnmatchedTokensAsErrors = false;
        verb.SetAction(parsed => ContentVerbs.Eval([.. parsed.GetValue(words) ?? [], .. parsed.UnmatchedTokens], Console.Out));
        return verb;
    }

    private static Command Hours()
    {
        const string moment = "Date and time, such as 2026-04-10T18:05+07:00; without an offset by the agency's clock.";
        var agency = Agency();
        var at = new Option<string?>("--at") { Description = moment + " Now, when left out." };
        var from = new Option<string?>("--from") { Description = moment, Required = true };
        var until = new Option<string?>("--to") { Description = moment, Required = true };
        var length = new Option<string?>("--time") { Description = "Opening time, such as 3h or 1h30m.", Required = true };
        var year = new Option<string?>("--year") { Description = "Christian era; this year, when left out." };
        return new Command("hours", "Ask an agency's calendar.")
        {
            Question("next", "Print when the agency is open next.", (verb, parsed) => verb.Next(parsed.GetValue(at)), agency, at),
            Question("promise", "Print what somebody is promised who asks for a person.", (verb, parsed) => verb.Promise(parsed.GetValue(at)), agency, at),
            Question("between", "Print the opening time between two moments.", (verb, parsed) => verb.Between(parsed.GetValue(from), parsed.GetValue(until)), agency, from, until),
            Question("add", "Print when so much opening time has passed.", (verb, parsed) => verb.Add(parsed.GetValue(from), parsed.GetValue(length)), agency, from, length),
            Question("show", "Print a year: usual weeks, months, special days.", (verb, parsed) => verb.Show(parsed.GetValue(year)), agency, year),
        };

        static Command Question(string name, string description, Func<HoursVerb, ParseResult, int> ask, Option<string> agency, params Option[] options)
        {
            var verb = new Command(name, description) { agency };
            foreach (var option in options) verb.Options.Add(option);
            verb.SetAction(parsed => ask(new HoursVerb(parsed.GetValue(agency)!, Console.Out, Console.Error, TimeProvider.System), parsed));
            return verb;
        }
    }

    private static Command Ledger()
    {
        var file = new Option<FileInfo?>("--file") { Description = "Where to write; standard output without it." };
        var dump = new Command("dump", "Write inbox, outbox and transcript as JSON lines, without message text.") { file };
        dump.SetAction(parsed => LedgerVerbs.Dump(Settings().Ledger, parsed.GetValue(file), Console.Out, Console.Error));

        var agency = Agency();
        var conversations = new Option<long>("--conversations") { Description = "How many.", Required = true };
        var fill = new Command("fill", "Fill an unused ledger with made-up conversations, to measure what size costs.") { agency, conversations };
        fill.SetAction(parsed => LedgerVerbs.Fill(Settings().LedgerPath, parsed.GetValue(agency)!, parsed.GetValue(conversations), Console.Out, Console.Error));
        return new Command("ledger", "Look into the ledger.") { dump, fill };
    }

    private static Command Quarantine()
    {
        var list = new Command("list", "Show events that were set aside, with their reason.");
        list.SetAction(_ => LedgerVerbs.ListQuarantine(Settings().Ledger, Console.Out, Console.Error));

        var rows = new Argument<long[]>("rows") { Description = "Row numbers as listed.", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = "Retry everything in quarantine." };
        var retry = new Command("retry", "Give events their turn again.") { rows, all };
        retry.SetAction(parsed => LedgerVerbs.RetryQuarantined(Settings().Ledger, parsed.GetValue(rows) ?? [], parsed.GetValue(all), Console.Out, Console.Error));
        return new Command("quarantine", "Events that could not be handled.") { list, retry };
    }

    private static Command Audit()
    {
        var agency = new Option<string?>("--agency") { Description = "One agency; all without it." };
        var verify = new Command("verify", "Read the audit log from its first line and name the first one that was changed, cut out or put in.") { agency };
        verify.SetAction(parsed => AuditVerbs.VerifyAsync(Settings(), parsed.GetValue(agency), Console.Out, Console.Error));
        return new Command("audit", "Who claimed, read, sent, exported and changed what.") { verify };
    }

    private static Command Backup()
    {
        var folder = new Argument<string>("folder") { Description = "A folder that is not there yet." };
        var verb = new Command("backup", "Copy everything the desk has written into a folder with checksums, while it runs.") { folder };
        verb.SetAction(parsed => new BackupVerbs(Settings(), TimeProvider.System, Console.Out, Console.Error).BackupAsync(parsed.GetValue(folder)!));
        return verb;
    }

    private static Command Probe()
    {
        var address = new Argument<string>("address") { Description = "http://localhost:8080/readyz" };
        var verb = new Command("probe", "Ask a running desk once; 0 when it answers 2xx. For containers without a shell.") { address };
        verb.SetAction(parsed => ProbeVerb.RunAsync(parsed.GetValue(address)!, Console.Error));
        return verb;
    }

    private static Command Restore()
    {
        var folder = new Argument<string>("folder") { Description = "A backup." };
        var check = new Option<bool>("--check") { Description = "Only compare every byte with its checksum." };
        var verb = new Command("restore", "Put a backup where the settings point, after comparing every byte. Nothing that is there is overwritten.") { folder, check };
        verb.SetAction(parsed => new BackupVerbs(Settings(), TimeProvider.System, Console.Out, Console.Error).RestoreAsync(parsed.GetValue(folder)!, parsed.GetValue(check)));
        return verb;
    }

    private static Option<string> Agency() => new("--agency") { Description = "Whose desk.", DefaultValueFactory = _ => "demo" };

    private static DeskSettings Settings()
    {
        var outside = new ConfigurationBuilder().AddEnvironmentVariables().Build();
        return DeskSettings.Read(new ConfigurationBuilder().SetBasePath(AppContext.BaseDirectory)
            .AddJsonFile("appsettings.json", optional: true).AddJsonFile("appsettings.Local.json", optional: true).AddSecretFiles(outside).AddEnvironmentVariables().Build());
    }
}
