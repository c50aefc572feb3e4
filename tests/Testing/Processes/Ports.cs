using System.Net;
using System.Net.Sockets;

namespace KubeLens.Testing;

/// <summary>For programs that cannot choose a port themselves. Another process may take it first: retry the start.</summary>
public static class Ports
{
    public static int Free()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
