using System.Net;
using Microsoft.Extensions.Options;

namespace KubeLens.Store.Audit;

/// <summary>Where gateways call from.</summary>
internal sealed class GatewayNetworks(IOptions<AuditOptions> options)
{
    private readonly IPNetwork[] _networks = [.. options.Value.GatewayAddresses.Select(text => TryParse(text, out var network) ? network : default)];

    /// <param name="peer">Null for an event that tells none.</param>
    public bool Contains(IPAddress? peer)
    {
        if (peer is null)
        {
            return false;
        }

        var address = peer.IsIPv4MappedToIPv6 ? peer.MapToIPv4() : peer;
        return _networks.Length == 0 ? IPAddress.IsLoopback(address) : _networks.Any(network => network.Contains(address));
    }

    public static bool TryParse(string text, out IPNetwork network)
    {
        if (IPAddress.TryParse(text, out var address))
        {
            network = new IPNetwork(address, address.GetAddressBytes().Length * 8);
            return true;
        }

        return IPNetwork.TryParse(text, out network);
    }
}
