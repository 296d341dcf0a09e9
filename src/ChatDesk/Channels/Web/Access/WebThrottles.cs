namespace ChatDesk.Channels.Web.Access;

/// <summary>Every limit on how often something may be done, in one place.</summary>
/// <param name="options">How much an agency allows.</param>
/// <param name="time">The desk's clock.</param>
/// <param name="shared">What other replicas let pass; null for a desk alone.</param>
internal sealed class WebThrottles(WebOptions options, TimeProvider time, SharedBuckets? shared = null)
{
    /// <summary>Files are what a disk fills up with: few, and slowly more.</summary>
    private const int FilesAtOnce = 10;

    private const int FilesPerMinute = 2;
    private const int ReadsAtOnce = 60;

    /// <summary>Real clients poll once a second, at most five times.</summary>
    private const int ReadsPerMinute = 600;

    /// <summary>Any request, by address.</summary>
    public Throttle Requests { get; } = new("requests", Math.Max(100, options.RequestsPerMinutePerAddress / 6), options.RequestsPerMinutePerAddress, time, shared);

    /// <summary>New tokens, by address.</summary>
    public Throttle Tokens { get; } = new("tokens", Math.Max(20, options.TokensPerMinutePerAddress / 3), options.TokensPerMinutePerAddress, time, shared);

    /// <summary>Posted activities, by conversation.</summary>
    public Throttle Messages { get; } = new("messages", Math.Max(5, options.MessagesPerMinute / 3), options.MessagesPerMinute, time, shared);

    /// <summary>Uploaded files, by conversation.</summary>
    public Throttle Files { get; } = new("files", FilesAtOnce, FilesPerMinute, time, shared);

    /// <summary>Reads of the transcript and new streams, by conversation.</summary>
    public Throttle Reads { get; } = new("reads", ReadsAtOnce, ReadsPerMinute, time, shared);

    /// <summary>The caller's address; IPv6 by its /64, which one household or machine has whole.</summary>
    public static string AddressOf(HttpContext http)
    {
        var address = http.Connection.RemoteIpAddress;
        if (address is null) return "";
        if (address.IsIPv4MappedToIPv6) address = address.MapToIPv4();
        var bytes = address.GetAddressBytes();
        return Convert.ToHexString(bytes.AsSpan(0, Math.Min(8, bytes.Length)));
    }
}
