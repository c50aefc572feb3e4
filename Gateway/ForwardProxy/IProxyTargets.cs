namespace KubeLens.Gateway.ForwardProxy;

/// <summary>To whom the forward proxy may be asked for a way: the configured clusters' own addresses, and nobody else.</summary>
internal interface IProxyTargets
{
    /// <summary>In a stable order; may change while running.</summary>
    IReadOnlyList<ProxyTarget> All { get; }

    /// <param name="host">As in <see cref="ProxyTarget.Host"/>.</param>
    /// <returns>Null for anything that is no cluster's address.</returns>
    ProxyTarget? At(string host, int port) => All.FirstOrDefault(target => target.Port == port && target.Host == host);
}
