namespace ChatDesk.People;

/// <summary>What an officer may do at the desk. One role an account; what each may open stands in <see cref="DeskPolicies"/>.</summary>
internal enum OfficerRole
{
    /// <summary>Answers contacts and works on cases.</summary>
    Officer,

    /// <summary>An officer who also sees the team's work, reports and the audit log, and may switch the bot off.</summary>
    Supervisor,

    /// <summary>Writes dialogs and articles; reads no conversation.</summary>
    Editor,

    /// <summary>Everything, and the people.</summary>
    Administrator,
}
