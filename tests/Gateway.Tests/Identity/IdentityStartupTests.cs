using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Tests.Upstream;
using KubeLens.Gateway.Upstream;
using Microsoft.Extensions.Options;

namespace KubeLens.Gateway.Tests.Identity;

public sealed class IdentityStartupTests
{
    private readonly TestLog<IdentityStartup> _log = new();

    [Theory]
    [InlineData("credential", "Identity:ClientCaFile", "Identity:Oidc", "Identity:NestedImpersonation", "Identity:FrontProxy")]
    [InlineData("passthrough", "Identity:ClientCaFile", "Identity:Oidc", "Identity:NestedImpersonation", "Identity:FrontProxy")]
    [InlineData("impersonate", "Identity:FrontProxy")]
    [InlineData("front-proxy", "Identity:NestedImpersonation")]
    public async Task Start_SettingsThatTheModeDoesNotUse_AreNamed(string mode, params string[] idle)
    {
        var options = new IdentityOptions
        {
            ClientCaFile = "ca.crt",
            NestedImpersonation = NestedImpersonation.Check,
            Oidc = { Issuer = "https://issuer.example" },
            FrontProxy = { CertificateFile = "fp.crt" },
        };

        await StartAsync(mode, options);

        _log.Lines.Where(line => line.Id == 1058).Select(line => line.Text).ShouldBe(idle.Select(key => $"{key} is set, but has no effect with Cluster:Identity={mode}"));
    }

    [Fact]
    public async Task Start_Defaults_SaysTheModeAndWarnsOfNothing()
    {
        await StartAsync("credential", new IdentityOptions());

        _log.Lines.ShouldHaveSingleItem().Text.ShouldContain("Cluster:Identity=credential");
    }

    private Task StartAsync(string mode, IdentityOptions options) =>
        new IdentityStartup(Options.Create(new ClusterOptions { Identity = mode }), Options.Create(options), _log).StartAsync(TestContext.Current.CancellationToken);
}
