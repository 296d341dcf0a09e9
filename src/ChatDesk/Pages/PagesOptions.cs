namespace ChatDesk.Pages;

/// <summary>What the settings say about the public pages.</summary>
/// <param name="Agencies">Whose pages there are; <c>/</c> shows the first one's.</param>
/// <param name="FramesOf">Origins that may hold an agency's chat in a frame, by agency.</param>
internal sealed record PagesOptions(IReadOnlyList<string> Agencies, IReadOnlyDictionary<string, IReadOnlyList<string>> FramesOf)
{
    public IReadOnlyList<string> FrameOrigins(string agency) => FramesOf.GetValueOrDefault(agency, []);

    /// <summary>Reads <c>Agencies:{id}:Web:TrustedOrigins</c>; what is no origin is left out here (the web channel names it at start).</summary>
    public static PagesOptions Read(IReadOnlyList<string> agencies, IConfiguration configuration) => new(agencies, agencies.ToDictionary(
        id => id,
        id => (IReadOnlyList<string>)[.. configuration.GetSection($"Agencies:{id}:Web:TrustedOrigins").GetChildren().Select(o => Origin(o.Value)).OfType<string>()]));

    private static string? Origin(string? given) =>
        Uri.TryCreate(given?.Trim(), UriKind.Absolute, out var url) && url.Scheme is "http" or "https" ? url.GetLeftPart(UriPartial.Authority) : null;
}
