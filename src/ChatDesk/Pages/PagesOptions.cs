namespace ChatDesk.Pages;

/// <summary>What the settings say about the public pages.</summary>
/// <param name="Agencies">Whose pages there are; <c>/</c> shows the first one's.</param>
/// <param name="FramesOf">Origins that may hold an agency's chat in a frame, by agency (<c>Agencies:{id}:Web:TrustedOrigins</c>).</param>
internal sealed record PagesOptions(IReadOnlyList<string> Agencies, IReadOnlyDictionary<string, IReadOnlyList<string>> FramesOf)
{
    /// <summary>Where the files of <c>wwwroot/</c> are read anew each time, for whoever works on them (<c>Pages:Directory</c>); null serves those built in.</summary>
    public string? Directory { get; init; }

    public IReadOnlyList<string> FrameOrigins(string agency) => FramesOf.GetValueOrDefault(agency, []);
}
