using System.Net;
using KubeLens.Gateway.Tests.Identity.Tokens.Oidc;
using KubeLens.Gateway.Tests.Upstream;

namespace KubeLens.Gateway.Tests.Identity.Modes;

public sealed class OidcTests(OidcTests.Fixture gateway) : IClassFixture<OidcTests.Fixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_WithTheIssuersToken_ActsAsItsUserWithoutAReview()
    {
        using var client = gateway.WithToken(gateway.Token(TimeSpan.FromMinutes(10)));
        using var response = await client.GetAsync("/api/v1/namespaces/oidc", Cancel);

        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        gateway.Server.Last["Impersonate-User"].ShouldBe(["corp:jane"]);
        gateway.Server.Last["Impersonate-Group"].ShouldBe(["corp:dev", "system:authenticated"]);
        gateway.Server.Reviewed.ShouldBeEmpty();
        (await gateway.Sink.SingleAsync(c => c.Name == "oidc", Cancel)).UserSource.ShouldBe("oidc");
    }

    [Fact]
    public async Task Call_WithItsExpiredToken_Is401AndTheClusterIsNotAsked()
    {
        using var client = gateway.WithToken(gateway.Token(TimeSpan.FromMinutes(-10)));
        using var response = await client.GetAsync("/version", Cancel);

        var message = await response.ShouldBeStatusAsync(401, "Unauthorized");
        message.ShouldContain("has expired");
        message.ShouldContain($"one of the issuer {TestIssuer.Name}");
        gateway.Server.Reviewed.ShouldBeEmpty();
    }

    public sealed class Fixture : ModeGateway
    {
        private readonly TestFolder _folder = new();
        private readonly TestIssuer _issuer = new();

        public Fixture()
            : base("impersonate")
        {
            Settings["Identity__Oidc__Issuer"] = TestIssuer.Name;
            Settings["Identity__Oidc__Audience"] = "kubelens";
            Settings["Identity__Oidc__JwksFile"] = _folder.Write("jwks", _issuer.Keys());
            Settings["Identity__Oidc__UsernamePrefix"] = "corp:";
            Settings["Identity__Oidc__GroupsClaim"] = "groups";
            Settings["Identity__Oidc__GroupsPrefix"] = "corp:";
        }

        internal string Token(TimeSpan life) => _issuer.Sign("ES256", new()
        {
            ["iss"] = TestIssuer.Name,
            ["aud"] = "kubelens",
            ["sub"] = "jane",
            ["groups"] = "dev",
            ["exp"] = (TimeProvider.System.GetUtcNow() + life).ToUnixTimeSeconds(),
        });
    }
}
