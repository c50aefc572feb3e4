using System.Collections.Frozen;
using System.Globalization;
using System.Net;

namespace KubeLens.Gateway.Identity.Serving;

/// <summary>The operator's certificates at a moment, and which of them serves a connection.</summary>
internal sealed class ServingSet(IReadOnlyList<ServingCertificate> certificates, IReadOnlyList<string> ownNames)
{
    private readonly ServingCertificate? _default = certificates.FirstOrDefault(certificate => certificate.IsDefault);

    private readonly FrozenSet<string>.AlternateLookup<ReadOnlySpan<char>> _names = certificates
        .SelectMany(certificate => certificate.DnsNames.Concat(certificate.Addresses.Select(address => address.ToString())))
        .ToFrozenSet(StringComparer.OrdinalIgnoreCase).GetAlternateLookup<ReadOnlySpan<char>>();

    /// <summary>Whether a certificate has exactly this name. One for <c>*.example</c> says nothing about who may be which of them.</summary>
    public bool HasName(ReadOnlySpan<char> host) => !host.Contains('*') && _names.Contains(host);

    /// <summary>
    /// By the name that the client asks for: the certificate with that name, one with a wildcard for it, the gateway's own if it
    /// has the name, the default one. A client that goes to an address asks for none: then the same by the address it came to.
    /// An address that nobody has is one behind a translation, as a service's: a certificate with addresses is then likelier than the own.
    /// </summary>
    /// <param name="serverName">Empty when the client asks for none.</param>
    /// <param name="local">The address of the connection's own end.</param>
    /// <returns>Null for the gateway's own certificate.</returns>
    public ServingCertificate? Choose(string serverName, IPAddress? local)
    {
        if (certificates.Count == 0)
        {
            return null;
        }

        if (serverName.Length > 0 && !IPAddress.TryParse(serverName, out local))
        {
            var host = Ascii(serverName);
            return certificates.FirstOrDefault(certificate => certificate.IsFor(host))
                ?? certificates.FirstOrDefault(certificate => certificate.IsForParentOf(host))
                ?? (IsOwn(host) ? null : _default);
        }

        var address = local is { IsIPv4MappedToIPv6: true } ? local.MapToIPv4() : local ?? IPAddress.None;
        return certificates.FirstOrDefault(certificate => certificate.IsFor(address))
            ?? _default
            ?? (IsOwn(address.ToString()) ? null : certificates.FirstOrDefault(certificate => certificate.Addresses.Count > 0));
    }

    private bool IsOwn(string name) => ownNames.Contains(name, StringComparer.OrdinalIgnoreCase);

    // The framework hands international names out in Unicode, and certificates have them in ASCII.
    private static string Ascii(string host)
    {
        try
        {
            return System.Text.Ascii.IsValid(host) ? host : new IdnMapping().GetAscii(host);
        }
        catch (ArgumentException)
        {
            return host; // nobody's name
        }
    }
}
