using KubeLens.Gateway.Tests.Upstream;

namespace KubeLens.Gateway.Tests.Identity.Modes;

public sealed class FrontProxyTests(FrontProxyTests.Fixture gateway) : IClassFixture<FrontProxyTests.Fixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Fact]
    public async Task Call_WithAToken_IsSaidInRemoteHeadersWithoutAnyCredential()
    {
        gateway.Server.Users["janes"] = """{"username":"jane","groups":["dev","ops","system:authenticated"],"extra":{"example.org/Team":["x","y"]}}""";
        using var client = gateway.WithToken("janes");
        client.DefaultRequestHeaders.TryAddWithoutValidation("X-Remote-User", "root");
        client.DefaultRequestHeaders.TryAddWithoutValidation("x-remote-group", "system:masters");
        client.DefaultRequestHeaders.TryAddWithoutValidation("X-Remote-Extra-Scopes", "all");
        using var response = await client.GetAsync("/api/v1/namespaces/fronted", Cancel);

        var seen = gateway.Server.Last;
        seen["X-Remote-User"].ShouldBe(["jane"]);
        seen["X-Remote-Group"].ShouldBe(["dev", "ops", "system:authenticated"]);
        seen["X-Remote-Extra-example.org%2FTeam"].ShouldBe(["x", "y"]);
        seen.ContainsKey("X-Remote-Extra-Scopes").ShouldBeFalse();
        seen.ContainsKey("Authorization").ShouldBeFalse();
        var call = await gateway.Sink.SingleAsync(c => c.Name == "fronted", Cancel);
        (call.User, call.Caller, call.UserSource).ShouldBe(("jane", "jane", "token-review"));
    }

    [Fact]
    public async Task Call_ActingAsSomebody_GoesOnForTheApiServerToDecide()
    {
        using var client = gateway.Client();
        client.DefaultRequestHeaders.TryAddWithoutValidation("Impersonate-User", "bob");
        using var response = await client.GetAsync("/version", Cancel);

        gateway.Server.Last["X-Remote-User"].ShouldBe([Environment.UserName]);
        gateway.Server.Last["Impersonate-User"].ShouldBe(["bob"]);
    }

    public sealed class Fixture : ModeGateway
    {
        private readonly TestFolder _folder = new();

        public Fixture()
            : base("front-proxy")
        {
            var pair = TestAuthority.Create().Client("CN=front-proxy-client");
            Settings["Identity__FrontProxy__CertificateFile"] = _folder.Write("fp.crt", pair.ExportCertificatePem());
            Settings["Identity__FrontProxy__KeyFile"] = _folder.Write("fp.key", TestAuthority.KeyPem(pair));
        }
    }
}
