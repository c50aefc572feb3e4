using KubeLens.Gateway.Clusters;
using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Upstream;
using Microsoft.Extensions.Configuration;

namespace KubeLens.Gateway.Tests.Identity;

public sealed class IdentityOptionsTests
{
    [Theory]
    [InlineData("credential", "Review", "perhaps", "Identity:Review is \"perhaps\"")]
    [InlineData("impersonate", "Review", "claims", "cannot do so for what a token merely claims")]
    [InlineData("front-proxy", "Review", "token-review", "Identity:FrontProxy:CertificateFile and Identity:FrontProxy:KeyFile must be set")]
    [InlineData("impersonate", "StripHeaders:0", "X-A: b", "Identity:StripHeaders:0 is \"X-A: b\"")]
    [InlineData("impersonate", "Oidc:Audience", "a", "Identity:Oidc:Issuer is empty")]
    [InlineData("impersonate", "Oidc:Issuer", "https://i", "Identity:Oidc:Audience is empty")]
    [InlineData("impersonate", "Oidc:Issuer", "https://i", "Identity:Oidc:JwksFile or Identity:Oidc:JwksUri must be set")]
    [InlineData("impersonate", "NestedImpersonation", "7", "Identity:NestedImpersonation is")]
    public void Options_Bad_NameTheirKey(string mode, string key, string value, string words) =>
        Validate(mode, (key, value)).ShouldContain(problem => problem.Contains(words, StringComparison.Ordinal));

    [Theory]
    [InlineData("http://issuer.example/keys", false)]
    [InlineData("ftp://issuer.example/keys", false)]
    [InlineData("https://issuer.example/keys", true)]
    [InlineData("http://127.0.0.1:1/keys", true)]
    public void JwksUri_InTheClear_OnlyOnThisMachine(string uri, bool good) =>
        Validate("impersonate", ("Oidc:Issuer", "https://i"), ("Oidc:Audience", "a"), ("Oidc:JwksUri", uri)).Count.ShouldBe(good ? 0 : 1);

    [Fact]
    public void Mode_Unknown_NamesItsKey() =>
        Problems("everybody", new IdentityOptions()).ShouldHaveSingleItem().ShouldBe("Cluster:Identity is \"everybody\": give credential, passthrough, impersonate or front-proxy.");

    [Theory]
    [InlineData("127.0.0.1", "credential", "token-review", null)]
    [InlineData("::1", "credential", "token-review", null)]
    [InlineData("0.0.0.0", "credential", "token-review", "Gateway:Bind is 0.0.0.0, beyond loopback, but with Cluster:Identity=credential")]
    [InlineData("10.0.0.1", "credential", "token-review", "Set Cluster:Identity to passthrough, impersonate or front-proxy")]
    [InlineData("::", "passthrough", "claims", "Identity:Review=claims callers are not authenticated")]
    [InlineData("0.0.0.0", "passthrough", "token-review", null)]
    [InlineData("0.0.0.0", "impersonate", "token-review", null)]
    [InlineData("0.0.0.0", "front-proxy", "token-review", null)]
    public void Bind_BeyondLoopback_WantsCallersWithIdentitiesOfTheirOwn(string bind, string mode, string review, string? words)
    {
        var problems = Problems(mode, new IdentityOptions { Review = review, FrontProxy = { CertificateFile = "fp.crt", KeyFile = "fp.key" } }, bind);

        problems.Count.ShouldBe(words is null ? 0 : 1);
        if (words is not null)
        {
            problems[0].ShouldContain(words);
        }
    }

    [Fact]
    public void Bind_Name_IsRefused() =>
        new EndpointOptionsSetup(new ConfigurationManager()).Validate(null, new EndpointOptions { Bind = "localhost" }).FailureMessage!.ShouldContain("Gateway:Bind is \"localhost\"");

    [Theory]
    [InlineData("127.0.0.1", "127.0.0.1")]
    [InlineData("0.0.0.0", "127.0.0.1")]
    [InlineData("10.1.2.3", "10.1.2.3")]
    [InlineData("fd00::1", "[fd00::1]")]
    public void LocalHost_IsWhatTheKubeconfigSays(string bind, string host) => new EndpointOptions { Bind = bind }.LocalHost.ShouldBe(host);

    private static List<string> Validate(string mode, params (string Key, string Value)[] settings)
    {
        var configuration = new ConfigurationBuilder().AddInMemoryCollection(settings.Select(setting => KeyValuePair.Create(setting.Key, (string?)setting.Value))).Build();
        var options = configuration.Get<IdentityOptions>() ?? new IdentityOptions();
        return [.. new IdentityOptionsValidator().Validate(null, options).Failures ?? [], .. Problems(mode, options)];
    }

    private static List<string> Problems(string mode, IdentityOptions identity, string bind = "127.0.0.1") =>
        [.. ClusterRules.Problems(new ClusterPlan("Cluster", "", "", new ClusterOptions { Identity = mode }), identity, new EndpointOptions { Bind = bind })];
}
