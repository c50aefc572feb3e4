namespace KubeLens.Gateway.Capture.Sessions;

/// <summary>The subprotocols that are read.</summary>
internal static class SessionProtocols
{
    public const string Spdy = "SPDY/3.1";

    /// <summary>SPDY in WebSocket messages.</summary>
    public const string Tunnel = "SPDY/3.1+portforward.k8s.io";

    /// <summary>What a WebSocket without a subprotocol speaks.</summary>
    public const string Unnamed = "channel.k8s.io";

    public static bool IsKnown(string protocol) =>
        protocol is Tunnel or Unnamed or "v2.channel.k8s.io" or "v3.channel.k8s.io" or "v4.channel.k8s.io" or "v5.channel.k8s.io" || IsBase64(protocol);

    public static bool IsBase64(string protocol) => protocol is "base64.channel.k8s.io" or "v4.base64.channel.k8s.io";
}
