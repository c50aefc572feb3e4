using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;

namespace KubeLens.Gateway.Upstream;

/// <summary>The user in a client certificate, as an apiserver reads it: the last CN is the name, every O a group.</summary>
internal static class CertificateIdentity
{
    private const string CommonName = "2.5.4.3";
    private const string Organization = "2.5.4.10";

    public static UpstreamIdentity Of(X509Certificate2 certificate)
    {
        var (user, groups) = Read(certificate.SubjectName);
        return new UpstreamIdentity(user, UserGroups.Authenticated(groups), UserSources.Certificate);
    }

    /// <remarks>
    /// Name ::= SEQUENCE OF RelativeDistinguishedName; RelativeDistinguishedName ::= SET OF SEQUENCE { type OID, value ANY }.
    /// Read here because <see cref="X500RelativeDistinguishedName"/> gives no access to the elements of O=a+O=b.
    /// </remarks>
    public static (string User, IReadOnlyList<string> Groups) Read(X500DistinguishedName name)
    {
        var user = "";
        var groups = new List<string>();
        var rdns = new AsnReader(name.RawData, AsnEncodingRules.DER).ReadSequence();
        while (rdns.HasData)
        {
            // Some authorities do not sort the set as DER demands.
            var elements = rdns.ReadSetOf(skipSortOrderValidation: true);
            while (elements.HasData)
            {
                var element = elements.ReadSequence();
                var type = element.ReadObjectIdentifier();
                if (type is CommonName or Organization && Text(element) is { } text)
                {
                    if (type == CommonName)
                    {
                        user = text;
                    }
                    else
                    {
                        groups.Add(text);
                    }
                }
            }
        }

        return (user, groups);
    }

    private static string? Text(AsnReader reader) =>
        (UniversalTagNumber)reader.PeekTag().TagValue is var tag and (UniversalTagNumber.UTF8String or UniversalTagNumber.PrintableString
            or UniversalTagNumber.IA5String or UniversalTagNumber.T61String or UniversalTagNumber.BMPString or UniversalTagNumber.NumericString)
            ? reader.ReadCharacterString(tag)
            : null;
}
