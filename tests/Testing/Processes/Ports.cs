using System.Net;
using System.Net.Sockets;

namespace KubeLens.Testing;

/// <summary>For programs that cannot choose a port themselves. Another process may take it first: retry the start.</summary>
public static class Ports
{
    public static int Free() => Free(1)[0];

    /// <summary>Different ones: asked for one by one, the same may come twice.</summary>
    public static int[] Free(int count)
    {
        var listeners = Enumerable.Range(0, count).Select(_ => new TcpListener(IPAddress.Loopback, 0)).ToList();
        listeners.ForEach(listener => listener.Start());
        var ports = listeners.Select(listener => ((IPEndPoint)listener.LocalEndpoint).Port).ToArray();
        listeners.ForEach(listener => listener.Dispose());
        return ports;
    }
}
