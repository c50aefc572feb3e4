using System.Buffers.Text;
using System.Text;

namespace KubeLens.Gateway.Tests.Identity.Modes;

public sealed class ClaimsTests(ClaimsTests.Fixture gateway) : IClassFixture<ClaimsTests.Fixture>
{
    private static CancellationToken Cancel => TestContext.Current.CancellationToken;

    [Theory]
    [InlineData("claimed", """{"sub":"system:serviceaccount:ns:app"}""", "system:serviceaccount:ns:app", "token-claims")]
    [InlineData("opaque", null, "", "unknown")]
    public async Task Call_BelievingClaims_IsMarkedAsClaimedAndProvesNoCaller(string name, string? claims, string user, string source)
    {
        var token = claims is null ? "opaque-token" : $"e30.{Base64Url.EncodeToString(Encoding.UTF8.GetBytes(claims))}.e30";
        using var client = gateway.WithToken(token);
        using var response = await client.GetAsync($"/api/v1/namespaces/{name}", Cancel);

        gateway.Server.Last["Authorization"].ToString().ShouldBe($"Bearer {token}");
        gateway.Server.Reviewed.ShouldBeEmpty();
        var call = await gateway.Sink.SingleAsync(c => c.Name == name, Cancel);
        (call.User, call.UserSource, call.Caller).ShouldBe((user, source, ""));
    }

    [Fact]
    public async Task Call_ClaimingAPod_HasItAsClaimedAndNothingIsAskedOnItsWord()
    {
        using var client = gateway.WithToken($"e30.{Base64Url.EncodeToString("""{"sub":"system:serviceaccount:ns:app","kubernetes.io":{"pod":{"name":"ci-0","uid":"u"}}}"""u8)}.e30");
        using var response = await client.GetAsync("/api/v1/namespaces/of-a-pod", Cancel);

        var call = await gateway.Sink.SingleAsync(c => c.Name == "of-a-pod", Cancel);
        (call.UserSource, call.Pod, call.Node).ShouldBe(("token-claims", "ci-0", ""));
        gateway.Server.Paths.ShouldNotContain(path => path.Contains("/pods/", StringComparison.Ordinal));
    }

    public sealed class Fixture : ModeGateway
    {
        public Fixture()
            : base("passthrough") => Settings["Identity__Review"] = "claims";
    }
}
