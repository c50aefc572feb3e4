using System.Collections.Frozen;
using KubeLens.Gateway.Identity.Serving;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Identity;

/// <summary>
/// Which <c>Host</c> a request may name: the gateway's own names, at any port. Anything else is a name that somebody made
/// point here, as in DNS rebinding.
/// </summary>
/// <param name="serving">Certificates whose names are the gateway's too; null where there are none.</param>
internal sealed class HostPolicy(IOptions<EndpointOptions> options, ServingCertificates? serving = null)
{
    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _names =
        options.Value.AllNames.ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    public bool Allows(ReadOnlySpan<char> host)
    {
        var name = Name(host);
        return _names.Contains(name) || serving?.HasName(name) == true;
    }

    /// <summary>"localhost", "127.0.0.1:6444", "[::1]:6444" without the port; empty when it is no host.</summary>
    public static ReadOnlySpan<char> Name(ReadOnlySpan<char> host)
    {
        if (host is ['[', ..])
        {
            var end = host.IndexOf(']');
            return end > 0 && IsPort(host[(end + 1)..]) ? host[1..end] : default;
        }

        var colon = host.IndexOf(':');
        return colon < 0 ? host : IsPort(host[colon..]) ? host[..colon] : default;
    }

    private static bool IsPort(ReadOnlySpan<char> text) => text.IsEmpty || (text is [':', ..] && !text[1..].ContainsAnyExceptInRange('0', '9'));
}
