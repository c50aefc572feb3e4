namespace KubeLens.Gateway.Normalize;

/// <summary>The name in <c>nodes/{name}/proxy</c>, which may be <c>node</c>, <c>node:port</c> or <c>scheme:node:port</c>.</summary>
internal static class NodeAddress
{
    private const string KubeletPort = "10250";

    public static string Name(string address)
    {
        var pieces = address.Split(':');
        return pieces.Length switch { 3 => pieces[1], 2 => pieces[0], _ => address };
    }

    /// <summary>False when another port is named: then something else on the node answers.</summary>
    public static bool IsKubelet(string address)
    {
        var port = address.AsSpan(address.LastIndexOf(':') + 1);
        return port.Length == address.Length || port.IsEmpty || port.SequenceEqual(KubeletPort);
    }
}
