using System.Net;
using System.Net.Sockets;

namespace ChatDesk.LinePlatform.Desk;

/// <summary>Ports of this machine that nobody uses. The kernel does not hand the same one out again at once.</summary>
internal static class FreePort
{
    public static int Pick()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
