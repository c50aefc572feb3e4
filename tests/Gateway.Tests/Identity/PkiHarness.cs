using System.Security.Cryptography.X509Certificates;
using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Identity.Issued;
using KubeLens.Gateway.Tests.Upstream;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Tests.Identity;

internal static class PkiHarness
{
    public static IOptions<EndpointOptions> Options(string home, params string[] names)
    {
        var options = new EndpointOptions { Home = home, Port = 0 };
        foreach (var name in names)
        {
            options.Names.Add(name);
        }

        return Microsoft.Extensions.Options.Options.Create(options);
    }

    public static GatewayPki Pki(string home, TimeProvider clock, params string[] names) => new(Options(home, names), clock, new TestLog<GatewayPki>());

    public static IssuedCertificate IssueClient(this GatewayPki pki, string user, params string[] groups) => pki.IssueClient(user, groups, CertificateLife.Client, "a test");

    public static X509Certificate2 Load(this IssuedCertificate issued) => X509Certificate2.CreateFromPem(issued.CertificatePem, issued.KeyPem);
}
