using KubeLens.Gateway.Identity;
using KubeLens.Gateway.Tests.Upstream;
using KubeLens.Gateway.Upstream;

namespace KubeLens.Gateway.Tests.Identity;

public sealed class IdentityStartupTests
{
    private readonly TestLog<IdentityStartup> _log = new();

    [Theory]
    [InlineData("credential", "Identity:ClientCaFile", "Identity:Oidc", "Identity:NestedImpersonation", "Identity:FrontProxy")]
    [InlineData("passthrough", "Identity:ClientCaFile", "Identity:Oidc", "Identity:NestedImpersonation", "Identity:FrontProxy")]
    [InlineData("impersonate", "Identity:FrontProxy")]
    [InlineData("front-proxy", "Identity:NestedImpersonation")]
    public void Start_SettingsThatTheModeDoesNotUse_AreNamed(string mode, params string[] idle)
    {
        var options = new IdentityOptions
        {
            ClientCaFile = "ca.crt",
            NestedImpersonation = NestedImpersonation.Check,
            Oidc = { Issuer = "https://issuer.example" },
            FrontProxy = { CertificateFile = "fp.crt" },
        };

        IdentityStartup.Warn([IdentityModes.Parse(mode)!.Value], options, _log);

        _log.Lines.Where(line => line.Id == 1058).Select(line => line.Text).ShouldBe(idle.Select(key => $"{key} is set, but has no effect with Cluster:Identity={mode}"));
    }

    [Fact]
    public void Start_SettingThatOneClusterUses_IsNotNamed()
    {
        IdentityStartup.Warn([IdentityMode.Credential, IdentityMode.Impersonate], new IdentityOptions { ClientCaFile = "ca.crt" }, _log);

        _log.Lines.ShouldBeEmpty();
    }

    [Fact]
    public void Start_Defaults_WarnsOfNothing()
    {
        IdentityStartup.Warn([IdentityMode.Credential], new IdentityOptions(), _log);

        _log.Lines.ShouldBeEmpty();
    }
}
