namespace ChatDesk.Triage.AzureLanguage;

/// <summary>Where and how an agency asks Azure AI Language: <c>Agencies:{id}:TextAnalytics:Azure</c>.</summary>
/// <param name="Endpoint">The resource's address, for example <c>https://my-language.cognitiveservices.azure.com</c>.</param>
/// <param name="Key">One of the resource's two keys.</param>
/// <param name="ApiVersion">2023-04-01 covers everything used here and is what Microsoft's own client speaks.</param>
/// <param name="Timeout">For all tries of one text together; two seconds at most, whatever is set.</param>
internal sealed record AzureLanguageOptions(Uri Endpoint, string Key, string ApiVersion, TimeSpan Timeout)
{
    public const string DefaultApiVersion = "2023-04-01";

    public static readonly TimeSpan LongestTimeout = TimeSpan.FromSeconds(2);

    /// <returns>Null when the agency names no address or no key: then nothing leaves the machine.</returns>
    public static AzureLanguageOptions? Read(IConfiguration configuration, string agency)
    {
        var section = configuration.GetSection($"Agencies:{agency}:TextAnalytics:Azure");
        if (!Uri.TryCreate(section["Endpoint"], UriKind.Absolute, out var endpoint) || section["Key"] is not { Length: > 0 } key) return null;
        var timeout = TimeSpan.TryParse(section["Timeout"], System.Globalization.CultureInfo.InvariantCulture, out var given) && given > TimeSpan.Zero && given < LongestTimeout ? given : LongestTimeout;
        return new AzureLanguageOptions(endpoint, key, section["ApiVersion"] is { Length: > 0 } version ? version : DefaultApiVersion, timeout);
    }
}
