namespace KubeLens.Gateway.ForwardProxy;

/// <summary>What a client asks the forward proxy for.</summary>
/// <param name="Method">Empty when it is no request.</param>
/// <param name="Host">As in <see cref="ProxyTarget.Host"/>; empty when the method is not CONNECT.</param>
internal readonly record struct ConnectRequest(string Method, string Host, int Port)
{
    public static ConnectRequest Malformed => new("", "", 0);

    public bool IsMalformed => Method.Length == 0;

    public bool IsConnect => Host.Length > 0;

    public string Address => Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]:{Port}" : $"{Host}:{Port}";
}
