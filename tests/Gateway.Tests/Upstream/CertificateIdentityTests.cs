using System.Formats.Asn1;
using System.Security.Cryptography.X509Certificates;
using KubeLens.Gateway.Upstream;

namespace KubeLens.Gateway.Tests.Upstream;

public sealed class CertificateIdentityTests
{
    [Fact]
    public void Of_ClientCertificate_IsUserWithGroupsAndAuthenticated()
    {
        var identity = CertificateIdentity.Of(TestAuthority.Create().Client("CN=jane, O=dev, O=ops, OU=ignored"));

        identity.User.ShouldBe("jane");
        identity.Groups.ShouldBe(["dev", "ops", "system:authenticated"], ignoreOrder: true);
        identity.Source.ShouldBe("certificate");
    }

    [Fact]
    public void Read_SeveralElementsInOneRdn_ReadsAll()
    {
        var writer = new AsnWriter(AsnEncodingRules.DER);
        using (writer.PushSequence())
        {
            using (writer.PushSetOf())
            {
                Element(writer, "2.5.4.10", "a", UniversalTagNumber.UTF8String);
                Element(writer, "2.5.4.10", "b", UniversalTagNumber.PrintableString);
            }

            using (writer.PushSetOf())
            {
                Element(writer, "2.5.4.3", "first", UniversalTagNumber.UTF8String);
            }

            using (writer.PushSetOf())
            {
                Element(writer, "2.5.4.3", "jürgen, O=x", UniversalTagNumber.UTF8String);
            }
        }

        var (user, groups) = CertificateIdentity.Read(new X500DistinguishedName(writer.Encode()));

        user.ShouldBe("jürgen, O=x");
        groups.ShouldBe(["a", "b"], ignoreOrder: true);
    }

    [Fact]
    public void Read_EmptyName_IsNobody() => CertificateIdentity.Read(new X500DistinguishedName("")).User.ShouldBeEmpty();

    private static void Element(AsnWriter writer, string oid, string text, UniversalTagNumber type)
    {
        using (writer.PushSequence())
        {
            writer.WriteObjectIdentifier(oid);
            writer.WriteCharacterString(type, text);
        }
    }
}
