namespace ChatDesk.Startup;

/// <summary>The desk cannot start; the message lists everything that must be mended.</summary>
internal sealed class StartupException(IEnumerable<string> problems)
    : Exception("ChatDesk cannot start:\n" + string.Join('\n', problems.Select(p => "  - " + p)));
