using System.Text.Json;

namespace ChatDesk.Desk.Api;

/// <summary>
/// Reads what the console's scripts post. Not by the framework's own binding: that would answer 415 to a wrong content type
/// before anybody was asked who they are.
/// </summary>
internal static class JsonBody
{
    /// <returns>Null when it is no such JSON.</returns>
    public static async Task<T?> ReadAsync<T>(HttpRequest request) where T : class
    {
        if (!request.HasJsonContentType()) return null;
        try
        {
            return await request.ReadFromJsonAsync<T>(request.HttpContext.RequestAborted);
        }
        catch (JsonException)
        {
            return null;
        }
    }
}
