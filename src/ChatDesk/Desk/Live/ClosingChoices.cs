namespace ChatDesk.Desk.Live;

/// <summary>What an officer chooses from on closing. Kept by name in the ledger; shown in the officer's language.</summary>
internal static class ClosingChoices
{
    /// <summary>How it ended; the first nine can be chosen with one key.</summary>
    public static readonly IReadOnlyList<string> Outcomes = ["answered", "referred", "case-opened", "no-reply", "abuse", "other"];

    private static readonly string[] Usual = ["permit", "document", "fee", "complaint", "status", "tax", "other"];

    /// <param name="own">The topic the handover came with, which stands first.</param>
    public static IReadOnlyList<string> Topics(string? own) => own is null ? Usual : [own, .. Usual.Where(t => t != own)];
}
