using System.Formats.Asn1;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;

namespace KubeLens.Gateway.Identity;

/// <summary>
/// Names that an authority may vouch for (RFC 5280 §4.2.1.10), so that who gets hold of the gateway's key can pose as
/// this gateway only, not as any site that a machine trusting the authority visits.
/// </summary>
/// <remarks>
/// NameConstraints ::= SEQUENCE { permittedSubtrees [0] SEQUENCE OF SEQUENCE { base GeneralName } };
/// GeneralName: dNSName [2] IA5String, iPAddress [7] address and mask.
/// </remarks>
internal static class NameConstraints
{
    private const string Oid = "2.5.29.30";
    private static readonly Asn1Tag Permitted = new(TagClass.ContextSpecific, 0);
    private static readonly Asn1Tag DnsName = new(TagClass.ContextSpecific, 2);
    private static readonly Asn1Tag IpAddress = new(TagClass.ContextSpecific, 7);

    public static X509Extension Permit(IEnumerable<string> names)
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        using (writer.PushSequence(Permitted))
        {
            // All of 127.0.0.0/8 is this machine.
            Write(writer, IPAddress.Loopback, 8);
            foreach (var name in names)
            {
                if (!IPAddress.TryParse(name, out var address))
                {
                    using (writer.PushSequence())
                    {
                        writer.WriteCharacterString(UniversalTagNumber.IA5String, name, DnsName);
                    }
                }
                else if (!IPAddress.IsLoopback(address) || address.AddressFamily == AddressFamily.InterNetworkV6)
                {
                    Write(writer, address, address.GetAddressBytes().Length * 8);
                }
            }
        }

        return new X509Extension(Oid, writer.Encode(), critical: true);
    }

    public static bool AreThoseOf(X509Certificate2 certificate, IEnumerable<string> names) =>
        certificate.Extensions[Oid] is { } present && present.RawData.AsSpan().SequenceEqual(Permit(names).RawData);

    private static void Write(AsnWriter writer, IPAddress address, int prefix)
    {
        var bytes = address.GetAddressBytes();
        var mask = new byte[bytes.Length];
        for (var bit = 0; bit < prefix; bit++)
        {
            mask[bit / 8] |= (byte)(0x80 >> (bit % 8));
        }

        for (var i = 0; i < bytes.Length; i++)
        {
            bytes[i] &= mask[i];
        }

        using (writer.PushSequence())
        {
            writer.WriteOctetString([.. bytes, .. mask], IpAddress);
        }
    }
}
