using Microsoft.AspNetCore.Antiforgery;

namespace ChatDesk.Desk.Shell;

/// <summary>What every form that is no component needs.</summary>
internal static class DeskForms
{
    /// <summary>Refuses (400) a form that was not written by this desk for this browser and officer.</summary>
    public static async Task<bool> HoldsTokenAsync(HttpContext http)
    {
        if (await http.RequestServices.GetRequiredService<IAntiforgery>().IsRequestValidAsync(http)) return true;
        http.Response.StatusCode = StatusCodes.Status400BadRequest;
        return false;
    }

    /// <summary>An address of the desk itself; anything else leads to its first page.</summary>
    public static string LocalOrHome(string? address) =>
        address is not null && (address == "/desk" || address.StartsWith("/desk/", StringComparison.Ordinal) || address.StartsWith("/desk?", StringComparison.Ordinal))
        && !address.Contains('\\') && !address.Any(char.IsControl) ? address : "/desk";
}
