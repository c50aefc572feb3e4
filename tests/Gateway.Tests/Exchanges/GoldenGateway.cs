using System.Security.Cryptography.X509Certificates;
using KubeLens.Gateway.Tests.Proxy;
using KubeLens.Gateway.Tests.Upstream;

namespace KubeLens.Gateway.Tests.Exchanges;

/// <summary>The gateway's process before an <see cref="ExchangeUpstream"/>, with a fingerprint key that never changes.</summary>
public sealed class GoldenGateway : GatewayUnderTest
{
    /// <summary>More than this is not kept of a body: enough to read in a golden file.</summary>
    private const int BodyBytes = 16 * 1024;

    private X509Certificate2? _certificate;

    internal ExchangeUpstream Exchanges { get; private set; } = null!;

    public override async ValueTask InitializeAsync()
    {
        var authority = TestAuthority.Create();
        _certificate = authority.Server("127.0.0.1");
        Exchanges = new ExchangeUpstream(_certificate);
        await File.WriteAllTextAsync(Home["exchanges"], $$$"""
            apiVersion: v1
            kind: Config
            current-context: golden
            contexts: [{name: golden, context: {cluster: golden, user: golden}}]
            clusters: [{name: golden, cluster: {server: "{{{Exchanges.Address.AbsoluteUri}}}", certificate-authority-data: {{{Convert.ToBase64String(System.Text.Encoding.ASCII.GetBytes(authority.Pem))}}} }}]
            users: [{name: golden, user: {token: "golden-upstream-token"}}]
            """);
        await File.WriteAllTextAsync(Home["redact-key"], string.Concat(Enumerable.Repeat("0123456789abcdef", 4)));
        Settings["Cluster__Kubeconfig"] = Home["exchanges"];
        Settings["Capture__RequestBodyBytes"] = Settings["Capture__ResponseBodyBytes"] = $"{BodyBytes}";
        Settings["Redact__KeyFile"] = Home["redact-key"];
        await base.InitializeAsync();
    }

    public override async ValueTask DisposeAsync()
    {
        await base.DisposeAsync();
        await Exchanges.DisposeAsync();
        _certificate?.Dispose();
    }
}
