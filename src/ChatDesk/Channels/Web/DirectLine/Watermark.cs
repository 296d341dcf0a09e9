using System.Globalization;

namespace ChatDesk.Channels.Web.DirectLine;

/// <summary>A place in a conversation's transcript, as clients carry it. They must not look inside.</summary>
internal static class Watermark
{
    public static readonly DirectLineError Wrong = DirectLineError.Bad("The watermark is none of this desk's.", "BadWatermark");

    public static string Write(long place) => place.ToString(CultureInfo.InvariantCulture);

    /// <param name="request">Whose <c>?watermark=</c> counts.</param>
    /// <param name="after">Null when there is none.</param>
    /// <returns>False when what is there is no watermark.</returns>
    public static bool TryRead(HttpRequest request, out long? after)
    {
        after = null;
        // directlinejs sends "null" or nothing before it has one.
        if (request.Query["watermark"].ToString() is not ({ Length: > 0 } text and not "null" and not "undefined")) return true;
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var place)) return false;
        after = place;
        return true;
    }
}
