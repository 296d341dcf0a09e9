namespace ChatDesk.Desk.Live;

/// <summary>Parts of the console that are drawn by themselves.</summary>
[Flags]
internal enum ConsoleArea
{
    None = 0,

    /// <summary>Tabs, filters and rows.</summary>
    Lists = 1,

    /// <summary>The open conversation: head, lines, composer.</summary>
    Thread = 2,

    /// <summary>What is known about contact and matter.</summary>
    Panel = 4,

    /// <summary>The bar above everything.</summary>
    Header = 8,

    /// <summary>Whatever lies over the page: dialogs and short notices.</summary>
    Overlay = 16,

    All = Lists | Thread | Panel | Header | Overlay,
}

/// <summary>A short notice, with what can be done about it.</summary>
/// <param name="Text">Already in the officer's language.</param>
/// <param name="IsBad">True when something was not done.</param>
/// <param name="UndoHandover">The handover whose close can be undone.</param>
internal sealed record Toast(string Text, bool IsBad = false, long? UndoHandover = null);

/// <summary>Which dialog lies over the page.</summary>
internal enum ConsoleDialog
{
    None,
    Transfer,
    TakeOver,
    Return,
    Refuse,
    StepIn,
    Close,
    Presence,
    BotSwitch,
    Help,
    Search,
}
