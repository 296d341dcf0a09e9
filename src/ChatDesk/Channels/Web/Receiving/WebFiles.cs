namespace ChatDesk.Channels.Web.Receiving;

/// <summary>Where files from the web lie in the store.</summary>
internal static class WebFiles
{
    /// <summary>The store's key of a file, by its message id.</summary>
    public static string KeyOf(string messageId) => $"web/{messageId}";
}
